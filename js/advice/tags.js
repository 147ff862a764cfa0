// A page has one tracker. `seen.tags` are the `data-` attributes of all the tracker's script tags on it.

import { attribute } from "../attribute.js";
import { shown } from "./shown.js";

export function* tags(given, { tags: all = [], isTag }) {
  const [first, ...others] = all;
  if (!first) return;
  const { tenant, endpoint } = given;
  if (!isTag) {
    const [setting, where] = endpoint ? ["endpoint", endpoint] : ["tenant", tenant];
    yield {
      setting,
      given: shown(where),
      wrong: "but the page has the script tag too: two trackers record everything twice.",
      mend: "leave the tag or `createTracker` out.",
    };
    return;
  }
  for (const other of others) {
    // What the server says anew of who is signed in counts.
    const differs = SETTINGS.find((name) => first[name] !== other[name]);
    if (differs) {
      yield {
        setting: differs,
        given: SECRET.test(differs) ? "another" : `another, ${shown(other[differs])}`,
        wrong: `on a second tag: of that, only \`${attribute("signedIn")}\` counts.`,
        mend: "leave one tag.",
      };
      return;
    }
  }
}

/** What a tag may say, but for `signedIn`. */
const SETTINGS = [
  ...["tenant", "endpoint", "tokenUrl", "token", "route", "consent", "events", "globalPrivacyControl", "doNotTrack"],
  ...["namespace", "channel", "beforeConsent", "load", "forms", "policy", "capture", "clienteling", "batch", "inspect", "module"],
];

/** What may have a secret in it. */
const SECRET = /^(token|tokenUrl|module)$/;
