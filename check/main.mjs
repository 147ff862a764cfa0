#!/usr/bin/env node
// `omneo-interactions check <address or file>`: tells a developer what is wrong with a page's tag before anybody visits the page.

import { findings } from "./findings.mjs";
import { shown } from "./shown.mjs";
import { siteOf } from "./site.mjs";

const USAGE = "omneo-interactions check <the address of a page, or an HTML file; its folder is taken for the site's root>";

const [command, where, ...more] = process.argv.slice(2);
process.exitCode = await main();

/** 0 where there is nothing to mend, 1 where there is, 2 where the tag could not be looked at. */
async function main() {
  const site = command === "check" && where && more.length === 0 && siteOf(where);
  if (!site) return failed(USAGE);
  const page = await site.page().catch((error) => failed(`${where} cannot be read: ${error.cause?.message || error.message}`));
  if (typeof page === "number") return page;
  const { hasTag, wrong, unseen } = await findings(site, page);
  for (const { what, mend } of wrong) console.log(shown(`✗ ${what}\n  Mend: ${mend}`));
  for (const what of unseen) console.log(shown(`– not looked at: ${what}`));
  if (wrong.length > 0) console.log(`${wrong.length} to mend.`);
  else if (!hasTag) return failed(`${where} has no script tag of omneo-interactions. What is given to \`createTracker\` is checked as it runs, with \`load: "now"\`.`);
  else console.log(shown(`✓ Nothing to mend on ${where}.`));
  return wrong.length > 0 ? 1 : 0;
}

function failed(why) {
  console.error(shown(why));
  return 2;
}
