// What is recorded by itself, or in a clienteling session, and allowed by no rule of the policy.

import { ACTIONS, isRule } from "./rule.js";
import { shown } from "./shown.js";

export function* allowed(given) {
  const { extends: base, rules = [] } = Object(given.policy);
  if (!Array.isArray(rules) || !rules.every(isRule)) return;
  const all = base === "nothing" ? rules : [...rules, ...DEFAULTS];
  const may = (kind, wanted) => all.some((rule) => meets(rule, { kind, action: ACTIONS[kind], ...wanted }));
  yield* byDefault(given, may);
  yield* switchedOn(given, may);
  yield* inSessions(given, may);
}

// What no rule allows at all is left to the policy: it may be restricted on purpose.
function* byDefault(given, may) {
  const kinds = Object.keys(CAPTURED).filter((kind) => Object(given.capture)[CAPTURED[kind]] !== false && may(kind));
  for (const [setting, usual] of Object.entries(USUAL)) {
    const value = given[setting] ?? usual;
    const lost = kinds.filter((kind) => !may(kind, { [setting]: value }));
    // A policy of the site's own may mean to allow some of them in another one.
    if (lost.length === 0 || (given.policy && lost.length < kinds.length)) continue;
    yield {
      setting,
      given: shown(value),
      wrong: `which no rule of \`policy\` allows for ${lost.join(", ")}: each that names no other is refused.`,
      mend: `add it to \`${setting}\` of a rule, or set \`${setting}\` to one that a rule has.`,
    };
  }
}

function* switchedOn({ capture }, may) {
  for (const [kind, name] of Object.entries(CAPTURED)) {
    if (Object(capture)[name] !== true || may(kind)) continue;
    const wrong = `but no rule of \`policy\` allows a ${kind}.`;
    yield { setting: `capture.${name}`, given: "true", wrong, mend: "add such a rule, or leave it out." };
  }
}

function* inSessions({ clienteling }, may) {
  if (!clienteling || ["pageView", "productView"].some((kind) => may(kind, { namespace: "clienteling" }))) return;
  yield {
    setting: "clienteling",
    given: shown(clienteling),
    wrong: "but no rule of `policy` allows a view in the namespace clienteling, which those of a session have.",
    mend: 'add a rule with `namespace: ["clienteling"]`, or leave it out.',
  };
}

/** What `capture` calls the kinds that it switches. */
const CAPTURED = { login: "logins", pageView: "pageViews", productView: "productViews", formSubmission: "forms" };

/** What records have that name none. */
const USUAL = { namespace: "web-engagement", channel: "website" };

/** The default rules, as far as they ask for anything but a kind; what the clienteling rule allows, the one for views does too. */
const DEFAULTS = [{ kind: ["login"], channel: ["website", "app"] }, { kind: ["pageView", "productView", "formSubmission"] }];

// Whether a rule allows some record that is such; which address and form it has, is the page's.
const meets = (rule, wanted) => Object.entries(wanted).every(([list, word]) => !rule[list] || rule[list].includes(word));
