// What goes wrong. Each is a visit: it records, something happens, and unless it says otherwise the visitor comes back later.
//
//   shared    other trackers are put through it as well
//   gone      the visitor never comes back: what arrives, arrived without another page
//   whole     the browsers in which all of it arrives nonetheless
//   bound     nobody can promise what it asks; it says how far it goes
//   alone     it needs the whole browser: closes it, kills it, cuts its network
//   isFirst   nobody has ever been here before
//   isBrief   it takes some seconds at most
//   cannot    what a browser cannot do under automation: `{webkit: "why"}`

import { closing } from "./scenarios/closing.mjs";
import { customers } from "./scenarios/customers.mjs";
import { network } from "./scenarios/network.mjs";
import { everySlowReceiver, pairsOfSlowReceivers } from "./scenarios/slow.mjs";
import { receiver } from "./scenarios/receiver.mjs";
import { storage } from "./scenarios/storage.mjs";
import { tabs } from "./scenarios/tabs.mjs";
import { tokens } from "./scenarios/tokens.mjs";
import { withdrawal } from "./scenarios/withdrawal.mjs";

const scenarios = [...closing, ...network, ...receiver, ...tokens, ...storage, ...tabs, ...customers, ...withdrawal];

/** Those of the short form: two customers, what is taken back, and the slow receivers that are not too slow for it. */
export const brief = [...customers, ...withdrawal, ...pairsOfSlowReceivers().filter(({ isBrief }) => isBrief)];

/** Those of a browser: in Chromium every slow receiver, in the others every pair of what makes one. */
export function scenariosFor(browser, quick) {
  return [...scenarios, ...(browser === "chromium" && !quick ? everySlowReceiver() : pairsOfSlowReceivers())];
}
