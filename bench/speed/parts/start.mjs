// A visitor with a slow phone comes: what the tracker costs until its first record has arrived, and while the visitor clicks.

import { setTimeout as pause } from "node:timers/promises";
import { inTurn } from "./turn.mjs";
import { TRACKERS } from "../trackers.mjs";
import { CATEGORIES, scriptOf } from "../trace.mjs";

const CLICKS = 5;

// Mixpanel waits 5 s before it sends; what it does then is left out.
const PATIENCE_MS = 2_000;

export const start = inTurn({
  browser: "chromium",
  // Over a relay it starts with the same files and waits 5 s for more records; what differs is in `wire`.
  trackers: Object.keys(TRACKERS).filter((id) => id !== "relay"),
  async visit(browser, site, id) {
    const page = await browser.page();
    await page.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.send("Network.enable");
    await page.send("Network.emulateNetworkConditions", MOBILE);
    // The process that will run the page is there before the trace begins.
    await page.open(`${site.origin}/blank`);
    const end = await page.trace(CATEGORIES);
    await page.open(`${site.origin}/`);
    if (id !== "none") await Promise.race([site.first(), pause(PATIENCE_MS)]);
    const script = scriptOf(await end());
    await page.until("bench.lcp > 0");
    for (let click = 0; click < CLICKS; click += 1) await clickOn(page, "bag");
    await page.until(`document.getElementById("count").textContent === "${CLICKS}"`);
    const { lcp, inp } = await page.run("bench.settled()");
    await page.close();
    return { ...script, lcp, inp };
  },
});

// A fast mobile connection: 40 ms to an answer, 10 Mbit/s down, 5 up.
const MOBILE = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 625_000 };

async function clickOn(page, id) {
  const box = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.getElementById("${id}").getBoundingClientRect())`;
  await page.click(...(await page.run(box)));
}
