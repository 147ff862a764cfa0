import { must } from "./error.js";
import { own } from "./own.js";

/** The settings but for those that were the start's, which are checked here: it has no words for what is wrong with them. */
export function ofTracker(given) {
  const { load, signedIn, beforeConsent, ...others } = own(given);
  must([undefined, "now"].includes(load), "load", load, '"now"');
  must([undefined, null, true, false, "true", "false"].includes(signedIn), "signedIn", signedIn, "true or false");
  must([undefined, "hold", "drop"].includes(beforeConsent), "beforeConsent", beforeConsent, '"hold" or "drop"');
  const settings = own();
  for (const [name, value] of Object.entries(others)) if (!OTHERS.test(name)) settings[name] = value;
  if (typeof settings.endpoint === "string") settings.endpoint = absolute(settings.endpoint);
  return settings;
}

// A relative endpoint is one of the page's own origin. One that is no address is left for the tracker to refuse. A page may have a
// `URL` of its own; nobody has the standard's other name for it.
function absolute(endpoint) {
  return webkitURL.canParse(endpoint, location.href) ? new webkitURL(endpoint, location.href).href : endpoint;
}

/** What Astro, Turbo, htmx, Next, Cloudflare, Cookiebot and OneTrust write onto scripts. */
const OTHERS = /^(astro|turbo|hx|nscript|cf|cookieconsent|ot[A-Z])/;
