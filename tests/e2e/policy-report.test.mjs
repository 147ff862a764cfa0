// The report on a policy as a page: readable on any screen and on paper, and nothing of the policy runs.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { capture, root } from "../../tools/process.mjs";
import { name, openBrowser } from "./browser.mjs";
import { violations } from "./panel.mjs";
import { serve } from "./serve.mjs";

const LONG = "because".repeat(40);
const POLICY = {
  query: ["q"],
  rules: [
    { rule: "a".repeat(200), because: `<script>document.title = "ran"</script><img src=x onerror="document.title = 'ran'"> ${LONG}`, kind: ["pageView"], url: [`/${LONG}/*`] },
    { rule: "club", because: "לקוחות ביקשו \u202eזאת", form: ["club-*"], meta: [LONG], fields: ["size", { name: "birthday", personal: true }] },
  ],
};

for (const scheme of ["light", "dark"]) {
  test(`${name}: the report is accessible in ${scheme}, at desk and phone width, and nothing of a policy runs`, async (t) => {
    const address = `${await serve(t, await folderWithReport(t))}report.html`;
    const visitor = await openBrowser(t, { scheme });
    for (const width of [1280, 390]) {
      await visitor.driver.manage().window().setRect({ width, height: 844 });
      await visitor.open(address);
      assert.deepEqual(await violations(visitor), [], `${width}`);
      const page = await visitor.run("return { wide: document.documentElement.scrollWidth, room: innerWidth }");
      assert.ok(page.wide <= page.room, `scrolls sideways: ${page.wide} > ${page.room}`);
      assert.equal(await visitor.run("return document.title"), "What may be recorded");
      assert.equal(await visitor.run("return document.querySelectorAll('script, img, a, iframe').length"), 0);
      // The style is not refused by the page's own policy.
      assert.notEqual(await visitor.run("return getComputedStyle(document.querySelector('main')).maxWidth"), "none");
    }
  });
}

async function folderWithReport(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-report-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const policy = join(folder, "policy.json");
  writeFileSync(policy, JSON.stringify(POLICY));
  const { code, stderr } = await capture(process.execPath, [join(root, "dist", "check.js"), "policy", "report", policy, "--output", join(folder, "report.html")]);
  assert.equal(code, 0, stderr);
  return folder;
}
