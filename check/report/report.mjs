// What a privacy officer signs, as blocks.

import { policy as contradictions } from "../../js/advice/policy.js";
import { sentence } from "../../js/advice/sentence.js";
import { code, quoted, say, strong } from "./blocks.mjs";
import { examples, passingBy } from "./examples.mjs";
import { never } from "./never.mjs";
import { opening, table, under } from "./officer.mjs";
import { Rules } from "./rules.mjs";
import { allows, listed, meta, purpose, typed } from "./words.mjs";

/** The report on a policy that the tracker takes. `name` is what it is called, `hash` that of its file, where it has one. */
export function reportOn(policy, { name, hash }) {
  const rules = new Rules(policy);
  return [
    { title: say`What may be recorded`, level: 1 },
    { text: say`${name ? say`The policy ${code(name)}` : "The default policy"} of omneo-interactions ${__VERSION__}.${hash ? say` SHA-256 of the file: ${code(hash)}.` : ""}` },
    ...toMend(policy),
    { title: say`In short`, level: 2 },
    { list: short(rules) },
    { title: say`Each rule`, level: 2 },
    ...rules.all.flatMap((rule, at) => onRule(rules, rule, at)),
    { title: say`What never is kept`, level: 2 },
    ...under("What never is, whatever a rule says"),
    opening("A number that stays"),
    ...never(),
    { title: say`When, and how long`, level: 2 },
    table("When, and on what basis a site may rely"),
    ...under("What the browser keeps"),
    ...under("How long Omneo keeps it"),
    { title: say`Signature`, level: 2 },
    { text: say`I have read this report. What the rules keep may be recorded.` },
    { lines: ["Name", "Date", "Signature"] },
  ];
}

function toMend(policy) {
  const wrong = [...contradictions({ policy })];
  if (wrong.length === 0) return [];
  return [{ title: say`To mend before anybody signs`, level: 2 }, { list: wrong.map((one) => [quoted(`${sentence(one, false)} Mend: ${one.mend}`)]) }];
}

function short({ all, own, defaults, query }) {
  return [
    say`Recorded is only who is ${strong("signed in")} and has ${strong("consented")}, on the customer's own profile in Omneo and nowhere else.`,
    all.length === 0 ? say`${strong("No rule: nothing is ever recorded.")}` : say`${rulesOf(own, defaults)} The first that allows a record decides; what none allows is not kept.`,
    say`Of an address, what stands behind a ${code("?")} is not kept${query.length > 0 ? say`, but for ${listed(query.map(code))}` : ""}.`,
    say`What looks personal is struck out of addresses, titles, names and whatever else the site hands in.`,
  ];
}

function rulesOf({ length: own }, { length: defaults }) {
  if (own === 0) return `The ${defaults} default rules.`;
  return `${own} ${own === 1 ? "rule" : "rules"} of the site's own, ${defaults > 0 ? `and the ${defaults} default rules behind` : "without the default rules"}.`;
}

function onRule(rules, rule, at) {
  const passing = passingBy(rules, rule);
  return [
    { title: say`${at + 1}. ${code(rule.rule)}${rules.own.includes(rule) ? "" : " (default)"}`, level: 3 },
    { text: allows(rule) },
    { text: say`${strong("Because:")} ${reason(rules, rule, passing)}` },
    { text: say`${strong("Kept:")}` },
    { list: [...kept(rule), meta(rule), ...typed(rule), say`With every record: the time, the page's address, and a random number of its own.`] },
    { text: purpose(rule) },
    ...examples(rules, rule, passing),
  ];
}

// Of the default rules, the tracker itself has it.
function reason(rules, rule, [passing]) {
  const because = rules.own.includes(rule) ? rule.because : passing?.told.reason;
  return because ? [quoted(because)] : "the rule gives no reason.";
}

/** The rows of the table in docs/privacy-officer.md that tell what a record of each kind has. */
const ROWS = { pageView: "a page was viewed", productView: "a product was viewed", login: "the customer signed in", formSubmission: "a form was sent" };

function kept({ kind = [], namespace }) {
  const { rows } = table("What is recorded");
  const wanted = kind.flatMap((one) => ROWS[one] ?? []).concat(namespace?.includes("clienteling") ? "a view with a member of staff" : []);
  const told = wanted.map((what) => rows.find(([[first]]) => first === what) ?? missing(what));
  const isAny = kind.length === 0 || kind.includes("record");
  return [...told.map(([[what], has]) => say`${begun(what)}: ${has}.`), ...(isAny ? [say`What the site hands in, in the fields of an interaction.`] : [])];
}

const begun = (words) => words.replace(/^./u, (letter) => letter.toUpperCase());

function missing(what) {
  throw new Error(`docs/privacy-officer.md does not say what is recorded where ${what}`);
}
