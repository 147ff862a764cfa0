// Settings that the tracker takes, and that do nothing, or not what whoever wrote them thinks. A rule is a function of the settings as
// they were given and of what is `seen` around them; what nobody has looked at is left out of that, and no rule rests on it.

import { allowed } from "./allowed.js";
import { capture } from "./capture.js";
import { consent } from "./consent.js";
import { layer } from "./layer.js";
import { options } from "./options.js";
import { place } from "./place.js";
import { policy } from "./policy.js";
import { purposes } from "./purposes.js";
import { receiver } from "./receiver.js";
import { source } from "./source.js";
import { tags } from "./tags.js";

const RULES = [source, receiver, place, consent, options, policy, allowed, purposes, capture, layer, tags];

/** All advice, each `{ setting, given, wrong, mend }`, `given` as it may be shown. */
export const adviceOn = (given, seen) => RULES.flatMap((rule) => all(() => rule(given, seen)));

/** What rules say; of settings that are malformed, which the tracker refuses, nothing. */
export function all(rule) {
  try {
    return [...rule()];
  } catch {
    return [];
  }
}
