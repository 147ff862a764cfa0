// A data layer that nobody pushes to, beside one that is used. `seen.layer(name)` is how much is in it, once the page has loaded.

import { shown } from "./shown.js";

export function* layer({ consent, events }, { layer: filled }) {
  if (!filled) return;
  const google = (given) => [given ?? []].flat().map((one) => Object(one).google).find(Boolean);
  for (const [setting, given] of Object.entries({ consent, events })) {
    const { dataLayer } = Object(google(given));
    if (typeof dataLayer !== "string" || dataLayer === USUAL || filled(dataLayer) || !filled(USUAL)) continue;
    yield {
      setting: `${setting}.google.dataLayer`,
      given: shown(dataLayer),
      wrong: `which is empty, while the page pushes to ${USUAL}.`,
      mend: "leave it out.",
    };
  }
}

const USUAL = "dataLayer";
