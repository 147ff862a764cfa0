// The relay's bench of faults in its short form: one seed, and all is over sooner.

import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../bench/relay-faults/run.mjs";
import { STORES } from "../../bench/relay-faults/stores.mjs";
import { Table } from "../../bench/relay-faults/table.mjs";

const LANES = 6;

test("nothing acknowledged is lost or doubled, whatever happens to the relay, its disk, its database, Omneo or its clients", async () => {
  const table = new Table();
  await measure({ stores: Object.keys(STORES), seeds: [1], lanes: LANES, brief: true }, table);
  assert.deepEqual(table.wrong, []);
  assert.ok(table.rows > 20, `${table.rows} runs`);
  if (process.env.CI) assert.deepEqual(table.skipped, []);
});
