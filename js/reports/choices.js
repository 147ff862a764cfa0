// What a reader chooses: namespace, channel, from when and to when.

import { make } from "../dom.js";
import { NAMES } from "./filter.js";

/** A form with the namespaces and channels that these records have; `chosen` is called with each new filter. */
export function choices(rows, filter, chosen) {
  const form = make(
    "form",
    { class: "choices", role: "search", "aria-label": "Which records" },
    select("namespace", "Namespace", distinct(rows, "namespace"), filter),
    select("channel", "Channel", distinct(rows, "channel"), filter),
    day("from", "From", filter),
    day("to", "To, within", filter),
    make("button", { type: "reset" }, "All records"),
  );
  const read = () => Object.fromEntries(NAMES.map((name) => [name, form.elements.namedItem(name).value]));
  form.addEventListener("change", () => chosen(read()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of NAMES) form.elements.namedItem(name).value = "";
    chosen(read());
  });
  return form;
}

const field = (name, label, input) => make("p", {}, make("label", { for: `choice-${name}` }, label), input);

function select(name, label, values, filter) {
  // What the address asks for is shown, also where no record has it.
  const all = ["", ...new Set([...values, filter[name]].filter(Boolean))];
  const options = all.map((value) => make("option", { value, selected: value === filter[name] }, value || "all"));
  return field(name, label, make("select", { id: `choice-${name}`, name }, options));
}

const day = (name, label, filter) => field(name, label, make("input", { id: `choice-${name}`, name, type: "date", value: filter[name] }));

const distinct = (rows, name) => [...new Set(rows.map((row) => row[name]))].sort();
