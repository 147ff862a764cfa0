// What goes over the wire: until the first record has arrived, and for a hundred events more. No time is measured, so all the
// trackers do it at once, each in a window of its own: some wait for seconds before they send.

import { TRACKERS } from "../trackers.mjs";

const EVENTS = 100;

export const wire = {
  browser: "chromium",
  trackers: Object.keys(TRACKERS).filter((id) => id !== "none"),
  async round(browser, siteOf, { trackers }) {
    const measured = {};
    await Promise.all(
      trackers.map(async (id) => {
        const site = await siteOf(id);
        const page = await browser.page();
        await page.open(`${site.origin}/`);
        const first = await site.first();
        const before = site.requests.length;
        await page.run(`bench.record(${EVENTS})`);
        const { requests, bytes } = await site.events(EVENTS, before);
        measured[id] = { requests: first.requests, bytes: first.bytes, requests100: requests, bytes100: bytes };
      }),
    );
    return measured;
  },
};
