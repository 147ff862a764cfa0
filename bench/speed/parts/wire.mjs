// What goes over the wire: until the first record has arrived, for a hundred events more, and of visits that are not recorded. No time is measured, so all the
// trackers do it at once, each in a window of its own: some wait for seconds before they send.

import { setTimeout as pause } from "node:timers/promises";
import { TRACKERS } from "../trackers.mjs";

const EVENTS = 100;

/** How long a visit lasts of which nothing is recorded. */
const VISIT_MS = 2_000;

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
        const unrecorded = await bytesOf(browser, siteOf, id, "undecided", first);
        const signedOut = await bytesOf(browser, siteOf, id, "signedOut", first);
        const ten = (6 * unrecorded + 2 * signedOut + 2 * first.bytes) / 10;
        measured[id] = { requests: first.requests, bytes: first.bytes, requests100: requests, bytes100: bytes, unrecorded, ten };
      }),
    );
    return measured;
  },
};

// What another visitor downloads, of whom nothing is recorded. A tag that knows no difference is the same for all.
async function bytesOf(browser, siteOf, id, visitor, first) {
  if (!TRACKERS[id].heads) return first.bytes;
  const site = await siteOf(id, { visitor });
  const page = await browser.page();
  await page.open(`${site.origin}/`);
  await pause(VISIT_MS);
  return site.soFar().bytes;
}
