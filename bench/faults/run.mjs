// `npm run bench:faults`: real browsers, a real receiver, and what goes wrong between them; then a count of what arrived.
//
//   --browsers chromium,firefox   --seeds 3   --only "part of a scenario's name"   --shared   --no-peers   --durations

import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { Collector, PEERS } from "./collector.mjs";
import { Omneo } from "../omneo.mjs";
import { scenarios } from "./scenarios.mjs";
import { Story } from "./story.mjs";
import { Table } from "./table.mjs";

export async function run(args) {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      browsers: { type: "string", default: "chromium,firefox" },
      seeds: { type: "string", default: "3" },
      only: { type: "string", default: "" },
      shared: { type: "boolean", default: false },
      peers: { type: "boolean", default: true },
      durations: { type: "boolean", default: false },
    },
  });
  const table = new Table();
  for (const name of values.browsers.split(",")) {
    const browser = new Browser(name);
    try {
      for (const scenario of scenarios.filter(({ name, shared }) => name.includes(values.only) && (shared || !values.shared))) {
        await tell(table, scenario, browser, { ...values, seeds: Number(values.seeds) });
      }
    } finally {
      await browser.end();
    }
  }
  table.printSums();
  return table.isWanted() ? 0 : 1;
}

async function tell(table, scenario, browser, { seeds, peers, durations }) {
  if (scenario.only && !scenario.only.includes(browser.name)) return;
  const trackers = ["omneo-interactions", ...(peers && scenario.shared ? Object.keys(PEERS) : [])];
  for (const tracker of trackers) {
    const results = [];
    for (let seed = 1; seed <= seeds; seed += 1) results.push(await once(scenario, browser, tracker, { seed, durations }));
    table.add(scenario, browser.name, PEERS[tracker] ?? tracker, results);
  }
}

// A scenario that breaks off is a row of its own: the bench goes on and fails in the end.
async function once(scenario, browser, tracker, settings) {
  const site = PEERS[tracker] ? new Collector(tracker) : new Omneo();
  const story = new Story(site, browser, settings);
  await site.start();
  try {
    await scenario.run(story);
    if (!scenario.gone) await story.comeBack(scenario);
    return count(story, await site.arrived());
  } catch (error) {
    return { error };
  } finally {
    await browser.closeTabs().catch(() => browser.quit().catch(() => {}));
    await site.close();
  }
}

function count({ recorded, failures }, { names, copies }) {
  const stored = recorded.filter((name) => names.has(name));
  return {
    recorded: recorded.length,
    once: stored.filter((name) => names.get(name) === 1).length,
    lost: recorded.length - stored.length,
    twice: stored.filter((name) => names.get(name) > 1).length,
    unasked: [...names.keys()].filter((name) => !recorded.includes(name)).length,
    copies,
    failures: failures.length,
  };
}
