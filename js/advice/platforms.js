// The consent platforms that have an adapter.

/** The options of each. */
export const OPTIONS = {
  cookiebot: ["category"],
  cookieconsent: ["category"],
  google: ["type", "dataLayer"],
  gpp: ["purposes", "elsewhere"],
  klaro: ["service"],
  onetrust: ["group"],
  remember: ["version", "days", "banner", "policyUrl", "language", "texts"],
  shopify: [],
  tcf: ["purposes", "vendor", "publisher", "elsewhere"],
};

/** The globals of each, but for Google's, which is a word in an array. */
export const SIGNS = {
  __proto__: null,
  cookiebot: ["Cookiebot"],
  cookieconsent: ["CookieConsent"],
  gpp: ["__gpp"],
  klaro: ["klaro"],
  onetrust: ["OneTrust"],
  shopify: ["Shopify"],
  tcf: ["__tcfapi"],
};

/** The one that a setting names, if it has an adapter, and its options. */
export function named(consent) {
  const [name, ...others] = typeof consent === "string" ? [consent] : Array.isArray(consent) ? [] : Object.keys(Object(consent));
  return others.length === 0 && Object.hasOwn(OPTIONS, name ?? "") ? { name, options: Object(Object(consent)[name]) } : {};
}
