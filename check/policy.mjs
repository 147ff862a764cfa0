// A policy that the tracker takes, and that does not say what its author meant.

const LISTS = ["kind", "action", "channel", "namespace", "url", "form"];

/** The action that each kind of record has, where it has one of its own. */
const ACTIONS = { login: "visit", pageView: "view", productView: "view", formSubmission: "disclose" };

export function policy({ given }) {
  const { extends: base = "default", rules = [] } = Object(given?.policy);
  if (!Array.isArray(rules)) return [];
  const own = rules.filter((rule) => typeof rule?.rule === "string");
  const wrong = own.flatMap((rule, at) => {
    const why = contradiction(rule) ?? hidden(rule, own.slice(0, at));
    return why ? [{ what: `Rule "${rule.rule}" of the policy can never match: ${why.what}`, mend: why.mend }] : [];
  });
  if (base === "nothing" && wrong.length === rules.length) {
    wrong.unshift({ what: "The policy allows nothing: nothing will ever be recorded.", mend: 'give `rules`, or leave `extends` out for the default rules.' });
  }
  return wrong;
}

// What its conditions ask for together is the case of no record.
function contradiction({ kind, action, channel, url, form, fields }) {
  if (kind && action && !kind.some((one) => !ACTIONS[one] || action.includes(ACTIONS[one]))) {
    const own = kind.map((one) => `a ${one} has action ${ACTIONS[one]}`).join(", ");
    return { what: `${own}.`, mend: "leave `action` out." };
  }
  const isOfForms = !kind || kind.includes("formSubmission") || kind.includes("record");
  if ((form || fields) && !isOfForms) return { what: `no ${kind.join(" or ")} has a form.`, mend: 'add "formSubmission" to `kind`.' };
  if (url?.every((pattern) => /[?]|#(?!!?\/)|^\/\//.test(pattern))) {
    return { what: "`url` is compared with paths, which have neither a query nor an origin.", mend: "write the path alone." };
  }
  const isVisit = kind?.every((one) => one === "record") && action?.every((one) => one === "visit") && channel?.every((one) => one === "location");
  if (isVisit) return { what: "a visit at a location is a Visit of Omneo's, and no interaction.", mend: "leave the rule out." };
}

// The first rule that allows a record decides what is kept of it.
function hidden(rule, earlier) {
  const other = earlier.find((one) => !one.purpose && LISTS.every((list) => covers(one[list], rule[list])));
  if (!other) return;
  return { what: `rule "${other.rule}" comes before it and allows all that it allows.`, mend: `put it before "${other.rule}", or leave it out.` };
}

const covers = (wide, narrow) => !wide || wide.includes("*") || Boolean(narrow?.every((one) => wide.includes(one)));
