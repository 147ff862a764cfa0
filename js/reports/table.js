// The figures behind a picture, to read and to take along.

import { csv } from "../csv.js";
import { make } from "../dom.js";
import { save } from "../save.js";

/** A table whose columns `head` names; `file` is what it is called when it is saved. */
export function table(title, file, head, rows) {
  const cells = (row) => row.map((value, place) => (place === 0 ? make("th", { scope: "row" }, shown(value)) : make("td", {}, shown(value))));
  return make(
    "details",
    {},
    make("summary", {}, `The figures: ${title}`),
    make(
      "div",
      { class: "scrolls", tabindex: "0", role: "group", "aria-label": title },
      make(
        "table",
        {},
        make("caption", {}, title),
        make("thead", {}, make("tr", {}, head.map((name) => make("th", { scope: "col" }, name)))),
        make("tbody", {}, rows.map((row) => make("tr", {}, cells(row)))),
      ),
    ),
    make("button", { type: "button", click: () => save(`${file}.csv`, csv([head, ...rows]), "text/csv;charset=utf-8") }, "Save as CSV"),
  );
}

const NUMBERS = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

/** A number with its separators, and any other text as it is. */
export const shown = (value) => (typeof value === "number" ? NUMBERS.format(value) : `${value ?? "–"}`);
