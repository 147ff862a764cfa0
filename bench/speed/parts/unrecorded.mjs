// A visitor with a slow phone comes who has not agreed to anything: what the script costs of which nothing will come.

import { setTimeout as pause } from "node:timers/promises";
import { CATEGORIES, scriptOf } from "../trace.mjs";
import { TRACKERS } from "../trackers.mjs";
import { inTurn } from "./turn.mjs";

const VISIT_MS = 2_000;

export const unrecorded = inTurn({
  browser: "chromium",
  // Over a relay it begins with the same file.
  trackers: Object.keys(TRACKERS).filter((id) => id !== "relay"),
  site: { visitor: "undecided" },
  async visit(browser, site) {
    const page = await browser.page();
    await page.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    // The process that will run the page is there before the trace begins.
    await page.open(`${site.origin}/blank`);
    const end = await page.trace(CATEGORIES);
    await page.open(`${site.origin}/`);
    await pause(VISIT_MS);
    const { script } = scriptOf(await end());
    await page.close();
    return { script };
  },
});
