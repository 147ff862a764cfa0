// What the element is set up with: by the site's code, in the words of `createTracker`, or by its attributes.

import { asking } from "../token.js";

/** `token-url` and `policy` are the tag's `data-token-url` and `data-policy`. */
const NAMES = {
  tenant: "tenant",
  endpoint: "endpoint",
  route: "route",
  "token-url": "tokenUrl",
  consent: "consent",
  policy: "policy",
  "global-privacy-control": "globalPrivacyControl",
  "do-not-track": "doNotTrack",
};

export const ATTRIBUTES = [...Object.keys(NAMES), "lang"];

/** The settings of an element, with the `address` of the records and `askToken`; or the `mistake` in them. */
export function settingsOf(element) {
  /** @type {any} */
  const settings = { __proto__: null };
  try {
    for (const [attribute, name] of Object.entries(NAMES)) {
      const value = element.getAttribute(attribute);
      if (value !== null) settings[name] = /^[[{]/.test(value) ? parsed(attribute, value) : value;
    }
    Object.assign(settings, element.settings);
    for (const name of ["policy", "consent"]) {
      if (/^[[{]/.test(settings[name])) settings[name] = parsed(name, settings[name]);
    }
    const { route = "me" } = settings;
    must(["me", "relay"].includes(route), "route", route, '"me" or "relay"');
    settings.isRelay = route === "relay";
    settings.address = `${originOf(settings)}/${PATHS[route]}/profiles/me`;
    settings.askToken = tokensOf(settings);
  } catch (mistake) {
    settings.mistake = mistake;
  }
  return settings;
}

const PATHS = { me: "id/api/v1", relay: "relay/v1" };

// As the tracker does: https, or http on this machine, and never a path of another site.
function originOf({ tenant, endpoint = tenant && `https://api.${tenant}.getomneo.com` }) {
  must(!tenant || /^[a-z\d-]+$/i.test(tenant), "tenant", tenant, "the handle of your Omneo tenant");
  must(endpoint && URL.canParse(endpoint, location.href), "endpoint", endpoint, "an origin, or `tenant`");
  const { protocol, hostname, origin } = new URL(endpoint, location.href);
  const isSafe = protocol === "https:" || origin === location.origin || /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(hostname);
  must(isSafe, "endpoint", endpoint, "https, or http on this machine");
  return origin;
}

function tokensOf({ token, tokenUrl, tenant, endpoint }) {
  must(token || tokenUrl, "token-url", tokenUrl, "the address of your token endpoint, or `token`");
  if (tokenUrl) return asking(() => fetch(tokenUrl, REQUEST), () => {});
  if (typeof token === "function") return asking(token, () => {});
  let source;
  return async () => {
    source ??= import("../shopify.js").then(({ shopify }) => shopify({ tenant, endpoint, ...token.shopify }));
    return (await source)();
  };
}

/** @type {RequestInit} */
const REQUEST = { cache: "no-store", redirect: "manual", headers: { accept: "application/json" } };

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    return must(false, name, text, "JSON");
  }
}

function must(isRight, field, given, accepted) {
  if (!isRight) throw Object.assign(new TypeError(`\`${field}\` is ${given ?? "missing"}; accepted: ${accepted}`), { field });
}
