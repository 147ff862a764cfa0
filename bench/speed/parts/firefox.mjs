// In Firefox, what it has a measure for: the calls' own time, and when the page's picture is there.
//
// First the picture with every tracker, then the calls: a page that is left with some hundred records waiting sends them, and the next
// one in the same window would wait for that.

import { TRACKERS } from "../trackers.mjs";
import { COUNTS, patience } from "./events.mjs";
import { inTurn } from "./turn.mjs";

const pictures = inTurn({
  async visit(driver, site, id) {
    await open(driver, site, id);
    const { lcp } = await later(driver, "bench.settled()");
    return { lcp };
  },
});

const calls = inTurn({
  async visit(driver, site, id, { most }) {
    const measured = {};
    if (id === "none") return measured;
    await open(driver, site, id);
    for (const count of COUNTS.filter((count) => count <= most)) {
      const [recorded, took] = await later(driver, `bench.record(${count}, ${patience(count)})`);
      Object.assign(measured, { [`event${count}`]: (1000 * took) / recorded, [`recorded${count}`]: recorded });
    }
    return measured;
  },
});

export const firefox = {
  browser: "firefox",
  trackers: Object.keys(TRACKERS),
  async round(...given) {
    const [first, then] = [await pictures.round(...given), await calls.round(...given)];
    return Object.fromEntries(Object.keys(first).map((id) => [id, { ...first[id], ...then[id] }]));
  },
};

async function open(driver, site, id) {
  await driver.get(`${site.origin}/`);
  if (id !== "none") await driver.wait(() => driver.executeScript("return window.ready"), 30_000, `${id} is not ready`);
}

function later(driver, expression) {
  return driver.executeAsyncScript(`const done = arguments[0]; ${expression}.then(done, (error) => done(String(error)))`);
}
