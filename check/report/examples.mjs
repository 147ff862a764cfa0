// Of a rule, the records that pass and those that do not, with what the tracker says of each.

import { code, quoted, say, strong } from "./blocks.mjs";
import { kindsOf, meeting, missing } from "./samples.mjs";
import { A } from "./words.mjs";

/** As many records pass by a rule as are shown. */
const MOST = 2;

/** Records that pass by that rule, each `{ kind, record, told }`: of each kind the first that does. */
export const passingBy = (rules, rule) => kindsOf(rule).flatMap((kind) => passingOf(rules, rule, kind) ?? []).slice(0, MOST);

/** Blocks with these, and with records that do not pass. */
export function examples(rules, rule, passing) {
  if (passing.length === 0) return [{ text: say`${strong("No example.")} ${unmatched(rules, rule)}` }];
  const [{ kind, record }] = passing;
  const others = [...missing(rule, kind, record)].map((one) => ({ ...one, told: rules.verdict(one.kind, one.record, one.consent ?? consentFor(rule)) }));
  const notPassing = others.filter(({ told }) => told && !(told.allowed && told.by === rule));
  return [...passing.flatMap(passed), { text: say`${strong("Does not pass by this rule:")} ${A[kind]} as above, but for one thing.` }, notPassed(notPassing)];
}

function passingOf(rules, rule, kind) {
  for (const record of meeting(rule, kind, rules.query)) {
    const told = rules.verdict(kind, record, consentFor(rule));
    if (told?.allowed && told.by === rule) return { kind, record, told };
  }
}

const consentFor = ({ purpose }) => (purpose ? [purpose] : "granted");

// Of the first record that should meet it, what became of it instead.
function unmatched(rules, rule) {
  const [kind] = kindsOf(rule);
  const told = rules.verdict(kind, meeting(rule, kind, rules.query).next().value, consentFor(rule));
  if (!told) return say`No record can meet its conditions.`;
  return say`Of the records that were tried, none passes by this rule. As to ${A[kind]} that meets its conditions: ${outcome(told)}. ${says(told)}`;
}

function passed({ kind, record, told }) {
  const { action, channel, namespace } = record;
  const where = say`${A[kind]}, with action ${code(action)}, channel ${code(channel)} and namespace ${code(namespace)}`;
  return [
    { text: say`${strong("Passes:")} ${where}. ${says(told)}` },
    { head: [say`Field`, say`Handed in`, say`Kept`], rows: parts(record).map(([name, value]) => [[code(name)], [code(value)], kept(name, value, told)]) },
  ];
}

/** What the words above a table say already. */
const SAID = ["action", "channel", "signal", "namespace", "meta"];

function parts(record) {
  const others = Object.entries(record).filter(([name]) => !SAID.includes(name));
  return [...others, ...Object.entries(record.meta ?? {}).map(([key, value]) => [`meta.${key}`, value])];
}

function kept(name, value, { record, dropped = [] }) {
  const left = dropped.find(({ field }) => field === name);
  if (left) return say`${strong("left out")}: ${left.reason}`;
  const found = parts(record).find(([other]) => other === name);
  if (!found) return say`${strong("struck out")}`;
  return found[1] === value ? say`as it is` : [code(found[1])];
}

const notPassed = (others) => ({
  head: [say`Changed`, say`What becomes of it`, say`The tracker says`],
  rows: others.map(({ what, to, told }) => [change(what, to), outcome(told), [quoted(told.reason)]]),
});

function change(what, to) {
  if (what === "kind") return say`it is ${A[to]}`;
  if (what === "purpose") return say`the visitor agreed to other purposes than ${code(to)}`;
  return say`${what === "url" ? "path" : what} ${code(to)}`;
}

const outcome = ({ allowed, rule }) => (allowed ? say`kept, by rule ${code(rule)}` : say`${strong("not kept")} (${code(rule)})`);

const says = ({ reason }) => say`The tracker says: ${quoted(reason)}`;
