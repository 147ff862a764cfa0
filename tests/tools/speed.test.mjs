// How the speed bench reads its numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { spread } from "../../bench/speed/spread.mjs";
import { scriptOf } from "../../bench/speed/trace.mjs";
import { results } from "../../bench/speed/verdict.mjs";

test("a median is in the middle, and half of the samples lie around it", () => {
  assert.deepEqual(spread([5, 1, 3, 2, 4]), { q1: 2, median: 3, q3: 4 });
  assert.deepEqual(spread([4, 1]), { q1: 1.75, median: 2.5, q3: 3.25 });
  assert.equal(spread([]), undefined);
});

test("a row says who is ahead, and why not where it is not ours", () => {
  const samples = (me, snowplow, amplitude) => ({ me: { event100: me }, snowplow: { event100: snowplow }, amplitude: { event100: amplitude } });
  const said = (...given) => results({ events: { samples: samples(...given) } })[0].verdicts[0][1];
  assert.equal(said([10, 11, 12], [20, 21, 22], [30, 31, 32]).text, "ahead of all 2");
  assert.equal(said([10, 15, 40], [20, 21, 22], [30, 31, 32]).text, "level with Snowplow; ahead of the other 1");
  const behind = said([20, 21, 22], [10, 10, 10], [30, 31, 32]);
  assert.match(behind.text, /^behind Snowplow \(2\.1×\); because .+; ahead of the other 1$/);
  assert.ok(behind.isBehind);
  assert.equal(said([10, 10, 10], [9.8, 9.8, 9.8], [10, 10, 10]).text, "level with all 2");
});

test("what the page has of its own is taken off, and the unit is the row's", () => {
  const samples = { none: { memory: [1024] }, me: { memory: [3072] } };
  assert.equal(results({ memory: { samples } })[0].by.me.median, 2);
});

test("of a trace the page's own thread counts, and what lies within something else counts once", () => {
  const on = (name, ts, dur, tid = 1) => ({ ph: "X", pid: 7, tid, name, cat: "", ts, dur });
  const events = [
    { ph: "I", pid: 7, tid: 1, name: "bench", cat: "blink.user_timing", ts: 0 },
    on("ThreadControllerImpl::RunTask", 0, 10_000),
    on("EvaluateScript", 1_000, 4_000),
    on("v8.compile", 1_500, 1_000),
    on("Layout", 6_000, 3_000),
    on("ThreadControllerImpl::RunTask", 20_000, 9_000),
    on("FunctionCall", 20_000, 2_000),
    on("BlinkScheduler_PerformMicrotaskCheckpoint", 22_500, 3_000),
    on("EvaluateScript", 1_000, 50_000, 2),
  ];
  assert.deepEqual(scriptOf(events), { script: 9, longest: 5 });
});
