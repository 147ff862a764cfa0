/** @type {RequestInit} */
const REQUEST = { __proto__: null, cache: "no-store", redirect: "manual", headers: { accept: "application/json" } };

/** What a site's token endpoint answers; nothing where nobody is signed in. Throws any other answer, so that it is asked again. */
export async function askEndpoint(url) {
  const answer = await fetch(url, REQUEST);
  // Nobody is signed in. A redirect has no status, and is not followed: its end would have the customer's token to give, or be a page
  // for people.
  if ([0, 204, 401, 403, 404].includes(answer.status)) return;
  if (answer.ok) return answer.json();
  throw answer;
}
