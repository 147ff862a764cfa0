// Prints what was measured, and writes it down: bench/RESULTS.md and the plot beside it.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem, type, release } from "node:os";
import { fileURLToPath } from "node:url";
import { plot } from "./plot.mjs";
import { ROWS } from "./rows.mjs";
import { TRACKERS } from "./trackers.mjs";
import { OURS, results } from "./verdict.mjs";

/** Prints a line a row: the medians, and how ours stand. */
export function print(all) {
  for (const { title, unit, by, verdicts } of results(all)) {
    console.log(`\n${title}${unit && `, ${unit}`}`);
    for (const [id, spread] of Object.entries(by)) console.log(`  ${TRACKERS[id].label.padEnd(28)}${cell(spread)}`);
    for (const [id, { text }] of verdicts) console.log(`  → ${TRACKERS[id].label}: ${text}`);
  }
}

export function write(all) {
  const rows = results(all);
  writeFileSync(here("../RESULTS.md"), markdown(all, rows));
  writeFileSync(here("../results.svg"), plot(rows));
}

function markdown(all, rows) {
  const ids = Object.keys(TRACKERS);
  return `# The speed bench

\`npm run bench\` wrote this file; nothing in it is written by hand. Times are this machine's, so **it is the ratios within the
run that count**.

${settings(all)}

![How many times of ours each peer needs, a row a measure](results.svg)

## Where it stands

Against every full-featured peer: ${ids.filter((id) => TRACKERS[id].kind === "full").map((id) => TRACKERS[id].label).join(", ")}.
*Level* is where the middle halves of the samples overlap, or the medians lie within a twentieth of each other.

${table(["measure", ...OURS.map((id) => TRACKERS[id].label)], rows.map((row) => [row.title, ...OURS.map((id) => said(row, id))]))}

## The numbers

Medians, and in brackets the middle half of the samples; less is better. *Relay* is left out where it does not differ: the start
is the same files. Heap and script are without what the page has of its own.

${tables(all, rows, ids)}

## How it is measured

${METHOD}

## Who is measured

${table(["tracker", "package", "version", "records here", "kind"], peers())}

Umami's tracker is not on npm. Amplitude is the newest version whose dependencies npm had when the lock was made. Each is
bundled by the same esbuild settings, with the least that its documentation names for page views and a site's own events;
what it would ask of its maker's servers is given or off, and nothing else of it is. RudderStack has its plugins bundled, without
which it sends nothing, and Mixpanel is the entry without the session recorder. Ours is the README's script tag.
`;
}

function said({ verdicts }, id) {
  const verdict = verdicts.find(([own]) => own === id)?.[1];
  if (!verdict) return "as direct";
  return verdict.isBehind ? verdict.text : `**${verdict.text}**`;
}

function settings(all) {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}`;
  const parts = Object.entries(all).map(([name, { when, browser, rounds, commit }]) => [name, browser, `${rounds}`, when.slice(0, 16).replace("T", " "), commit]);
  const missing = [...new Set(ROWS.map(({ part }) => part))].filter((part) => !all[part]);
  const without = missing.length > 0 ? `\n\nNot measured in this run: ${missing.join(", ")}.` : "";
  return `Machine: ${machine}.\n\n${table(["part", "browser", "rounds", "ended (UTC)", "commit"], parts)}${without}`;
}

// A table a few measures, a line a tracker: narrow enough to be read.
function tables(all, rows, ids) {
  const groups = [rows.slice(0, 4), rows.slice(4, 8), rows.slice(8, 11), rows.slice(11, 15), rows.slice(15, 17), rows.slice(17, 20), rows.slice(20)];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => {
      const heads = group.map(({ title, unit }) => `${title}${unit && `, ${unit}`}`);
      const lines = ids.filter((id) => group.some(({ by }) => by[id]));
      return table(["", ...heads], lines.map((id) => [TRACKERS[id].label, ...group.map((row) => cellOf(all, row, id))]));
    })
    .join("\n\n");
}

// Where the time was up before all events were recorded, how many were.
function cellOf(all, { part, measure, by }, id) {
  if (!by[id]) return "";
  const wanted = Number(/^event(\d+)$/.exec(measure)?.[1]);
  const recorded = Math.min(...(all[part].samples[id][`recorded${wanted}`] ?? [wanted]));
  return cell(by[id]) + (recorded < wanted ? `, of ${recorded.toLocaleString("en")}` : "");
}

function cell({ q1, median, q3 }) {
  return q1 === q3 ? number(median) : `${number(median)} (${number(q1)}–${number(q3)})`;
}

function number(value) {
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function peers() {
  return Object.values(TRACKERS)
    .filter(({ package: name }) => name)
    .map(({ label, package: name, records, kind }) => [label, name, versionOf(name, kind), records, kind]);
}

function versionOf(name, kind) {
  const path = kind === "ours" ? "../../package.json" : `../node_modules/${name}/package.json`;
  return JSON.parse(readFileSync(here(path), "utf8")).version;
}

function table(heads, lines) {
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const METHOD = `One page, a shop's, with a picture, a list and a button, and one tracker on it. One server for all, the same program with the same
answers' delay; files are compressed by brotli at its best. Trackers send to another origin than the page's. Each visit has an
origin of its own, so no cache, storage or connection is left of another, and each round a new browser; in each round every
tracker has its turn, beginning with another one each time.

- **wire**: every request of the tracker's own (files, preflights, tokens, records), and the bytes of their bodies in both directions as
  they travel. Headers are left out: HTTP/2 sends repeated ones in a few bytes. Then 100 events, twenty a task, until the last has
  arrived.
  Visits that are not recorded last 2 s. Of ten first visits six have not agreed, two agreed and are not signed in, and two are recorded.
  The peers' tags are as documented: they load and send whoever visits. A peer that a consent platform holds back until a consent
  costs the first six nothing; then so can ours.
- **unrecorded**: the CPU slowed down 4 times; the script of the first 2 s of a visit that has not agreed.
- **delay**: the page comes at once, the tracker's files and the token after 100 ms, and the server has said who is signed in
  (\`data-signed-in="true"\`). Peers need one answer where ours needs two. Mixpanel and our relay are left out, whose records wait for others.
- **start**: the CPU slowed down 4 times, 40 ms to an answer, 10 Mbit/s. Script is what a trace has on the page's main thread:
  parsing, compiling, running, promises, timers, collecting garbage; until the first record has arrived, or 2 s after the page has
  loaded (Mixpanel sends after 5 s). Then five clicks on a button that records an event: INP is the slowest, in steps of 8 ms.
- **events**: nothing slowed down. Events are recorded twenty a task, and the clock runs in the calls and until the microtasks of their
  task have run. A visit goes on to the next count after 3 s, and ends 1 s after its first thousand; how many events that were is then
  beside the number.
- **memory**: 10,000 events, recorded as fast as they arrive, with at most 200 on their way. Then garbage is collected, and the JavaScript
  heap and the module's memory are added up; then the same again.
- **firefox**: first the picture with every tracker, then the calls, nothing slowed down. It has no measure for heap and script, and tells of no interaction under 16 ms,
  which all of them are.

A hundred events or more in a row are no visitor, but show how the cost grows. Ours keeps the newest 500 that wait and tells of each
that it gives up; what others give up is not counted here (\`npm run bench:faults\` does that).`;
