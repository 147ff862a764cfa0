// What the tracker says of a record: the module that visitors download is asked, and nothing is decided here.

import { OmneoError } from "../../js/error.js";
import { explainWith } from "../../js/module.js";
import words from "../../src/privacy/field-words.txt";
import { KINDS } from "../../js/advice/rule.js";

/** What becomes of a record which a call of that kind makes, `{ allowed, rule, reason, dropped, record }`; `undefined` where it is none. */
export function verdict(policy, kind, record, consent = "granted") {
  const [told, error] = asked(policy, kind, record, consent);
  if (error?.code === "invalid-settings") throw error;
  return told;
}

/** The first mistake in a policy; `undefined` where the tracker takes it. */
export function mistake(policy) {
  const [, error] = asked(policy, "pageView", { action: "view", channel: "website", signal: 0, name: "Any", namespace: "any" }, "granted");
  return error;
}

function asked(policy, kind, record, consent) {
  try {
    return [explainWith({ __proto__: null, tenant: "any", policy, consent }, record, { words }, KINDS.indexOf(kind)), undefined];
  } catch (error) {
    if (error instanceof OmneoError) return [undefined, error];
    throw error;
  }
}
