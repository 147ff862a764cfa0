// A visitor does a great deal: what recording an event costs whoever calls, and how much memory it takes.

import { TRACKERS } from "../trackers.mjs";
import { inTurn } from "./turn.mjs";

export const events = inTurn({
  browser: "chromium",
  trackers: Object.keys(TRACKERS),
  async visit(browser, site, id, { most }) {
    const page = await browser.page();
    await page.open(`${site.origin}/`);
    const measured = {};
    if (id === "none") measured.memory = await memoryOf(page);
    else await page.until("window.ready");
    for (const count of COUNTS.filter((count) => count <= most && id !== "none")) {
      const [recorded, took] = await page.run(`bench.record(${count}, ${patience(count)})`);
      Object.assign(measured, { [`event${count}`]: (1000 * took) / recorded, [`recorded${count}`]: recorded });
      if (count === 1000) measured.memory = await memoryOf(page);
    }
    await page.close();
    return measured;
  },
});

export const COUNTS = [100, 1_000, 10_000];

/** How long a visit records for, in milliseconds: some keep the page so busy between the calls that ten thousand take minutes. */
export const patience = (count) => (count > 1_000 ? 1_000 : 3_000);

/** In bytes, without what could be collected. */
async function memoryOf(page) {
  await page.send("HeapProfiler.enable");
  for (let time = 0; time < 2; time += 1) await page.send("HeapProfiler.collectGarbage");
  const { usedSize } = await page.send("Runtime.getHeapUsage");
  return usedSize + (await page.run("bench.memory?.buffer.byteLength ?? 0"));
}
