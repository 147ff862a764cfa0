// The figures of a report, counted in one pass.

import { DAY, passes } from "./filter.js";
import { periods } from "./periods.js";

/** How many of each list are shown. */
const MOST = 10;

/** @param {import("./read.js").Row[]} rows @param {import("./filter.js").Filter} filter */
export function figures(rows, filter) {
  const kept = rows.filter(passes(filter));
  const { unit, begins, placeOf } = periods(...span(kept, filter));
  const times = begins.map((at) => ({ at, ...none() }));
  const whole = none();
  const [channels, products, pages, forms] = [new Map(), new Map(), new Map(), new Map()];
  for (const row of kept) {
    add(whole, row);
    const place = placeOf(row.at);
    if (place !== undefined) add(times[place], row);
    count(channels, row.channel, row.channel);
    const [kind, name] = subject(row);
    if (kind === "product") count(products, row.product_id ?? name, name);
    else if (kind === "page") count(pages, name, name);
    else if (kind === "form") count(forms, name, name);
  }
  return { ...whole, unit, times, channels: most(channels), products: most(products), pages: most(pages), forms: most(forms) };
}

/** The mean signal, -1 to 1; none of nothing. */
export const mean = ({ count, positive, negative }) => (count ? (positive - negative) / count : undefined);

const none = () => ({ count: 0, positive: 0, neutral: 0, negative: 0 });

function add(sums, { signal }) {
  sums.count += 1;
  if (signal > 0) sums.positive += 1;
  else if (signal < 0) sums.negative += 1;
  else sums.neutral += 1;
}

// What was looked at, by what the tracker calls it.
function subject({ name, product_id: product, form }) {
  const label = name.replace(/^Viewed (?:product|page): |^Submitted form: /, "");
  if (product != null || name.startsWith("Viewed product: ")) return ["product", label];
  if (form || name.startsWith("Submitted form: ")) return ["form", form || label];
  return [name.startsWith("Viewed page: ") ? "page" : "other", label];
}

function count(counts, key, label) {
  const counted = counts.get(key);
  if (counted) counted.count += 1;
  else counts.set(key, { label, count: 1 });
}

const most = (counts) => [...counts.values()].sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1)).slice(0, MOST);

// The days that were asked for, or those on which something happened.
function span(rows, { from, to }) {
  let [first, last] = [Infinity, -Infinity];
  for (const { at } of rows) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  if (first > last) [first, last] = [Date.now(), Date.now()];
  return /** @type {const} */ ([from ? Date.parse(from) : first, to ? Date.parse(to) + DAY - 1 : last]);
}
