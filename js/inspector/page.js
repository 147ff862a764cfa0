// What the page seems to contain, and what would be recorded of it, as the tracker says.

import { SIGNS } from "../advice/platforms.js";
import { make } from "../dom.js";

/** A list of what was found; `product` is the entry of the product that the page shows, if the tracker saw any. */
export const findings = (tracker, product) => make("ul", { part: "findings" }, platforms(tracker.given.consent), productOf(product), ...forms(tracker));

function platforms(consent) {
  const names = Object.entries(SIGNS).filter(([, signs]) => signs.some((sign) => sign in window)).map(([name]) => name);
  const used = typeof consent === "string" ? consent : Object.keys(Object(consent))[0];
  const said = names.map((name) => (name === used ? `${name}, which the setting consent names` : `${name}, which the setting consent does not name`));
  return make("li", {}, make("b", {}, "Consent platform: "), said.join("; ") || "none is seen");
}

// The tracker looks for one by itself whenever a page is shown.
function productOf(entry) {
  const said = entry ? [make("bdi", {}, `“${entry.record.name}”`), ` was ${entry.event} by rule ${entry.rule}: ${entry.reason}`] : ["none is seen"];
  return make("li", {}, make("b", {}, "Product: "), ...said);
}

// No field's value is read for it.
function forms(tracker) {
  const all = [...Document.prototype.querySelectorAll.call(document, "form")];
  if (all.length === 0) return [make("li", {}, make("b", {}, "Forms: "), "none is seen")];
  const shown = all.slice(0, MOST).map((form) => {
    const preview = tracker.call("previewForm", form);
    return make("li", {}, make("b", {}, "Form: "), preview ? becomes(preview) : "makes no record");
  });
  return all.length > MOST ? [...shown, make("li", {}, `and ${all.length - MOST} more forms`)] : shown;
}

function becomes({ allowed, rule, reason, record, fields = [], dropped = [], struck = [] }) {
  return [
    make("bdi", {}, `“${record.name}”`),
    ` would be ${allowed ? "recorded" : "refused"} by rule ${rule}: ${reason || WHY[rule]}`,
    fields.length > 0 && ` Its fields ${fields.join(", ")} would be kept.`,
    ...dropped.map(({ field, reason: why }) => ` Left out, ${field}: ${why}`),
    struck.length > 0 && ` Something would be struck out of ${struck.join(", ")}.`,
  ];
}

/** What the tracker needs no words for. */
const WHY = {
  __proto__: null,
  search: "It asks for something and discloses nothing; a rule that names the form lets it count all the same.",
  capture: "The setting capture switches it off.",
};

const MOST = 30;
