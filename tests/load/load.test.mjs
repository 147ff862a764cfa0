// The bench of the relay in its short form: whether there is a figure for every row, not which.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ROWS } from "../../bench/relay/rows.mjs";
import { measure } from "../../bench/relay/run.mjs";

test("every part of the relay's own has its figures", async () => {
  const all = await measure({ quick: true });
  assert.deepEqual(Object.keys(all), ["sqlite", "waiting", "forwarding", "kill"]);
  for (const { part, what, of } of ROWS.filter(({ part }) => all[part])) {
    const figure = of(all[part].figures);
    assert.ok(Number.isFinite(figure) && figure >= 0, `${part}, ${what}: ${figure}`);
  }
  const { acknowledged, lost } = all.kill.figures;
  assert.ok(acknowledged > 0);
  assert.equal(lost, 0);
});
