// `npm run bench:relay-faults`: the real relay in front of the sandbox, what goes wrong around it, and then a count of what it acknowledged
// against what Omneo has.
//
//   --stores sqlite,postgres   --seeds 3   --only "part of a scenario's name", several times perhaps   --lanes 4
//   --from 2   the first seed: whoever broke off goes on
//   --brief   what `npm test` runs: one seed, and all is over sooner

import { parseArgs } from "node:util";
import { canInstall } from "../../tools/setup/apt.mjs";
import { FAKETIME } from "../../tools/setup/relay.mjs";
import { debian } from "../relay/debian.mjs";
import { conduct } from "./conduct.mjs";
import { SCENARIOS } from "./scenarios.mjs";
import { STORES, endStores, lacks } from "./stores.mjs";
import { Table } from "./table.mjs";

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      stores: { type: "string", default: Object.keys(STORES).join(",") },
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      only: { type: "string", multiple: true },
      lanes: { type: "string", default: "4" },
      brief: { type: "boolean", default: false },
    },
  });
  if (canInstall()) await debian(FAKETIME, "libfaketime");
  const table = new Table();
  const [from, last] = [Number(values.from), Number(values.seeds ?? (values.brief ? 1 : 3))];
  const seeds = Array.from({ length: last - from + 1 }, (_, index) => from + index);
  await measure({ ...values, stores: values.stores.split(","), seeds, lanes: Number(values.lanes) }, table);
  return table.isWanted() ? 0 : 1;
}

/** Runs the scenarios, some side by side, as they wait most of the time. */
export async function measure({ stores, seeds, only = [""], lanes, brief }, table) {
  const left = jobs({ stores, seeds, only, brief }, table);
  const lane = async () => {
    for (let job; (job = left.shift()); ) {
      const { scenario, store, seed } = job;
      const result = await conduct(scenario, STORES[store], seed, brief).catch(({ message }) => ({ wrong: [`broke off: ${message}`] }));
      table.add(scenario, store, seed, result);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await endStores();
  }
}

function jobs({ stores, seeds, only, brief }, table) {
  const all = SCENARIOS.filter(({ name }) => only.some((part) => name.includes(part))).flatMap((scenario) => {
    const own = (brief ? scenario.brief : scenario.stores) ?? (brief ? [] : stores);
    return stores.filter((store) => own.includes(store)).map((store) => ({ scenario, store, missing: scenario.needs?.() || lacks(store) }));
  });
  for (const { scenario, store, missing } of all) if (missing) table.skip(scenario, store, missing);
  const possible = all.filter(({ missing }) => !missing);
  // All of one seed before the next: whoever breaks off has whole ones.
  return seeds.flatMap((seed) => possible.map((job) => ({ ...job, seed })));
}
