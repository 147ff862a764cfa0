// `npm run bench:faults`: real browsers, a real receiver, and what goes wrong between them; then a count of what arrived.
//
//   --browsers chromium,firefox,webkit   --seeds 3   --only "part of a scenario's name"   --shared   --no-peers   --durations
//   --quick     one seed, no peers, and of the slow receivers only every pair
//   --lanes 8   how many visits go on side by side
//   --fresh     measures again what an earlier run has finished with the same tracker, see kept.mjs

import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { sideBySide } from "../lane.mjs";
import { Kept } from "./kept.mjs";
import { scenariosFor } from "./scenarios.mjs";
import { Table } from "./table.mjs";
import { tell, trackersOf } from "./tell.mjs";

export async function run(args) {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      browsers: { type: "string", default: "chromium,firefox,webkit" },
      seeds: { type: "string" },
      only: { type: "string", default: "" },
      shared: { type: "boolean", default: false },
      peers: { type: "boolean" },
      durations: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      lanes: { type: "string", default: "8" },
      fresh: { type: "boolean", default: false },
    },
  });
  const settings = { ...values, seeds: Number(values.seeds ?? (values.quick ? 1 : 3)), peers: values.peers ?? !values.quick, lanes: Number(values.lanes) };
  const [table, kept] = [new Table(), new Kept(settings)];
  for (const name of values.browsers.split(",")) await inBrowser(name, settings, table, kept);
  table.printSums();
  return table.isWanted() ? 0 : 1;
}

async function inBrowser(name, settings, table, kept) {
  const rows = rowsOf(name, settings, table);
  const jobs = rows.flatMap((row) => row.seeds.map((seed) => ({ row, seed })));
  const browser = new Browser(name);
  const work = async ({ row, seed }, lane) => {
    const result = await kept.once(name, row, seed, () => tell(row.scenario, lane, row.tracker, { seed, durations: settings.durations }));
    row.results.push(result);
    if (row.results.length === row.seeds.length) table.add(row.scenario, name, row.title, row.results);
  };
  try {
    await sideBySide(browser, settings.lanes, jobs.filter(({ row }) => !row.scenario.alone), work);
    for (const job of jobs.filter(({ row }) => row.scenario.alone)) {
      await work(job, browser);
      await browser.closeTabs().catch(() => browser.quit().catch(() => {}));
    }
  } finally {
    await browser.end();
  }
}

// A row of the table for each scenario and tracker.
function rowsOf(name, { only, shared, peers, seeds, quick }, table) {
  const rows = [];
  for (const scenario of scenariosFor(name, quick)) {
    if (!scenario.name.includes(only) || (shared && !scenario.shared)) continue;
    if (scenario.cannot?.[name]) table.cannot(scenario, name);
    else rows.push(...trackersOf(scenario, peers).map((tracker) => ({ scenario, ...tracker, seeds: upTo(seeds), results: [] })));
  }
  return rows;
}

const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);
