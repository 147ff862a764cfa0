// A rule in words: what it allows, and what is kept of that.

import { code, oneOf, quoted, say } from "./blocks.mjs";

const ALLOWS = {
  login: "logins",
  pageView: "views of pages",
  productView: "views of products",
  formSubmission: "submissions of forms",
  record: "what the site records itself",
};

/** One record of a kind. */
export const A = { login: "a login", pageView: "a view of a page", productView: "a view of a product", formSubmission: "a submission of a form", record: "a record that the site makes itself" };

const CONDITIONS = {
  channel: "the channel is",
  action: "the action is",
  namespace: "the namespace is",
  url: "the path is",
  form: "the form is",
};

/** What a rule allows, as one sentence. */
export function allows(rule) {
  const what = rule.kind ? oneOf(rule.kind.map((kind) => ALLOWS[kind])) : ["records of any kind"];
  const conditions = Object.entries(CONDITIONS).filter(([name]) => rule[name]);
  const asked = conditions.map(([name, words]) => [`${words} `, ...oneOf(rule[name].map(code))]);
  const all = asked.flatMap((words, at) => [at === 0 ? ", if " : " and ", ...words]);
  const hasPattern = [...(rule.url ?? []), ...(rule.form ?? [])].some((one) => one.includes("*"));
  return say`Allows ${[...what, ...all]}.${hasPattern ? say` ${code("*")} stands for anything.` : ""}`;
}

/** For what the visitor must have agreed. */
export const purpose = (rule) => (rule.purpose ? say`Only of who has agreed to the purpose ${code(rule.purpose)}.` : say`Of everybody who has agreed, to whatever purpose.`);

/** What is kept of the record's `meta`. */
export function meta({ meta: keys }) {
  if (!keys) return say`All that the site hands in beside these, as ${code("meta")}.`;
  if (keys.length === 0) return say`Of what the site hands in beside these, as ${code("meta")}: nothing.`;
  return say`Of what the site hands in beside these, as ${code("meta")}: only ${listed(keys.map(code))}.`;
}

/** What is kept of what is typed, a sentence for each field. */
export function typed({ fields = [] }) {
  if (fields.length === 0) return [say`Of what is typed into forms: nothing.`];
  return fields.map((field) => {
    const { name, personal, is, because } = typeof field === "string" ? { name: field } : field;
    if (is) return say`What is typed into the field ${code(name)}, which is said not to be personal: ${quoted(because)}`;
    return say`What is typed into the field ${code(name)}${personal ? ", which is personal" : ""}.`;
  });
}

/** These, as a sentence names all of them: "a, b and c". */
export const listed = (parts) => parts.flatMap((part, at) => [at === 0 ? "" : at === parts.length - 1 ? " and " : ", ", part]).filter((part) => part !== "");
