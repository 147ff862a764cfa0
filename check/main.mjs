#!/usr/bin/env node
// The package's command: which of its parts is meant, and how it ends.

import { check } from "./check.mjs";
import { Failure } from "./failure.mjs";
import { report } from "./report/command.mjs";
import { reports } from "./reports/command.mjs";
import { shown } from "./shown.mjs";

const USAGE =
  "omneo-interactions check <the address of a page, or an HTML file; its folder is taken for the site's root>, " +
  "or omneo-interactions policy report [policy.json; the default policy without] [--format markdown|html] [--output FILE], " +
  "or omneo-interactions reports --tenant NAME [--since YYYY-MM-DD] [--port PORT]";

process.exitCode = await main(process.argv.slice(2));

/** 0 where there is nothing to mend, 1 where there is, 2 where it could not be looked at. */
async function main([command, what, ...more]) {
  try {
    if (command === "check" && what && more.length === 0) return await check(what);
    if (command === "policy" && what === "report") return await report(more);
    if (command === "reports") return await reports([what, ...more].filter((arg) => arg !== undefined));
    throw new Failure(USAGE);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(shown(error.message));
    return error.code;
  }
}
