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
  return settings;
}

/** What Astro, Turbo, htmx, Next, Cloudflare, Cookiebot and OneTrust write onto scripts. */
const OTHERS = /^(astro|turbo|hx|nscript|cf|cookieconsent|ot[A-Z])/;
