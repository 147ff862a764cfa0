// One record and what the tracker says of it, as a list item.
import { element } from "./dom.js";

/** `words` are short facts; `id` lets the item be found again. */
export function verdict({ record, reason, words, at = Date.now(), id = null }) {
  return element(
    "li",
    { class: "new", "data-id": id },
    element("div", { class: "row" }, element("h3", {}, record.name), time(at)),
    element("p", {}, reason),
    element("ul", { class: "facts" }, words.map((word) => element("li", {}, word))),
    wholeRecord(record),
  );
}

export function time(when) {
  const date = new Date(typeof when === "string" ? when.replace(" ", "T") : when);
  return element("time", { class: "note", datetime: date.toISOString() }, date.toLocaleString([], { dateStyle: "medium", timeStyle: "medium" }));
}

export function wholeRecord(record) {
  return element("details", {}, element("summary", {}, "The whole record"), element("pre", {}, JSON.stringify(record, null, 2)));
}
