// Who says who is signed in. A script tag without it is refused by the tracker; the package waits for an answer that never comes.

export function* source({ token, tokenUrl }, { isTag }) {
  if (isTag) return;
  const { shopify } = Object(token);
  const mend = "give a function that answers a token, or null where nobody is signed in.";
  if (tokenUrl && !token) {
    yield {
      setting: "tokenUrl",
      given: "an address",
      wrong: "which `createTracker` does not know: nobody ever counts as signed in.",
      mend: "set `token` to a function that asks it.",
    };
  } else if (!token) {
    yield { setting: "token", given: "missing", wrong: "so nobody ever counts as signed in.", mend };
  } else if (typeof token !== "function" && !shopify) {
    yield { setting: "token", given: `a ${typeof token}`, wrong: "which is not asked: nobody ever counts as signed in.", mend };
  }
  const other = Object.keys(Object(shopify)).find((name) => !CUSTOMER.includes(name));
  if (other) {
    yield {
      setting: `token.shopify.${other}`,
      given: `a ${typeof shopify[other]}`,
      wrong: "which is not looked at.",
      mend: `leave it out; there are ${CUSTOMER.join(", ")}.`,
    };
  }
}

const CUSTOMER = ["customer", "signature", "tenant", "endpoint"];
