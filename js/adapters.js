// What knows a consent platform, a source of events or a vendor of forms: a file each.

import { must, notLoaded } from "./error.js";
import { own } from "./own.js";

// Written out one by one: so a bundler finds them, and a browser loads those that are named.
const FILES = {
  consent: {
    cookiebot: () => import("./consent/cookiebot.js"),
    cookieconsent: () => import("./consent/cookieconsent.js"),
    google: () => import("./consent/google.js"),
    gpp: () => import("./consent/gpp.js"),
    klaro: () => import("./consent/klaro.js"),
    onetrust: () => import("./consent/onetrust.js"),
    remember: () => import("./consent/remember.js"),
    shopify: () => import("./consent/shopify.js"),
    tcf: () => import("./consent/tcf.js"),
  },
  events: {
    google: () => import("./events/google.js"),
    shopify: () => import("./events/shopify.js"),
  },
  forms: {
    hubspot: () => import("./forms/hubspot.js"),
    klaviyo: () => import("./forms/klaviyo.js"),
    mailchimp: () => import("./forms/mailchimp.js"),
    typeform: () => import("./forms/typeform.js"),
  },
};

/**
 * The adapters that a setting asks for: by name, by `{name: options}`, by a function of the site's own, or by a list of these. Each is
 * a function `(tell, signal)`.
 *
 * `consent` is one of them at most, or the visitor's answer itself; that is none.
 */
export async function adapters(setting, wanted) {
  const files = FILES[setting];
  const all = [wanted ?? []].flat().flatMap((one) => (one && typeof one === "object" ? Object.entries(one) : [[one]]));
  const areKnown = all.every(([one]) => typeof one === "function" || Object.hasOwn(files, one));
  if (setting === "consent" && (Array.isArray(wanted) || all.length !== 1 || !areKnown)) return [];
  must(areKnown, setting, wanted, `${Object.keys(files).join(", ")}, a function, or several of these`);
  return Promise.all(
    all.map(async ([one, options]) => {
      if (typeof one === "function") return one;
      const { default: adapter } = await files[one]().catch(notLoaded(setting, one));
      return (tell, signal) => adapter(tell, signal, own(options));
    }),
  );
}
