// The page around the settings: what rules may rest on, in a browser.

import { isHere } from "../here.js";
import { SIGNS } from "./platforms.js";

/** What is seen of the page; of what comes with the page's other scripts, nothing before it `hasLoaded`. */
export function seen(isTag, hasLoaded) {
  const place = { isTag, isPublic: !isHere(location.hostname), tags: tags().map(({ dataset }) => ({ ...dataset })) };
  return hasLoaded ? { ...place, platforms: platforms(), layer: (name) => layer(name).length } : place;
}

/** The tracker's script tags. A module, or a file that a site has in its own bundle, has none. */
export const tags = () => [...Document.prototype.querySelectorAll.call(document, "script[src][data-tenant],script[src][data-endpoint]")];

/** The consent platforms that are there. */
export function platforms() {
  const names = Object.keys(SIGNS).filter((name) => SIGNS[name].some((sign) => sign in window));
  return layer("dataLayer").some((entry) => Object(entry)[0] === "consent") ? [...names, "google"] : names;
}

const layer = (name) => (Array.isArray(window[name]) ? /** @type {any[]} */ (window[name]) : []);
