// The entry of the package: the start, and by an import of its own the tracker, which a bundler makes another file of.

import { CALLS } from "./calls.js";
import { start } from "./start.js";
import { listen } from "./watch.js";

/** A mistake in a setting or a call. Those that are thrown come from the file that is loaded later, which has its own class. */
export class OmneoError extends Error {
  static [Symbol.hasInstance](error) {
    return error?.name === "OmneoError";
  }
}

/** The version of this package. */
export const version = __VERSION__;

/** A tracker at once; with `load: "now"` a promise of one that has loaded, and whose calls throw what is wrong with them. */
export function createTracker(settings) {
  if (settings.load === "now") return import("./omneo-interactions.js").then((rest) => rest.createTracker(settings));
  const { token, consent, module } = settings;
  const ask = async () => (typeof token === "function" ? token() : Object(token?.shopify).customer);
  const load = () => Promise.all([rest(), module ?? fetch(address(), { __proto__: null, integrity: __MODULE_INTEGRITY__ })]);
  const file = async (path, ...given) => {
    // No file is called as a function of the site's own is.
    const found = (await FILES[path]?.()) ?? { default: consent };
    return found.default(...given, settings);
  };
  const [call, begin] = start({ __proto__: null, ...settings }, ask, load, file);
  begin();
  listen(window, "prerenderingchange", begin);
  return Object.fromEntries(CALLS.map((name) => [name, (...given) => call(name, ...given)]));
}

const rest = async () => {
  const { prepareThrowing: prepare, explainThrowing: explain } = /** @type {any} */ (await import("./omneo-interactions.js"));
  return { prepare, explain };
};

// Bundlers know it by these very words, and bring the module along.
const address = () => (URL === webkitURL ? new URL(__MODULE__, import.meta.url) : new webkitURL(__MODULE__, import.meta.url));

const FILES = {
  "consent/cookiebot": () => import("./consent/cookiebot.js"),
  "consent/cookieconsent": () => import("./consent/cookieconsent.js"),
  "consent/google": () => import("./consent/google.js"),
  "consent/gpp": () => import("./consent/gpp.js"),
  "consent/klaro": () => import("./consent/klaro.js"),
  "consent/onetrust": () => import("./consent/onetrust.js"),
  "consent/remember": () => import("./consent/remember.js"),
  "consent/shopify": () => import("./consent/shopify.js"),
  "consent/tcf": () => import("./consent/tcf.js"),
  history: () => import("./history.js"),
  inspect: () => import("./inspect.js"),
  submission: () => import("./submission.js"),
};
