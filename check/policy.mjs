// A policy that the tracker takes, and that does not say what its author meant.

const LISTS = ["kind", "action", "channel", "namespace", "url", "form"];

/** The action that each kind of record has, where it has one of its own. */
export const ACTIONS = { login: "visit", pageView: "view", productView: "view", formSubmission: "disclose" };

/** All kinds, in the order in which the tracker has them. */
export const KINDS = [...Object.keys(ACTIONS), "record"];

export function policy({ given }) {
  const { extends: base = "default", rules = [] } = Object(given?.policy);
  if (!Array.isArray(rules)) return [];
  const own = rules.filter(isRule);
  const wrong = own.flatMap((rule, at) => {
    const why = contradiction(rule) ?? hidden(rule, own.slice(0, at));
    return why ? [{ what: `Rule "${rule.rule}" of the policy can never match: ${why.what}`, mend: why.mend }] : [];
  });
  if (base === "nothing" && wrong.length === rules.length) {
    wrong.unshift({ what: "The policy allows nothing: nothing will ever be recorded.", mend: "give `rules`, or leave `extends` out for the default rules." });
  }
  return wrong;
}

// The tracker says of the others what is wrong with them.
const isRule = (rule) => typeof rule?.rule === "string" && LISTS.every((list) => rule[list] === undefined || (Array.isArray(rule[list]) && rule[list].every((one) => typeof one === "string")));

// What its conditions ask for together is the case of no record.
function contradiction({ kind, action, channel, url, form }) {
  if (kind && action && !kind.some((one) => !ACTIONS[one] || action.includes(ACTIONS[one]))) {
    const own = kind.map((one) => `a ${one} has action ${ACTIONS[one]}`).join(", ");
    return { what: `${own}.`, mend: "leave `action` out." };
  }
  const isOfForms = !kind || kind.includes("formSubmission") || kind.includes("record");
  if (form && !form.some((pattern) => /^\*+$/.test(pattern)) && !isOfForms) return { what: `no ${kind.join(" or ")} has a form.`, mend: 'add "formSubmission" to `kind`.' };
  if (url?.every((pattern) => /[?]|#(?!!?\/)|^\/\//.test(pattern))) {
    return { what: "`url` is compared with paths, which have neither a query nor an origin.", mend: "write the path alone." };
  }
  if (url?.every((pattern) => /[^\0-\x7f]/.test(pattern))) {
    return { what: "`url` is compared with paths as browsers write them, with every other letter than ASCII's percent-encoded.", mend: `write ${url.map((one) => `\`${encodeURI(one)}\``).join(", ")}.` };
  }
  const isVisit = kind?.every((one) => one === "record") && action?.every((one) => one === "visit") && channel?.every((one) => one === "location");
  if (isVisit) return { what: "a visit at a location is a Visit of Omneo's, and no interaction.", mend: "leave the rule out." };
}

// The first rule that allows a record decides. One that names forms tells besides that these are none of the site's searches.
function hidden(rule, earlier) {
  if (rule.form) return;
  const narrow = whole(rule);
  const other = earlier.find((one) => LISTS.every((list) => covers(whole(one)[list], narrow[list])));
  if (!other) return;
  return { what: `rule "${other.rule}" comes before it and takes all that it would allow.`, mend: `put it before "${other.rule}", or leave it out.` };
}

// A list that names all there is is none, and what kinds mean for actions is said.
function whole(rule) {
  const kind = rule.kind && KINDS.every((one) => rule.kind.includes(one)) ? undefined : rule.kind;
  const own = kind?.map((one) => ACTIONS[one]);
  return { ...rule, kind, action: rule.action ?? (own?.every(Boolean) ? own : undefined) };
}

const covers = (wide, narrow) => !wide || Boolean(narrow?.every((text) => wide.some((pattern) => matches(pattern, text))));

// A pattern covers another where it matches the other's own text.
const matches = (pattern, text) => new RegExp(`^${pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`, "s").test(text);
