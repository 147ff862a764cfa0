// A consent platform that the settings name must be on the page: else the visitor's answer stays unknown for ever.

/** What tells in a page's scripts that a platform is there, by the names of the adapters. */
const SIGNS = {
  cookiebot: /cookiebot/i,
  cookieconsent: /cookieconsent/i,
  google: /\bgtag\s*\(|googletagmanager\.com|\bdataLayer\b/,
  gpp: /__gpp\b/,
  klaro: /klaro/i,
  onetrust: /onetrust|otSDKStub|OtAutoBlock|cookielaw|optanon/i,
  shopify: /\bShopify\b|cdn\.shopify\.com/,
  tcf: /__tcfapi\b/,
};

/** The tracker's own, which needs nothing else. */
export const OWN = "remember";

/** What loads scripts that the page's HTML does not name: tag managers, and the loaders of platforms that speak TCF and GPP. */
const LOADERS = /googletagmanager\.com|tags\.tiqcdn\.com|assets\.adobedtm\.com|cdn\.segment\.com|didomi|usercentrics|sourcepoint|privacy-center|quantcast|cookielaw|consentmanager|iubenda|\bimport\b/i;

/** The name of the platform that the settings leave the answer to, if it has an adapter. */
export function nameOf(given) {
  const consent = given?.consent;
  const names = typeof consent === "string" ? [consent] : Object.keys(Object(consent));
  return names.length === 1 && (names[0] === OWN || Object.hasOwn(SIGNS, names[0])) ? names[0] : undefined;
}

export async function platform({ given, page: { scripts, tag }, loaded }) {
  const name = nameOf(given);
  if (!name || name === OWN) return [];
  const others = scripts.filter((script) => script !== tag && !/json/i.test(script.attributes.type));
  let mayLoad = false;
  for (const script of others) {
    const file = await loaded(script);
    const text = `${JSON.stringify(script.attributes)} ${script.text} ${file?.text ?? ""}`;
    if (SIGNS[name].test(text)) return [];
    mayLoad ||= LOADERS.test(`${script.attributes.src} ${script.text}`) || Boolean(script.attributes.src && file?.status !== 200);
  }
  if (mayLoad) return [{ unseen: `whether ${name} is there: a script of the page's may load it` }];
  return [
    {
      what: `\`data-consent\` names ${name}, and no script of the page is ${name}'s: no visitor's answer will ever be known.`,
      mend: `put ${name} on the page, or name the platform that is there.`,
    },
  ];
}
