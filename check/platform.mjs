// A consent platform that the settings name must be on the page: else the visitor's answer stays unknown for ever.

/** What tells in a page's scripts that a platform is there. */
const SIGNS = {
  cookiebot: /cookiebot/i,
  cookieconsent: /cookieconsent/i,
  google: /\bgtag\s*\(|googletagmanager\.com|\bdataLayer\b/,
  gpp: /__gpp\b/,
  klaro: /\bklaro\b/i,
  onetrust: /onetrust|otSDKStub|optanon/i,
  shopify: /\bShopify\b|cdn\.shopify\.com/,
  tcf: /__tcfapi\b/,
};

/** What loads scripts that the page's HTML does not name. */
const TAG_MANAGERS = /googletagmanager\.com\/gtm|tags\.tiqcdn\.com|assets\.adobedtm\.com|cdn\.segment\.com/;

export async function platform({ given, page: { scripts, tag }, get }) {
  const consent = given?.consent;
  const name = typeof consent === "string" ? consent : Object.keys(Object(consent))[0];
  if (!Object.hasOwn(SIGNS, name)) return [];
  for (const { attributes, text } of scripts.filter((script) => script !== tag)) {
    if (SIGNS[name].test(`${JSON.stringify(attributes)} ${text}`)) return [];
    const loaded = attributes.src && (await get(attributes.src, `the script ${attributes.src}`));
    if (loaded && SIGNS[name].test(loaded.text)) return [];
  }
  if (scripts.some(({ attributes, text }) => TAG_MANAGERS.test(`${attributes.src} ${text}`))) return [{ unseen: `whether ${name} is there: a tag manager may load it` }];
  return [
    {
      what: `\`data-consent\` names ${name}, and no script of the page is ${name}'s: no visitor's answer will ever be known.`,
      mend: `put ${name} on the page, or name the platform that is there.`,
    },
  ];
}
