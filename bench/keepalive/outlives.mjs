// How long a request with `keepalive` outlives its page.
//
// The page is left while the preflight is not answered; that is answered a while after. Does the POST still leave then?

import { setTimeout as pause } from "node:timers/promises";
import { LEAVES, leave } from "./leave.mjs";
import { Receiver } from "./servers.mjs";

const SECONDS = [1, 5, 10, 20, 28, 32, 45, 58, 63, 85, 95, 120, 180, 240, 290, 310, 420, 600];
// After the last answer, until it is said that nothing came.
const PATIENCE_MS = 8_000;

/** Answers a row for each way to leave a page. All pages wait side by side. */
export async function outlives(browser, site, { most = Infinity, keepalive = true } = {}) {
  const seconds = SECONDS.filter((one) => one <= most);
  const begun = [];
  for (const way of Object.keys(LEAVES)) {
    for (const after of seconds) begun.push({ way, after, ...(await heldPreflight(browser, site, way, after, keepalive)) });
    begun.push({ way, ...(await unansweredPost(browser, site, way, keepalive)) });
  }
  const last = Math.max(...begun.map(({ left, after = 0 }) => left + after * 1_000));
  await pause(last + PATIENCE_MS - Date.now());
  for (const { receiver } of begun) receiver.stop();
  return Object.keys(LEAVES).map((way) => row(way, begun.filter((one) => one.way === way)));
}

async function heldPreflight(browser, site, way, after, keepalive) {
  let answer;
  const receiver = await new Receiver({ preflight: new Promise((resolve) => (answer = resolve)) }).start();
  const tab = await browser.tab(`${site.origin}/${LEAVES[way].query}`);
  await tab.run("void begin(arguments[0], arguments[1])", receiver.origin, keepalive);
  await browser.driver.wait(() => receiver.preflights.length > 0, 10_000, "no preflight");
  const left = await leave(tab, way, site);
  setTimeout(answer, left + after * 1_000 - Date.now());
  return { receiver, left };
}

// With a preflight that is known: the receiver has the whole request, and never answers.
async function unansweredPost(browser, site, way, keepalive) {
  const receiver = await new Receiver().start();
  const tab = await browser.tab(`${site.origin}/${LEAVES[way].query}`);
  await tab.wait("begin(arguments[0], false).then(arguments[1])", receiver.origin);
  receiver.answer = new Promise(() => {});
  await tab.run("void begin(arguments[0], arguments[1])", receiver.origin, keepalive);
  await browser.driver.wait(() => receiver.posts.length > 1, 10_000, "no request");
  return { receiver, left: await leave(tab, way, site) };
}

function row(way, begun) {
  const held = begun.filter(({ after }) => after !== undefined);
  const arrived = held.filter(({ receiver }) => receiver.posts.length > 0).map(({ after }) => after);
  const missed = held.filter(({ receiver }) => receiver.posts.length === 0).map(({ after }) => after);
  const closed = ({ receiver, left }) => receiver.closed.map((at) => `${((at - left) / 1_000).toFixed(1)} s`)[0] ?? "never seen";
  return {
    "page left by": way,
    "POST left when the preflight was answered after (s)": arrived.join(" ") || "none",
    "and not after (s)": missed.join(" ") || "none",
    "preflight given up after": closed(held.at(-1)),
    "unanswered POST given up after": closed(begun.find(({ after }) => after === undefined)),
  };
}
