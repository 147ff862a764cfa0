// `npm run bench:relay`: how much the relay takes in, what it needs for it, how it forwards, and what others do with the same records.
// Writes bench/RELAY.md.
//
//   --only sqlite,postgres,waiting,forwarding,kill,rabbitmq,jetstream,pgbench   --quick   --report
//
// A part that is not run keeps what was measured of it before, on this machine; `--report` runs none and only writes. `--quick` is to
// see that all of ours runs: within twenty seconds, without the others, and writes nothing.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Failure, done, root } from "../../tools/process.mjs";
import { Missing } from "./debian.mjs";
import { jetstream, rabbitmq } from "./parts/brokers.mjs";
import { forwarding } from "./parts/forwarding.mjs";
import { sqlite } from "./parts/intake.mjs";
import { kill } from "./parts/kill.mjs";
import { pgbench } from "./parts/pgbench.mjs";
import { postgres } from "./parts/postgres.mjs";
import { waiting } from "./parts/waiting.mjs";
import { FOLDER } from "./relay.mjs";
import { print, write } from "./report.mjs";

const PARTS = { sqlite, postgres, waiting, forwarding, kill, rabbitmq, jetstream, pgbench };
const OURS = ["sqlite", "waiting", "forwarding", "kill"];

const WHOLE = { seconds: 20, customers: 4_000, waiting: 1_000_000, settleMs: 5_000, forwarding: 40, slowMs: 5_000, flushed: 100_000, kills: 5, killedAfterMs: 3_000 };
const QUICK = { seconds: 1, customers: 4_000, share: 0.05, waiting: 2_000, settleMs: 100, forwarding: 3, slowMs: 1_000, flushed: 1_000, kills: 1, killedAfterMs: 500 };

const QUIET = 0.3;
const LONGEST_MS = 4 * 60_000;

const KEPT = join(root, "target", "bench-relay.json");

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { only: { type: "string" }, quick: { type: "boolean", default: false }, report: { type: "boolean", default: false } },
  });
  const all = await measure(values);
  print(all);
  if (!values.quick) write(all);
  return 0;
}

/** `{part: {when, commit, load, figures}}`, of those that were measured now, and unless it was quick, before. */
export async function measure({ only, quick = false, report = false }) {
  const all = !quick && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : {};
  mkdirSync(FOLDER, { recursive: true });
  for (const name of report ? [] : wanted(only, quick)) {
    const { title, measure: part } = PARTS[name];
    console.log(`… ${title}`);
    const load = quick ? loadavg()[0] : await quiet();
    const figures = await part(quick ? QUICK : WHOLE).catch((error) => {
      if (error instanceof Missing) return { skipped: error.message };
      throw error;
    });
    all[name] = { when: new Date().toISOString(), commit: commit(), load, figures };
    done(figures.skipped ? `${title}: left out, as ${figures.skipped}` : title);
    if (!quick) keep(all);
  }
  rmSync(FOLDER, { recursive: true, force: true });
  return all;
}

// What else the machine has to do, once the part before is out of that average of a minute, or will never be.
async function quiet() {
  for (const until = Date.now() + LONGEST_MS; loadavg()[0] > QUIET && Date.now() < until; ) await sleep(1_000);
  return loadavg()[0];
}

function wanted(only, quick) {
  const names = only?.split(",") ?? (quick ? OURS : Object.keys(PARTS));
  const unknown = names.filter((name) => !PARTS[name]);
  if (unknown.length > 0) throw new Failure(`--only names ${unknown.join(", ")}; accepted: ${Object.keys(PARTS).join(", ")}.`);
  return names;
}

// After each part: a run that is broken off in the next has not been for nothing.
function keep(all) {
  mkdirSync(dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify(all));
}

function commit() {
  return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
}
