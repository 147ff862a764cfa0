/** What the tracker starts with; README.md lists every setting. */
export const settings = { tenant: "acme", token, consent: "unknown" };

/** The token of who is signed in, null where nobody is. Anything else is thrown: the tracker then asks again, and keeps what waits. */
async function token() {
  const answer = await fetch("/omneo/token");
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`/omneo/token answered ${answer.status}`);
  return answer.json();
}
