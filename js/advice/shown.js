/** A value as advice shows it. Of a function and of what is long, not what is in it. */
export function shown(value) {
  if (value === undefined) return "missing";
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

const MOST = 60;
