/**
 * Asks the site's source of tokens, whose answer may be what its endpoint answered: 401, 403, 404 and 204 say that nobody is signed
 * in. So does a redirect, which was not followed: its end would have the customer's token to give, or be a page for people.
 *
 * Throws why there is no answer, as a text. Some browsers quote what was no JSON, and it may have been a token.
 */
export function asking(source, failed) {
  let isTold;
  const ask = async () => {
    const answer = await source();
    if (!(answer instanceof Response)) return answer;
    if (answer.type === "opaqueredirect") {
      if (!isTold) failed("Your token endpoint redirects; to a login page?");
      isTold = true;
      return null;
    }
    if ([204, 401, 403, 404].includes(answer.status)) return null;
    if (!answer.ok) throw answer.status;
    return answer.json();
  };
  return () =>
    ask().catch((error) => {
      throw error?.name === "SyntaxError" ? error.name : `${error?.status ?? error}`;
    });
}
