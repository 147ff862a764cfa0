// A page that the browser prerenders: nobody sees it yet, and perhaps nobody ever will.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWebAssembly, name, openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { servePages } from "./serve.mjs";

// Firefox and WebKit prerender nothing; this page hands its tracker a module.
const skip = (name !== "chromium" || !hasWebAssembly) && "only Chromium has speculation rules";

// It has a clock that says whether it is prerendered, and tells the page before how far it came, in storage: prerendered pages may
// not broadcast. Its tracker has all it needs to begin when it asks the server once more.
const page = (endpoint, token) => `<!doctype html><title>Next</title><link rel="icon" href="data:,"><script type="module">
  Date.now = () => (document.prerendering ? ${BEFORE} : ${AFTER});
  window.wasPrerendered = document.prerendering;
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const module = await WebAssembly.compileStreaming(fetch("/omneo/omneo-interactions.wasm"));
  const capture = { logins: false };
  let isUp = false;
  const made = createTracker({ endpoint: "${endpoint}", consent: "granted", token: () => "${token}", capture, module });
  made.then(() => (isUp = true));
  await fetch("/again");
  localStorage.told = isUp ? "up" : "waits";
  window.tracker = await made;
  window.views = [];
  tracker.on("recorded", ({ record }) => views.push([record.url, Date.parse(record.interacted_at)]));
</script>`;

const BEFORE = 1_764_000_000_000;
const AFTER = 1_764_000_060_000;

test(`${name}: a prerendered page records nothing until it is shown, and then one view`, { skip }, async (t) => {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const site = await servePages(t);
  site.page = `<!doctype html><title>First</title><link rel="icon" href="data:,">`;
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/first`);
  site.page = page(sandbox.origin, body.data.token);
  const before = await visitor.run(
    `const rules = document.createElement("script");
     rules.type = "speculationrules";
     rules.textContent = JSON.stringify({ prerender: [{ source: "list", urls: [given[0]], eagerness: "immediate" }] });
     document.head.append(rules);
     while (!localStorage.told) await new Promise((later) => setTimeout(later, 5));
     return Object.entries(localStorage)`,
    `${site.origin}/next`,
  );
  assert.deepEqual(before, [["told", "waits"]], "nothing else is stored");
  assert.equal((await sandbox.requests()).length, 1, "nor is Omneo asked for more than this test's token");

  await visitor.run("location.href = given[0]", `${site.origin}/next`);
  await visitor.arrive("/next");
  await visitor.until(() => visitor.run("return views.length > 0"), "the view");
  const [shown, views] = await visitor.run(
    `await tracker.flush();
     return [wasPrerendered && performance.getEntriesByType("navigation")[0].activationStart > 0, views]`,
  );
  assert.equal(shown, true, "the page that was prerendered, and not another load of it");
  assert.deepEqual(views, [[`${site.origin}/next`, AFTER]]);
  assert.deepEqual((await sandbox.interactions()).map(({ name }) => name), ["Viewed page: Next"]);
});
