// The bench of faults in its short form: one seed, the browsers by turns, so that each scenario is in one of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser } from "../../bench/browser.mjs";
import { broken } from "../../bench/faults/judge.mjs";
import { brief } from "../../bench/faults/scenarios.mjs";
import { tell } from "../../bench/faults/tell.mjs";
import { sideBySide } from "../../bench/lane.mjs";

const BROWSERS = ["chromium", "firefox", ...(process.env.WEBKITDRIVER ? ["webkit"] : [])];
const LANES = 6;

for (const [turn, name] of BROWSERS.entries()) {
  test(`${name}: the right customer, once, only with consent, and nothing lost, whatever goes wrong`, async () => {
    const browser = new Browser(name);
    const wrong = [];
    const scenarios = brief.filter(({ cannot }, index) => index % BROWSERS.length === turn && !cannot?.[name]);
    try {
      await sideBySide(browser, LANES, scenarios, async (scenario, lane) => {
        const counts = await tell(scenario, lane, "omneo-interactions", { seed: 1 });
        for (const what of counts.error ? [counts.error] : broken(scenario, name, counts)) wrong.push(`${what}: ${scenario.name}`);
      });
    } finally {
      await browser.end();
    }
    assert.deepEqual(wrong, []);
  });
}
