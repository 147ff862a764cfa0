// The speed bench, one round of a few events without the other trackers: so that it does not rot, and what it says of ours that
// is no matter of time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../bench/speed/run.mjs";
import { results } from "../../bench/speed/verdict.mjs";
import { name } from "./browser.mjs";

// In Firefox there is one part, and without WebAssembly no module to see the memory of.
const PARTS = { chromium: ["wire", "unrecorded", "delay", "start", "events", "memory"], firefox: ["firefox"] };
const skip = process.env.WEBASSEMBLY === "off" || !PARTS[name];

test(`${name}: the speed bench measures ours`, { skip }, async () => {
  const all = {};
  for (const part of PARTS[name]) all[part] = await measure(part, { rounds: 1, trackers: ["none", "me", "relay"], most: 1_000 });
  const rows = results(all);
  for (const { title, by } of rows) {
    for (const [id, { median }] of Object.entries(by)) assert.ok(Number.isFinite(median), `${title}, ${id}: ${median}`);
    assert.ok(by.me, title);
  }
  if (name !== "chromium") return;
  const { me, relay } = all.wire.samples;
  assert.ok(me.requests100[0] >= 100, "direct, each record has a request of its own");
  // The bench's relay is on another origin. A first batch may still be under way when the hundred begin: what waits then leaves with its answer.
  assert.ok(relay.requests100[0] <= 3, `over a relay a hundred have a preflight, and one batch or two: ${relay.requests100[0]}`);
  assert.ok(relay.bytes100[0] < me.bytes100[0] / 2, "and are compressed");
  assert.ok(me.unrecorded[0] < me.bytes[0] / 20 && me.ten[0] < me.bytes[0] / 3, "who is not recorded downloads the start and no more");
  assert.ok(all.delay.samples.me.first[0] > 200, "the start and what it loads come one after the other");
  assert.ok(all.memory.samples.me.memory[0] - all.memory.samples.none.memory[0] > 2 ** 16, "the module's memory counts");
});
