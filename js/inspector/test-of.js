// A record as a test of the site's, by `omneo-interactions/testing`: see docs/testing.md.

import { quoted, written } from "./text.js";

/**
 * A test for Playwright that wants to see what this entry has seen. The page's own address may have a secret in it, so a record without one
 * is looked for on the first page.
 */
export function testOf({ event, kind, rule, source, record }) {
  const { url = location.origin } = record;
  const like = { kind, ...(event === "refused" && { rule }), record: lasting(record, kind, source) };
  return `import { test } from "@playwright/test";
import { watch } from "omneo-interactions/testing";

test(${quoted(`${event}: ${record.name}`)}, async ({ page }) => {
  const omneo = await watch(page);
  await page.goto(${quoted(url)});
  // ${source === "capture" && kind.endsWith("View") ? "If nobody is signed in by now: sign in here, and agree." : "Here: what the visitor did, who has agreed and is signed in."}
  await omneo.${event}(${written(like, "  ")});
});
`;
}

// What is another the next time is left out.
function lasting({ interacted_at: _at, duration, meta: given, ...record }, kind, source) {
  const { event_id: _id, ...meta } = given ?? {};
  const isMeasured = kind === "pageView" && source === "capture";
  return { ...record, ...(duration !== undefined && !isMeasured && { duration }), ...(Object.keys(meta).length > 0 && { meta }) };
}
