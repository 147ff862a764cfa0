// In Firefox, what it has a measure for: the calls' own time, and when the page's picture is there.

import { TRACKERS } from "../trackers.mjs";
import { COUNTS, patience } from "./events.mjs";
import { inTurn } from "./turn.mjs";

export const firefox = inTurn({
  browser: "firefox",
  trackers: Object.keys(TRACKERS),
  async visit(driver, site, id, { most }) {
    await driver.get(`${site.origin}/`);
    if (id !== "none") await driver.wait(() => driver.executeScript("return window.ready"), 30_000, `${id} is not ready`);
    const { lcp } = await later(driver, "bench.settled()");
    const measured = { lcp };
    for (const count of COUNTS.filter((count) => count <= most && id !== "none")) {
      const [recorded, took] = await later(driver, `bench.record(${count}, ${patience(count)})`);
      Object.assign(measured, { [`event${count}`]: (1000 * took) / recorded, [`recorded${count}`]: recorded });
    }
    return measured;
  },
});

function later(driver, expression) {
  return driver.executeAsyncScript(`const done = arguments[0]; ${expression}.then(done, (error) => done(String(error)))`);
}
