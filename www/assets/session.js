// Who is signed in to the shop.
export async function signedIn() {
  const answer = await fetch("/shop/session");
  return answer.status === 200 ? (await answer.json()).profile : null;
}

export async function signIn(credentials) {
  const answer = await fetch("/shop/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(credentials),
  });
  const { message } = await answer.json();
  if (!answer.ok) throw new Error(message);
}

export const signOut = () => fetch("/shop/logout", { method: "POST" });
