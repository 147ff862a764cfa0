#!/usr/bin/env node
// `omneo-interactions check <address or file>`: tells a developer what is wrong with a page's tag before anybody visits the page.

import { findings } from "./findings.mjs";
import { siteOf } from "./site.mjs";

const USAGE = "omneo-interactions check <the address of a page, or an HTML file; its folder is taken for the site's root>";

const [command, where, ...more] = process.argv.slice(2);
process.exitCode = await main();

/** 0 where there is nothing to mend, 1 where there is, 2 where nothing could be looked at. */
async function main() {
  if (command !== "check" || !where || more.length > 0) return failed(USAGE);
  const site = siteOf(where);
  const page = await site.page().catch((error) => failed(`${where} cannot be read: ${error.cause?.message ?? error.message}`));
  if (typeof page === "number") return page;
  const { wrong, unseen } = await findings(site, page);
  for (const { what, mend } of wrong) console.log(`✗ ${what}\n  Mend: ${mend}`);
  for (const what of unseen) console.log(`– not looked at: ${what}`);
  console.log(wrong.length > 0 ? `${wrong.length} to mend.` : `✓ Nothing to mend on ${where}.`);
  return wrong.length > 0 ? 1 : 0;
}

function failed(why) {
  console.error(why);
  return 2;
}
