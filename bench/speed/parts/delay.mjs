// A customer comes, and the network takes its time: how long after the page was asked for the first record's request is there.

import { TRACKERS } from "../trackers.mjs";
import { inTurn } from "./turn.mjs";

export const delay = inTurn({
  browser: "chromium",
  // A relay's records wait for others, and so do Mixpanel's.
  trackers: Object.keys(TRACKERS).filter((id) => !["none", "relay", "mixpanel"].includes(id)),
  site: { visitor: "signedIn", delay: 100 },
  async visit(browser, site) {
    const page = await browser.page();
    await page.open(`${site.origin}/`);
    const first = await site.untilFirst();
    await page.close();
    return { first };
  },
});
