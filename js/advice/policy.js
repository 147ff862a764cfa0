// A policy that the tracker takes, and that does not say what its author meant.

import { ACTIONS, LISTS, covers, isRule, whole } from "./rule.js";
import { shown } from "./shown.js";

export function* policy({ policy: given }) {
  const { extends: base = "default", rules = [], query = [] } = Object(given);
  if (!Array.isArray(rules)) return;
  const mistake = (rule, at) => contradiction(rule) ?? hidden(rule, rules.slice(0, at).filter(isRule));
  const wrong = rules.map((rule, at) => (isRule(rule) ? mistake(rule, at) : undefined));
  if (base === "nothing" && wrong.every(Boolean)) {
    yield {
      setting: "policy",
      given: shown(given),
      wrong: "which allows nothing: nothing will ever be recorded.",
      mend: "give `rules`, or leave `extends` out for the default rules.",
    };
  }
  for (const [at, why] of wrong.entries()) {
    if (why) {
      yield {
        setting: `policy.rules[${at}]`,
        given: `rule ${shown(rules[at].rule)}`,
        wrong: `which can never match: ${why.what}`,
        mend: why.mend,
      };
    }
  }
  const part = [query].flat().find((name) => /^[?&]|=/.test(name));
  if (part) {
    yield {
      setting: "policy.query",
      given: shown(query),
      wrong: "but is compared with the names of parameters alone.",
      mend: `write ${shown(part.replace(/[?&]|=.*/g, ""))}.`,
    };
  }
}

// What its conditions ask for together is the case of no record.
function contradiction({ kind, action, channel, url, form }) {
  if (kind && action && !kind.some((one) => !ACTIONS[one] || action.includes(ACTIONS[one]))) {
    const own = kind.map((one) => `a ${one} has action ${ACTIONS[one]}`).join(", ");
    return { what: `${own}.`, mend: "leave `action` out." };
  }
  const isOfForms = !kind || kind.includes("formSubmission") || kind.includes("record");
  if (form && !form.some((pattern) => /^\*+$/.test(pattern)) && !isOfForms) {
    return { what: `no ${kind.join(" or ")} has a form.`, mend: 'add "formSubmission" to `kind`.' };
  }
  if (url?.every((pattern) => /[?]|#(?!!?\/)|^\/\//.test(pattern))) {
    return { what: "`url` is compared with paths, which have neither a query nor an origin.", mend: "write the path alone." };
  }
  if (url?.every((pattern) => /[^\0-\x7f]/.test(pattern))) {
    return {
      what: "`url` is compared with paths as browsers write them, with every other letter than ASCII's percent-encoded.",
      mend: `write ${url.map((one) => `\`${encodeURI(one)}\``).join(", ")}.`,
    };
  }
  const isOnly = (list, word) => list?.every((one) => one === word);
  const isVisit = isOnly(kind, "record") && isOnly(action, "visit") && isOnly(channel, "location");
  if (isVisit) return { what: "a visit at a location is a Visit of Omneo's, and no interaction.", mend: "leave the rule out." };
}

// The first rule that allows a record decides. One that names forms tells besides that these are none of the site's searches.
function hidden(rule, earlier) {
  if (rule.form) return;
  const narrow = whole(rule);
  const other = earlier.find((one) => LISTS.every((list) => covers(whole(one)[list], narrow[list])));
  if (!other) return;
  return {
    what: `rule "${other.rule}" comes before it and takes all that it would allow.`,
    mend: `put it before "${other.rule}", or leave it out.`,
  };
}
