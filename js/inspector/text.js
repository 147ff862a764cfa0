// Values as JavaScript writes them. Not by JSON, into which whatever all objects inherit on a page would have a say.

/** A value without functions, as the source of a literal. */
export function written(value, indent = "") {
  if (typeof value === "string") return quoted(value);
  if (Object(value) !== value) return `${value}`;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const items = Array.isArray(value) ? value.map((item) => written(item, inner)) : Object.entries(value).map(([name, item]) => `${key(name)}: ${written(item, inner)}`);
  return items.length > 0 ? `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${close}` : open + close;
}

/** A text as a literal: what a reader could not see, or takes for something else, as its number. */
export const quoted = (text) => JSON.stringify(text).replace(/[^\P{C}]|[\u2028\u2029]/gu, (one) => one.replace(/[^]/g, escaped));

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
