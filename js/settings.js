import { must } from "./error.js";
import { settingFor } from "./module.js";
import { own } from "./own.js";

/** The settings but for those that were the start's, which are checked here: it has no words for what is wrong with them. */
export function ofTracker(given) {
  const { load, signedIn, beforeConsent, ...others } = own(given);
  must([undefined, "now"].includes(load), "load", load, '"now"');
  must([undefined, null, true, false, "true", "false"].includes(signedIn), "signedIn", signedIn, "true or false");
  must([undefined, "hold", "drop"].includes(beforeConsent), "beforeConsent", beforeConsent, '"hold" or "drop"');
  must([undefined, true, false, "", "true", "false"].includes(others.inspect), "inspect", others.inspect, "true or false");
  if (typeof others.endpoint === "string") others.endpoint = absolute(others.endpoint);
  return own(others);
}

/**
 * The settings among the attributes of a script tag, as its `dataset` has them: what else is on it is somebody else's. `isNear` hears of
 * what is nearly called like a setting.
 */
export function ofTag(given, isNear) {
  const settings = own();
  for (const [name, value] of Object.entries(given)) {
    const setting = settingFor(name);
    if (setting === name) settings[name] = value;
    else if (setting) isNear(name, setting);
  }
  return settings;
}

// A relative endpoint is one of the page's own origin. One that is no address is left for the tracker to refuse. A page may have a
// `URL` of its own; nobody has the standard's other name for it.
function absolute(endpoint) {
  return webkitURL.canParse(endpoint, location.href) ? new webkitURL(endpoint, location.href).href : endpoint;
}
