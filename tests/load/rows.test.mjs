// What the table says of a figure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verdict } from "../../bench/relay/rows.mjs";

test("more is better, but for what is less", () => {
  const rate = { limit: 10, wanted: 20 };
  assert.deepEqual([9, 10, 20].map((value) => verdict(rate, value)), ["**not reached**", "reached, less than wanted", "as wanted"]);
  const time = { limit: 50, wanted: 25, isLess: true };
  assert.deepEqual([51, 50, 25].map((value) => verdict(time, value)), ["**not reached**", "reached, less than wanted", "as wanted"]);
});

test("a limit alone is reached or not, a share lies within it on both sides, and what has none is not judged", () => {
  assert.deepEqual([30, 31].map((value) => verdict({ limit: 30, isLess: true }, value)), ["reached", "**not reached**"]);
  assert.deepEqual([94, 95, 105, 106].map((value) => verdict({ within: 5 }, value)), ["**not reached**", "reached", "reached", "**not reached**"]);
  assert.equal(verdict({}, 7), "");
});
