// A rule of a policy, as the tracker compares it with records.

/** What a rule can ask of a record. */
export const LISTS = ["kind", "action", "channel", "namespace", "url", "form"];

/** The action that each kind of record has, where it has one of its own. */
export const ACTIONS = { login: "visit", pageView: "view", productView: "view", formSubmission: "disclose" };

/** All kinds, in the order in which the tracker has them. */
export const KINDS = [...Object.keys(ACTIONS), "record"];

/** Whether it is one that the tracker takes, as to its conditions; the tracker says of the others what is wrong with them. */
export const isRule = (rule) => typeof rule?.rule === "string" && LISTS.every((list) => rule[list] === undefined || isWords(rule[list]));

const isWords = (list) => Array.isArray(list) && list.every((one) => typeof one === "string");

/** The rule, where a list that names all there is is none, and what kinds mean for actions is said. */
export function whole(rule) {
  const kind = rule.kind && KINDS.every((one) => rule.kind.includes(one)) ? undefined : rule.kind;
  const own = kind?.map((one) => ACTIONS[one]);
  return { ...rule, kind, action: rule.action ?? (own?.every(Boolean) ? own : undefined) };
}

/** Whether a list of patterns takes all that another takes. */
export const covers = (wide, narrow) => !wide || Boolean(narrow?.every((text) => wide.some((pattern) => matches(pattern, text))));

// A pattern covers another where it matches the other's own text.
const matches = (pattern, text) => new RegExp(`^${pattern.split("*").map(literally).join(".*")}$`, "s").test(text);

const literally = (text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
