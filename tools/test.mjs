// `npm test`: set-up, build, every suite, a table, what failed once more, and as the very last line `N passed, N failed`. The suites
// run in turn; then, two at a time, those that wait most of the time, for a browser or for a server.
//
// `npm test -- --only e2e` runs the suites whose name begins so; several are separated by commas.

import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { Failure, main, sentence } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { suites } from "./test/suites.mjs";

main(async (args) => {
  const results = [];
  try {
    const selected = select(args);
    const tools = await setUp({ tests: true });
    await build(tools);
    await inTurn(selected.filter(({ beside }) => !beside), tools, results);
    const queue = selected.filter(({ beside }) => beside);
    await Promise.all([queue, queue].map((both) => inTurn(both, tools, results)));
    for (const result of results.filter(({ again }) => again)) await alone(result);
    table(results);
    failures(results);
  } catch (error) {
    // Without set-up and build there is nothing to run; that is a failure too, and it is counted.
    console.error(sentence(error));
    results.push({ passed: 0, failed: 1 });
  }
  const [passed, failed] = ["passed", "failed"].map((key) => results.reduce((so, result) => so + result[key], 0));
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

function select(args) {
  const only = given(args)?.split(",");
  const stray = only?.find((start) => !suites.some(({ name }) => name.startsWith(start)));
  if (stray === undefined) return suites.filter(({ name, asked }) => (only ? only.some((start) => name.startsWith(start)) : !asked));
  throw new Failure(`No suite begins with "${stray}"; there are ${suites.map(({ name }) => name).join(", ")}.`);
}

function given(args) {
  try {
    return parseArgs({ args, options: { only: { type: "string" } } }).values.only;
  } catch ({ message }) {
    throw new Failure(`${message} (accepted: --only SUITE,…)`);
  }
}

// Takes each from the queue as its turn comes; what somebody else took meanwhile is theirs.
async function inTurn(queue, tools, results) {
  for (let suite; (suite = queue.shift()); ) results.push(await conduct(suite, tools));
}

async function conduct({ name, title, beside, run }, tools) {
  console.log(`\n── ${title} (${name}) ──`);
  const start = performance.now();
  const counts = await run({ ...tools, label: beside && name }).catch((error) => ({ passed: 0, failed: 1, why: sentence(error) }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (counts.why) console.error(`✗ ${name}:`, counts.why);
  return { name, seconds, ...counts };
}

async function alone(result) {
  console.log(`\n── What failed in ${result.name}, once more and alone ──`);
  const { passed, failed } = await result.again();
  if (failed > 0 || passed === 0) return;
  result.passed += result.failed;
  Object.assign(result, { failed, hasPassedAlone: true });
}

function table(results) {
  const row = (name, ...cells) => console.log(name.padEnd(18) + cells.map((cell) => `${cell}`.padStart(9)).join(""));
  console.log();
  row("suite", "passed", "failed", "seconds");
  for (const { name, passed, failed, seconds } of results) row(name, passed, failed, seconds);
  for (const { name, skipped } of results) if (skipped) console.log(`${name} was skipped. ${skipped}`);
  console.log();
}

// With two suites at a time, and thousands of lines, nobody finds it where it was printed.
function failures(results) {
  for (const { name, failures: said, hasPassedAlone } of results) {
    if (said) console.log(`── What failed in ${name}${hasPassedAlone ? ", and passed alone" : ""} ──\n${said}\n`);
  }
}
