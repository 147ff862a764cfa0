// Where the page asks who is signed in: it must answer a machine, and not with the page of a login.

export async function token({ given, get }) {
  const address = given?.tokenUrl;
  if (typeof address !== "string" || !address) return [];
  const answer = await get(address, `the token endpoint ${address}`, { accept: "application/json", redirect: "manual" });
  if (answer && NOBODY.includes(answer.status) && !mistake(answer)) {
    return [{ unseen: `what ${address} answers a customer (nobody is signed in here, and it says ${answer.status})` }];
  }
  const [what, mend] = (answer && mistake(answer)) ?? [];
  return what ? [{ what: `The token endpoint ${address} ${what}`, mend }] : [];
}

function mistake({ status, headers, text }) {
  const isHtml = /\bx?html\b/i.test(headers?.get("content-type") ?? "") || /^\s*<(!doctype|html|head|body)\b/i.test(text);
  if (status >= 300 && status < 400) {
    return [`redirects to ${headers?.get("location")}: the tracker follows no redirect with a token.`, "answer 401 where nobody is signed in."];
  }
  if (status === 404 && isHtml) return ["is not there: nobody will ever count as signed in.", "set `data-token-url` to where your server answers the token."];
  if (NOBODY.includes(status)) return undefined;
  if (status !== 200) return [`fails with ${status}.`, "let it answer a GET, with 401 where nobody is signed in."];
  if (isJson(text)) return undefined;
  return [isHtml ? "answers HTML." : "answers no JSON.", 'answer 401 where nobody is signed in, and else JSON: {"token": …, "exp": …}.'];
}

/** What it may say where nobody is signed in. */
const NOBODY = [204, 401, 403, 404];

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
