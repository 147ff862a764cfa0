// The test kit's commands for Cypress, which itself cannot be had here: its binary comes from no registry. So the commands run on a
// chain of ours, that has what Cypress documents of `on`, `wrap`, `window`, `should` (tried again until it does not throw) and `then`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cypress } from "../../js/testing.js";

const NOON = "2026-01-01T12:00:00.000Z";

test("recorded and refused interactions are waited for, over two pages, by a clock that stands still", async () => {
  const { cy, load } = chainOf();
  const omneo = cypress(cy, { now: NOON });
  const first = load();
  setTimeout(() => first.say("recorded", { kind: "pageView", record: { name: "A", interacted_at: new first.Date().toISOString() } }));
  assert.deepEqual(await omneo.recorded({ record: { name: "A" } }), {
    event: "recorded",
    kind: "pageView",
    record: { name: "A", interacted_at: NOON },
  });
  await omneo.advance(1_000);
  const second = load();
  assert.equal(second.Date.now(), Date.parse(NOON) + 1_000);
  assert.equal(new second.Date("2020-01-01").getUTCFullYear(), 2020);
  second.say("refused", { rule: "own-model", record: { name: "B" } });
  assert.equal((await omneo.refused({ rule: /own/ })).record.name, "B");
  assert.equal((await omneo.events()).length, 2);
  assert.deepEqual(await omneo.flush(), { delivered: 1 });
  await omneo.none("failed");
  await omneo.clear();
  await omneo.none("recorded");
});

test("what is waited for in vain, or was not to be, is told", async () => {
  const { cy, load } = chainOf();
  const omneo = cypress(cy);
  load().say("failed", { reason: "It went wrong.", error: new Error("out of order") });
  await assert.rejects(async () => omneo.recorded(), /Nothing was recorded\. There was:\n {2}failed It went wrong\./);
  await assert.rejects(async () => omneo.none("failed"), /1 failed, and none was to be/);
  await assert.rejects(async () => omneo.advance(1), /There is no clock to advance/);
  assert.equal((await omneo.failed()).error, "Error: out of order");
});

class Chain extends Promise {
  should(holds) {
    return this.then(async (value) => {
      await retried(() => holds(value));
      return value;
    });
  }
}

/** What begins chains, and `load()`, which makes the next page: it has a tracker at once, that says what it is told to say. */
function chainOf() {
  let page;
  let begin;
  const cy = {
    on: (event, heard) => (assert.equal(event, "window:before:load"), (begin = heard)),
    wrap: (value) => Chain.resolve(value),
    window: () => Chain.resolve(page),
  };
  const load = () => {
    page = { Date, document: { readyState: "complete" } };
    begin(page);
    const listeners = page.omneo.q.map(([, event, hear]) => [event, hear]);
    page.omneo = () => Promise.resolve({ delivered: 1 });
    page.say = (event, detail) => listeners.filter(([name]) => name === event).forEach(([, hear]) => hear(detail));
    return page;
  };
  return { cy, load };
}

async function retried(check, times = 5) {
  try {
    return check();
  } catch (error) {
    if (times === 0) throw error;
    await new Promise((later) => setTimeout(later));
    return retried(check, times - 1);
  }
}
