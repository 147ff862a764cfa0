// `npm run bench`: each tracker on the same page, in turn, round after round, in real browsers. Writes bench/RESULTS.md.
//
//   --only wire,unrecorded,delay,start,events,memory,firefox,page   --rounds 15   --trackers me,snowplow   --most 10000 (events a visit)   --report
//
// A part that is not run keeps what was measured of it before, on this machine; `--report` runs none and only writes. With fewer
// rounds than 15, fewer trackers or fewer events nothing is written: that is for trying out.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../tools/process.mjs";
import { launch } from "../../tests/e2e/launch.mjs";
import { Chromium } from "./chromium.mjs";
import { filesOf } from "./files.mjs";
import { print, write } from "./report.mjs";
import { Site } from "./site.mjs";
import { TRACKERS } from "./trackers.mjs";
import { delay } from "./parts/delay.mjs";
import { events } from "./parts/events.mjs";
import { firefox } from "./parts/firefox.mjs";
import { memory } from "./parts/memory.mjs";
import { curve } from "./parts/page.mjs";
import { start } from "./parts/start.mjs";
import { unrecorded } from "./parts/unrecorded.mjs";
import { wire } from "./parts/wire.mjs";

const PARTS = { wire, unrecorded, delay, start, events, memory, firefox };
// Compares ours with nobody, and is printed only.
const CURVE = "page";
const ROUNDS = 15;
const MOST = 10_000;
const KEPT = join(root, "target", "bench-speed.json");

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", default: [...Object.keys(PARTS), CURVE].join() },
      rounds: { type: "string", default: `${ROUNDS}` },
      trackers: { type: "string", default: Object.keys(TRACKERS).join() },
      most: { type: "string", default: `${MOST}` },
      report: { type: "boolean", default: false },
    },
  });
  const options = { rounds: Number(values.rounds), trackers: values.trackers.split(","), most: Number(values.most) };
  const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : {};
  const isWhole = options.rounds >= ROUNDS && options.trackers.length === Object.keys(TRACKERS).length && options.most >= MOST;
  const all = isWhole ? kept : {};
  const names = values.report ? [] : values.only.split(",");
  const parts = names.filter((name) => name !== CURVE);
  for (const name of parts) {
    all[name] = await measure(name, options);
    if (isWhole) keep(all);
  }
  print(all);
  if (isWhole && (values.report || parts.length > 0)) write(all);
  if (names.includes(CURVE)) await curve();
  return 0;
}

// After each part: a run that is broken off in the next has not been for nothing.
function keep(all) {
  mkdirSync(dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify(all));
}

/** `{when, commit, browser, rounds, samples: {tracker: {measure: [number, …]}}}` */
export async function measure(name, { rounds: wantedRounds, trackers, most }) {
  const part = PARTS[name];
  const rounds = Math.min(wantedRounds, part.mostRounds ?? Infinity);
  const wanted = part.trackers.filter((id) => trackers.includes(id));
  const files = new Map();
  for (const id of wanted) files.set(id, await filesOf(TRACKERS[id]));
  const samples = Object.fromEntries(wanted.map((id) => [id, {}]));
  let version;
  for (let round = 0; round < rounds; round += 1) {
    // A new browser each round, and another tracker first.
    const turn = wanted.map((_, at) => wanted[(at + round) % wanted.length]);
    const sites = [];
    const siteOf = async (id, { visitor, delay } = {}) => {
      const tracker = TRACKERS[id];
      const head = tracker.heads?.[visitor] ?? tracker.head;
      sites.push(await new Site({ ...tracker, head }, files.get(id), { delay }).start());
      return sites.at(-1);
    };
    const { browser, version: own, end } = await BROWSERS[part.browser]();
    version = own;
    try {
      add(samples, await part.round(browser, siteOf, { trackers: turn, most }));
    } finally {
      await end();
      sites.forEach((site) => site.close());
    }
    console.log(`${name}: round ${round + 1} of ${rounds}`);
  }
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  return { when: new Date().toISOString(), commit, browser: version, rounds, samples };
}

function add(samples, measured) {
  for (const [id, values] of Object.entries(measured)) {
    for (const [measure, value] of Object.entries(values)) (samples[id][measure] ??= []).push(value);
  }
}

const BROWSERS = {
  async chromium() {
    const browser = await new Chromium().start();
    return { browser, version: browser.version.replace("/", " "), end: () => browser.close() };
  },
  async firefox() {
    const browser = await launch("firefox");
    await browser.manage().setTimeouts({ script: 120_000 });
    const version = `Firefox ${(await browser.getCapabilities()).getBrowserVersion()}`;
    return { browser, version, end: () => browser.quit() };
  },
};
