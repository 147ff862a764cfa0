// `omneo-interactions check <address or file>`: tells a developer what is wrong with a page's tag before anybody visits the page.

import { Failure } from "./failure.mjs";
import { findings } from "./findings.mjs";
import { shown } from "./shown.mjs";
import { siteOf } from "./site.mjs";

/** Answers 0 where there is nothing to mend, and 1 where there is. */
export async function check(where) {
  const site = siteOf(where);
  if (!site) throw new Failure(`${where} is no address.`);
  const page = await site.page().catch((error) => {
    throw new Failure(`${where} cannot be read: ${error.cause?.message || error.message}`);
  });
  const { hasTag, wrong, unseen } = await findings(site, page);
  for (const { what, mend } of wrong) console.log(shown(`✗ ${what}\n  Mend: ${mend}`));
  for (const what of unseen) console.log(shown(`– not looked at: ${what}`));
  if (wrong.length > 0) console.log(`${wrong.length} to mend.`);
  else if (!hasTag) throw new Failure(`${where} has no script tag of omneo-interactions. What is given to \`createTracker\` is checked as it runs, with \`load: "now"\`.`);
  else console.log(shown(`✓ Nothing to mend on ${where}.`));
  return wrong.length > 0 ? 1 : 0;
}
