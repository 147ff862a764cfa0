// The byte budgets, as `tools/budgets.json` has them: how many bytes a file of `dist/`, or several together, may have as brotli sends
// them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root } from "../process.mjs";

const FILE = "tools/budgets.json";

/**
 * All budgets: `{what, files, limit, wanted}`, `wanted` only where the limit is not what was hoped for. One for `each` file of a
 * folder becomes one for each file. `built` is what `dist/` has: each of these files is in a budget, and no other is.
 */
export function budgets(built, given = JSON.parse(readFileSync(join(root, FILE), "utf8"))) {
  const all = given.flatMap((budget) => (budget.each ? ofEach(budget, built) : [budget]));
  const budgeted = all.flatMap(({ files }) => files);
  const stray = budgeted.find((name) => !built.includes(name));
  if (stray) throw new Failure(`${FILE} names ${stray}, which is not built: take it out, or name what is built.`);
  const free = built.find((name) => !budgeted.includes(name));
  if (free) throw new Failure(`${FILE} has no limit for ${free}: say there how large it may be.`);
  return all;
}

function ofEach({ what, each, ...budget }, built) {
  return built.filter((name) => name.startsWith(each)).map((name) => ({ ...budget, what: `${what}, ${name}`, files: [name] }));
}

/** How a budget is kept: `{isKept, line}`, where `brotli(name)` is how many bytes a file has. */
export function verdict({ what, files, limit, wanted }, brotli) {
  const bytes = files.reduce((sum, name) => sum + brotli(name), 0);
  const isKept = bytes <= limit;
  return { isKept, line: `${isKept ? "✓" : "✗"} ${what}: ${show(bytes)} of ${show(limit)} bytes brotli${wish(bytes, wanted)}` };
}

function wish(bytes, wanted) {
  if (wanted === undefined) return "";
  return bytes > wanted ? ` (wanted: ${show(wanted)}, missed by ${show(bytes - wanted)})` : ` (wanted: ${show(wanted)})`;
}

const show = (count) => count.toLocaleString("en");
