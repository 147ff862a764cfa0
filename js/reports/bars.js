// What there is most of: a bar each, with its name above it.

import { drawn, picture } from "./svg.js";

const [WIDTH, ROW, BAR] = [560, 44, 12];

/** @param {{label: string, count: number}[]} counts */
export function bars(says, counts, shown) {
  const top = Math.max(...counts.map(({ count }) => count), 1);
  const rows = counts.map(({ label, count }, place) => [
    drawn("text", { x: 0, y: place * ROW + 18 }, brief(label)),
    drawn("text", { x: WIDTH, y: place * ROW + 18, "text-anchor": "end" }, shown(count)),
    drawn("rect", { class: "bar", x: 0, y: place * ROW + 25, width: Math.max((count / top) * WIDTH, 2), height: BAR }),
  ]);
  return picture(WIDTH, Math.max(counts.length * ROW, ROW), says, rows);
}

const brief = (label) => (label.length > 38 ? `${label.slice(0, 37)}…` : label);
