// The customers of a Shopify theme: the ID token that Omneo's other scripts keep in this browser, else one that Omneo's Shopify
// proxy mints for a customer id that the theme's Liquid signed. Nothing is written.
//
// The tracker asks for a token with consent only, so neither the storage is read nor the proxy asked before.

export function shopify(settings) {
  const { customer, signature, tenant, endpoint = tenant && `https://api.${tenant}.getomneo.com` } = /** @type {any} */ ({ __proto__: null, ...settings });
  must(!customer || /^\d+$/.test(customer), "customer", "Shopify's number of the customer", customer);
  // What was given is a credential, and not shown.
  must(!customer || /^[\da-f]{64}$/.test(signature), "signature", "64 hexadecimal digits");
  must(URL.canParse(endpoint), "endpoint", "an origin", endpoint);
  let last;
  return async () => {
    if (!customer) return null;
    const kept = keptFor(customer);
    // Who asks again was refused with the last one.
    if (kept && kept !== last) return (last = kept);
    const answer = await fetch(new URL("/shopify/api/v1/auth/token", endpoint), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ __proto__: null, id: customer, signature }),
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    // A customer of the shop who has no profile.
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`Shopify proxy: ${answer.status}`);
    return answer.json();
  };
}

// The tracker believes a token that has ended until it is refused, so one that is about to must not reach it.
function keptFor(customer) {
  try {
    const [token, claims] = /[\w-]+\.([\w-]+)\.[\w-]+/.exec(localStorage[`shapes:omneo:shapestoken:${customer}`]);
    const { exp } = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
    return exp * 1000 > Date.now() + MARGIN_MS && token;
  } catch {
    // None, none that says when it ends, or a storage that is closed.
  }
}

const MARGIN_MS = 60_000;

function must(isRight, field, accepted, given = "") {
  const message = `\`shopify.${field}\` is ${given || "wrong"}; accepted: ${accepted}`;
  if (!isRight) throw Object.assign(new TypeError(message), { field: `shopify.${field}`, given, accepted });
}
