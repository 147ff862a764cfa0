// The moments of a page that is left: which plain requests still leave, and which event comes first.

import { setTimeout as pause } from "node:timers/promises";
import { LEAVES, leave } from "./leave.mjs";
import { Receiver } from "./servers.mjs";

const BEFORE_MS = [0, 5, 50];

/** Which share of plain and of `keepalive` requests arrives that were begun shortly before a link is followed. */
export async function justBefore(browser, site, { tries }) {
  const rows = [];
  for (const keepalive of [false, true]) {
    for (const before of BEFORE_MS) {
      const arrived = await shareOf(browser, site, { keepalive, before, tries });
      rows.push({ request: keepalive ? "keepalive" : "plain", "begun before the link (ms)": before, arrived: `${arrived} of ${tries}` });
    }
  }
  return rows;
}

async function shareOf(browser, site, { keepalive, before, tries }) {
  const receiver = await new Receiver().start();
  const tab = await browser.tab(`${site.origin}/`);
  await tab.wait("begin(arguments[0], false).then(arguments[1])", receiver.origin);
  for (let left = tries; left > 0; left -= 1) {
    await tab.run(
      `const [url, keepalive, before, next] = arguments;
       setTimeout(() => {
         begin(url, keepalive);
         const go = () => (location.href = next);
         before ? setTimeout(go, before) : go();
       })`,
      receiver.origin, keepalive, before, `${site.origin}/next`,
    );
    await tab.until("return window.visit === 2", "the next page did not come");
    await tab.open(`${site.origin}/`);
  }
  await pause(1_000);
  receiver.stop();
  return receiver.posts.length - 1;
}

/** In which order a page is told that it is hidden and that it goes. */
export async function events(browser, site) {
  const rows = [];
  for (const [way, { query }] of Object.entries(LEAVES)) {
    const id = `${browser.name}-${rows.length}-${Date.now()}`;
    const tab = await browser.tab(`${site.origin}/${query}&id=${id}`);
    const isHiddenFirst = await tab.run("return document.hidden");
    await leave(tab, way, site);
    await pause(1_500);
    rows.push({ "page left by": way, events: told(site, id), note: isHiddenFirst ? "it was hidden before" : "" });
  }
  const id = `${browser.name}-other-${Date.now()}`;
  const tab = await browser.tab(`${site.origin}/?id=${id}`);
  // In the same window, which hides the first.
  const other = await tab.on(async (driver) => {
    await driver.switchTo().newWindow("tab");
    return browser.adopt(await driver.getWindowHandle());
  });
  await pause(300);
  await tab.close();
  await pause(1_500);
  rows.push({ "page left by": "another tab opened, then the tab closed", events: told(site, id), note: "" });
  await other.close();
  return rows;
}

function told(site, id) {
  const all = site.told(id);
  return all.map(({ what, at }, index) => (index > 0 ? `${what} (+${Math.round(at - all[index - 1].at)} ms)` : what)).join(", ") || "none told";
}

