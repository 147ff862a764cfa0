// What is for this machine, or for one screen, on a page that everybody can open.

import { isHere } from "../here.js";
import { shown } from "./shown.js";

/** `seen.isPublic`: others than who builds the site can open the page; `seen.isAnybodys`: it was opened by nobody in particular. */
export function* place(given, { isPublic, isAnybodys }) {
  if (!isPublic) return;
  const { inspect, load, endpoint, route } = given;
  if (/^(true|)$/.test(inspect ?? "no")) {
    yield {
      setting: "inspect",
      given: shown(inspect),
      wrong: "which opens the inspector for every customer.",
      mend: "leave it out of what customers get.",
    };
  }
  if (load === "now") {
    yield {
      setting: "load",
      given: shown(load),
      wrong: "so every visitor downloads all of it, also who is not recorded.",
      mend: "leave it out of what customers get.",
    };
  }
  if (isOfThisMachine(endpoint)) {
    yield {
      setting: "endpoint",
      given: shown(endpoint),
      wrong: "which is each visitor's own machine: nothing arrives.",
      mend: "set `tenant`, or the endpoint that visitors reach.",
    };
  }
  if (isAnybodys && Object(route).profile) {
    yield {
      setting: "route",
      given: "{profile}",
      wrong: "so all visitors' records would join one profile.",
      mend: 'leave `route` out; it is for a kiosk or a clienteling screen.',
    };
  }
}

const isOfThisMachine = (endpoint) => /^https?:/i.test(endpoint) && URL.canParse(endpoint) && isHere(new URL(endpoint).hostname);
