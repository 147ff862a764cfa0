// What becomes of a request that waits behind a slow preflight when its page is left, or when the page takes it back.

import { setTimeout as pause } from "node:timers/promises";
import { LEAVES, leave, link } from "./leave.mjs";
import { Receiver } from "./servers.mjs";

const PREFLIGHT_MS = 2_500;
// What the browser has to send once the preflight is answered.
const PATIENCE_MS = 2_000;

/** Answers a row for each thing that can happen to the page meanwhile. */
export async function aborted(browser, site) {
  const ways = [
    ...Object.keys(LEAVES).map((way) => ({ what: way, query: LEAVES[way].query, happens: (tab) => leave(tab, way, site) })),
    { what: "abort() in its page", query: "", happens: (tab) => tab.run("aborter.abort()") },
    { what: "link, then back, then abort()", query: "?kept", happens: (tab) => backAndAbort(tab, site) },
  ];
  const begun = [];
  for (const keepalive of [false, true]) {
    for (const way of ways) begun.push({ keepalive, ...way, ...(await behindPreflight(browser, site, way, keepalive)) });
  }
  begun.push({ keepalive: true, what: "begun in pagehide, then back, then abort()", ...(await begunLate(browser, site)) });
  await pause(PREFLIGHT_MS + PATIENCE_MS);
  return begun.map(({ keepalive, what, receiver, note }) => {
    receiver.stop();
    return { request: keepalive ? "keepalive" : "plain", "meanwhile": what, "POST left": receiver.posts.length > 0 ? "yes" : "no", note };
  });
}

async function behindPreflight(browser, site, { query, happens }, keepalive) {
  const receiver = await slowReceiver();
  const tab = await browser.tab(`${site.origin}/${query}`);
  await tab.run("void begin(arguments[0], arguments[1])", receiver.origin, keepalive);
  await browser.driver.wait(() => receiver.preflights.length > 0, 10_000, "no preflight");
  const note = await happens(tab);
  return { receiver, note: inTime(receiver, typeof note === "string" ? note : "") };
}

async function begunLate(browser, site) {
  const receiver = await slowReceiver();
  const tab = await browser.tab(`${site.origin}/?late=${encodeURIComponent(receiver.origin)}`);
  const note = await backAndAbort(tab, site);
  return { receiver, note: inTime(receiver, note) };
}

async function backAndAbort(tab, site) {
  await link(tab, site);
  await tab.back();
  return tab.run(`
    if (!window.restored) return "the page was loaded anew";
    const { fate } = window;
    aborter.abort();
    return "restored; the request was " + fate;
  `);
}

// The preflight counts from when it came, so that it is slow for each page however long the others take.
async function slowReceiver() {
  const receiver = new Receiver();
  receiver.slow = () => pause(PREFLIGHT_MS);
  Object.defineProperty(receiver, "preflight", { get: () => receiver.slow() });
  return receiver.start();
}

// A bench that is too slow itself says so, and counts nothing.
function inTime({ preflights }, note) {
  return preflights.length > 0 && Date.now() - preflights[0] > PREFLIGHT_MS ? `${note} (too late, the preflight was answered)`.trim() : note;
}
