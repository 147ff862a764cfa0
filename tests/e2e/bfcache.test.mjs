// A page with the tracker stays fit for the back/forward cache, by the browser's own report, and goes on as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

// Without advice for whoever builds the site: no visitor downloads it, and Firefox keeps no page that is left while a file comes.
const TRACKER = `
  addEventListener("pageshow", ({ persisted }) => (window.persisted = persisted));
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.tracker = await createTracker({
    endpoint: "/", consent: given[1], token: () => given[0], inspect: false,
    capture: { pageViews: false, logins: false }, batch: { seconds: 300 },
  });
`;

// Why the browser did not restore the page, in its words; null where it did. Firefox and WebKit have no such report.
const REASONS = `
  const [{ notRestoredReasons }] = performance.getEntriesByType("navigation");
  return [window.persisted ?? false, (notRestoredReasons?.reasons ?? []).map(({ reason }) => reason)];
`;

for (const consent of ["granted", "unknown"]) {
  test(`${name}: with consent ${consent}, a page that is left is restored and goes on`, async (t) => {
    // The turn in which a session begins is a lock, and Firefox keeps no page that has one: a tenth of a second, once a session.
    const isSettled = `localStorage["omneo:session"] && !(await navigator.locks.query()).held.length`;
    const settle = consent === "granted" ? `while (!(${isSettled})) await new Promise((later) => setTimeout(later));` : "";
    const act = `${TRACKER} tracker.productView({ name: "A" }); ${settle}`;
    const { sandbox, visitor, report } = await leaveAndReturn(t, act, consent);
    assert.deepEqual(report, [true, []]);
    await visitor.run(`tracker.consent("granted"); tracker.productView({ name: "B" }); await tracker.flush();`);
    await visitor.until(async () => (await sandbox.interactions()).length === 2, "both to be delivered");
    assert.deepEqual((await sandbox.interactions()).map(({ name }) => name).sort(), ["Viewed product: A", "Viewed product: B"]);
  });
}

test(`${name}: a page that is restored is viewed again`, async (t) => {
  const { sandbox, visitor } = await leaveAndReturn(t, `
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    window.views = [];
    const tracker = await createTracker({ endpoint: "/", inspect: false, token: () => null });
    tracker.on("recorded", ({ record }) => views.push(record.url));
    await tracker.flush();
  `);
  await visitor.until(() => visitor.run("return views.length > 1"), "a second view");
  assert.deepEqual(await visitor.run("return views"), [sandbox.url("/"), sandbox.url("/")]);
});

// Back on a page that ran that script, with a token of Ada's and what else it was given, and was left; and what the browser says of
// the way. It may throw a page out for reasons of its own, such as memory, which it calls "masked" (HTML standard, "not restored
// reasons"): those say nothing of the page, so the visitor begins again.
async function leaveAndReturn(t, script, given, tries = 5) {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.open(sandbox.url("/"));
  await visitor.run(script, body.data.token, given);
  await visitor.open(sandbox.url("/?elsewhere"));
  await visitor.driver.navigate().back();
  await visitor.until(async () => (await visitor.run("return location.search")) === "");
  const report = await visitor.run(REASONS);
  const [, reasons] = report;
  const isTheBrowsersOwn = reasons.length > 0 && reasons.every((reason) => reason === "masked");
  return isTheBrowsersOwn && tries > 1 ? leaveAndReturn(t, script, given, tries - 1) : { sandbox, visitor, report };
}

// WebKit keeps such a page all the same.
const KEEPS = name === "webkit" && "WebKit keeps pages that listen to `unload`";

test(`${name}: the report does tell: an unload listener keeps a page out of the cache`, { skip: KEEPS }, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.run(`window.marked = true; addEventListener("unload", () => {});`);
  await visitor.open(sandbox.url("/?elsewhere"));
  await visitor.driver.navigate().back();
  await visitor.until(async () => (await visitor.run("return location.search")) === "");
  const marked = await visitor.run("return window.marked ?? false");
  const [, reasons] = await visitor.run(REASONS);
  assert.equal(marked, false);
  if (name === "chromium") assert.notDeepEqual(reasons, []);
});
