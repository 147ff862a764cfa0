// What goes wrong. Each is a visit: it records, something happens, and unless it says otherwise the visitor comes back later.
//
//   shared    other trackers are put through it as well
//   gone      the visitor never comes back: what arrives, arrived without another page
//   whole     the browsers in which all of it arrives nonetheless
//   discards  what does not arrive is not to: the visitor or the site said so
//   only      the browsers that can do it

import { closing } from "./scenarios/closing.mjs";
import { network } from "./scenarios/network.mjs";
import { receiver } from "./scenarios/receiver.mjs";
import { storage } from "./scenarios/storage.mjs";
import { tabs } from "./scenarios/tabs.mjs";
import { tokens } from "./scenarios/tokens.mjs";
import { withdrawal } from "./scenarios/withdrawal.mjs";

export const scenarios = [...closing, ...network, ...receiver, ...tokens, ...storage, ...tabs, ...withdrawal];
