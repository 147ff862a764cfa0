// Where the page asks who is signed in: it must answer a machine, and not with the page of a login.

export async function token({ given, get }) {
  const address = given?.tokenUrl;
  if (typeof address !== "string") return [];
  const answer = await get(address, `the token endpoint ${address}`, { accept: "application/json" });
  if (!answer) return [];
  const { status, headers } = answer;
  const wrong = (what, mend) => [{ what: `The token endpoint ${address} ${what}`, mend }];
  if (status >= 300 && status < 400) {
    return wrong(`redirects to ${headers.get("location")}: the tracker follows no redirect with a token.`, "answer 401 where nobody is signed in.");
  }
  const isHtml = /\bhtml\b/.test(headers.get("content-type") ?? "");
  if (isHtml && status === 404) return wrong("is not there: nobody will ever count as signed in.", "set `data-token-url` to where your server answers the token.");
  if (isHtml && status < 400) {
    return wrong("answers HTML.", "answer 401 where nobody is signed in, and else JSON: {\"token\": …, \"exp\": …}.");
  }
  if (status >= 500) return wrong(`fails with ${status}.`, "see the server's log.");
  return [];
}
