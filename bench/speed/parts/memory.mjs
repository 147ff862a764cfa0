// A page that stays open for long: what recording takes of its memory once everything is delivered, and whether that grows.
//
// Events are recorded no faster than they arrive, since no tracker keeps ten thousand of them.

import { setTimeout as pause } from "node:timers/promises";
import { TRACKERS } from "../trackers.mjs";
import { inTurn } from "./turn.mjs";

export const memory = inTurn({
  browser: "chromium",
  trackers: Object.keys(TRACKERS),
  // Ten thousand requests take a while, and bytes vary less than times.
  mostRounds: 3,
  async visit(browser, site, id, { most }) {
    const page = await browser.page();
    await page.open(`${site.origin}/`);
    if (id !== "none") await page.until("window.ready");
    const measured = {};
    for (const [at, measure] of ["memory", "later"].entries()) {
      if (id !== "none") await deliver(page, site, (at + 1) * most);
      measured[measure] = await memoryOf(page);
    }
    await page.close();
    return measured;
  },
});

async function deliver(page, site, count) {
  let recorded = site.arrived;
  while (recorded < count) {
    [recorded] = await page.run(`bench.record(${Math.min(count, recorded + AT_ONCE)})`);
    await arrive(site, recorded - UNDER_WAY);
  }
  await arrive(site, count);
  // The last answers, and what their tracker does with them.
  await page.run(`new Promise((later) => setTimeout(later, ${REST_MS}))`);
}

// Until so many have arrived, or no more come: some trackers give up a few.
async function arrive(site, count) {
  for (let before = -1; site.arrived < count && site.arrived > before; ) {
    before = site.arrived;
    for (let look = 0; look < LOOKS && site.arrived < count; look += 1) await pause(LOOK_MS);
  }
}

/** In bytes, without what could be collected. */
async function memoryOf(page) {
  await page.send("HeapProfiler.enable");
  for (let time = 0; time < 2; time += 1) await page.send("HeapProfiler.collectGarbage");
  const { usedSize } = await page.send("Runtime.getHeapUsage");
  return usedSize + (await page.run("bench.memory?.buffer.byteLength ?? 0"));
}

// Longer than any of them waits for a batch.
const [LOOKS, LOOK_MS] = [1_500, 5];
const AT_ONCE = 100;
const UNDER_WAY = 200;
const REST_MS = 500;
