// Prints what was measured, and writes it down: bench/RELAY.md.

import { writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { CITED } from "./cited.mjs";
import { ROWS, verdict } from "./rows.mjs";

const TITLES = {
  sqlite: "Intake, SQLite",
  postgres: "Intake, PostgreSQL, a synchronous standby on the same machine",
  waiting: "Memory and start",
  forwarding: "Forwarding",
};
const BESIDE = {
  kill: "omneo-relay, SQLite",
  rabbitmq: "RabbitMQ, quorum queue, publisher confirms",
  jetstream: "NATS JetStream, file storage, acknowledgements",
  pgbench: "PostgreSQL, synchronous standby, by pgbench",
};
const MISSING = "not measured in this run";

/** Prints a line a row. */
export function print(all) {
  for (const [part, title] of Object.entries(TITLES)) {
    console.log(`\n${title}`);
    if (absent(all, part)) console.log(`  ${absent(all, part)}`);
    for (const row of rowsOf(all, part)) console.log(`  ${row.what.padEnd(56)}${row.text}${row.verdict && `; ${row.verdict.replaceAll("*", "")}`}`);
  }
  console.log("\nBeside others");
  for (const cells of beside(all)) console.log(`  ${cells.join(" · ")}`);
}

export function write(all) {
  writeFileSync(fileURLToPath(new URL("../RELAY.md", import.meta.url)), markdown(all));
}

function markdown(all) {
  return `# The relay's bench

\`npm run bench:relay\` wrote this file; nothing in it is written by hand. Times are this machine's, on which the load runs too; where
the load average before a part was more than a few tenths, the machine had other work, and the part's times say little; it waits four
minutes for that to end.

${settings(all)}

## Where it stands

${Object.entries(TITLES).map(([part, title]) => section(all, part, title)).join("\n\n")}

## Beside others

The same records, 64 clients that each hand in twenty and wait until all twenty are confirmed. The relay's clients speak HTTP, and it
checks tokens, fields and policy and knows an id for 30 days; the others keep bytes. Each as Debian packages it, on one node. The brokers'
client is one process of Node.js: where it takes a whole core, it is the limit.

${table(["", "version", "records/s", "memory, MB", "the client's cores", "records a flush to disk", "killed (`kill -9`)", "confirmed before", "lost"], beside(all))}

A killed process loses nothing that the operating system has, and so says nothing of a machine that loses its power: that is what the
flushes are for. Counting them slows each of them down.

## What others say of themselves

Their machines and records are others, so these are orders of magnitude.

${table(["", "what", "figure", "source"], CITED.map(({ name, what, figure, source }) => [name, what, figure, source]))}

## How it is measured

${METHOD}
`;
}

function section(all, part, title) {
  const why = absent(all, part);
  if (why) return `### ${title}\n\n${why[0].toUpperCase()}${why.slice(1)}.`;
  const rows = rowsOf(all, part).map(({ what, limit, wanted, text, verdict: said }) => [what, limit, wanted, text, said]);
  return `### ${title}\n\n${table(["", "limit", "wanted", "measured", ""], rows)}`;
}

function absent(all, part) {
  if (!all[part]) return MISSING;
  const { skipped } = all[part].figures;
  return skipped && `left out: ${skipped}`;
}

function rowsOf(all, part) {
  if (absent(all, part)) return [];
  return ROWS.filter((row) => row.part === part).map((row) => {
    const value = row.of(all[part].figures);
    const bound = (limit) => (limit === undefined ? "" : `${row.isLess ? "≤ " : "≥ "}${number(limit)} ${row.unit}`.trim());
    const limit = row.within === undefined ? bound(row.limit) : `100 % ± ${row.within} %`;
    return { what: row.what, limit, wanted: bound(row.wanted), text: `${number(value)} ${row.unit}`.trim(), verdict: verdict(row, value) };
  });
}

function beside(all) {
  return Object.entries(BESIDE).map(([part, name]) => {
    const why = absent(all, part);
    if (why) return [name, "", why, "", "", "", "", "", ""];
    const { version = "this one", records_a_second, memory, standby, client, flushes, recordsInRun, kills, acknowledged, lost } = all[part].figures;
    // The relay's own rate is the intake's.
    const rate = records_a_second ?? all.sqlite?.figures.most.records_a_second;
    const megabytes = standby === undefined ? number(memory) : `${number(memory)} and ${number(standby)}`;
    return [name, version, rate === undefined ? MISSING : number(rate), megabytes, client === undefined ? "" : number(client), perFlush(flushes, recordsInRun), `${kills} times`, number(acknowledged), number(lost)];
  });
}

function perFlush(flushes, records) {
  if (flushes === undefined) return MISSING;
  return flushes === 0 ? `no flush in ${number(records)}` : number(Math.round(records / flushes));
}

function settings(all) {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}`;
  const parts = Object.entries(all).map(([name, { when, commit, load }]) => [name, when.slice(0, 16).replace("T", " "), commit, load === undefined ? MISSING : number(load)]);
  const missing = [...Object.keys(TITLES), ...Object.keys(BESIDE)].filter((part) => !all[part]);
  const without = missing.length > 0 ? `\n\nNot measured in this run: ${missing.join(", ")}.` : "";
  return `Machine: ${machine}.\n\n${table(["part", "ended (UTC)", "commit", "load average before"], parts)}${without}`;
}

function table(heads, lines) {
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function number(value) {
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const METHOD = `- **The relay** is a release build with the limits that it has where nothing is said, on a file of its own, on a disk. Its Omneo answers
  201 at once. It forwards meanwhile, at its 10 requests a second.
- **The load** (\`relay/examples/load\`) is a program of one thread: 4,000 customers in turn, each with a token of the brand's (HS256),
  page views of some 300 bytes, over connections that stay open. *At the most*: 64 clients, each of which sends when it has its
  answer. *At half* of that, or of what
  is wanted: requests are due at even intervals, and an answer's time counts from when its request was due.
- **Memory** of the relay is what is resident (\`VmRSS\`, \`VmHWM\`). Beside others it is each one's share (\`Pss\`), with its children's.
- **Killed**: all that was confirmed is handed in again to the relay, which says what it knows; of the others all is read.
- **Forwarding** is to the sandbox, where each request of one customer takes 5 s, beside a second brand whose Omneo always does.`;
