// A visitor does a great deal: what recording an event costs whoever calls, with all that it leaves for the end of its task.

import { TRACKERS } from "../trackers.mjs";
import { inTurn } from "./turn.mjs";

export const events = inTurn({
  browser: "chromium",
  trackers: Object.keys(TRACKERS),
  async visit(browser, site, id, { most }) {
    const measured = {};
    if (id === "none") return measured;
    const page = await browser.page();
    await page.open(`${site.origin}/`);
    await page.until("window.ready");
    for (const count of COUNTS.filter((count) => count <= most)) {
      const [recorded, took] = await page.run(`bench.record(${count}, ${patience(count)})`);
      Object.assign(measured, { [`event${count}`]: (1000 * took) / recorded, [`recorded${count}`]: recorded });
    }
    await page.close();
    return measured;
  },
});

export const COUNTS = [100, 1_000, 10_000];

/** How long a visit records for, in milliseconds: some keep the page so busy between the calls that ten thousand take minutes. */
export const patience = (count) => (count > 1_000 ? 1_000 : 3_000);
