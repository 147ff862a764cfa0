/**
 * A value as JSON, whatever the page has put onto its prototypes; nothing where JSON has no word for it. JSON has no NaN and no infinity
 * and would write null; as text they are refused by name.
 */
export function write(value) {
  return JSON.stringify(Object([]).toJSON ? bare(value) : value, (_, part) => (typeof part === "number" && !isFinite(part) ? `${part}` : part));
}

// A `toJSON` of all arrays or all objects, as old libraries have it, is not asked: each has one of its own that is none.
function bare(value) {
  if (Object(value) !== value) return value;
  if (value.toJSON && ![[], {}].some((any) => Object(any).toJSON === value.toJSON)) return bare(value.toJSON());
  const copy = Array.isArray(value) ? value.map(bare) : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bare(part)]));
  return Object.defineProperty(copy, "toJSON", { __proto__: null, value: undefined });
}
