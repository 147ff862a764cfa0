// The entries of frameworks in development, where components come and go: in StrictMode, as a file is edited, and as they are mounted
// again. The page has one tracker through it all, so that each thing that happened is one record.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { Visitor } from "../e2e/browser.mjs";
import { launch } from "../e2e/launch.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { VITE_SERVES } from "./apps.mjs";
import { home, settle } from "./home.mjs";
import { made } from "./made.mjs";

// `edited` is the file that is edited; `warnings` what the console is told until the end.
const APPS = {
  react: { edited: "Shop.tsx", again: true, warnings: ["omneo-interactions: `namespace` has changed; the first value holds."] },
  vue: { edited: "Shop.vue", warnings: [] },
  svelte: { edited: "Shop.svelte", again: true, warnings: [] },
};

before(() => settle(["hot"]));

for (const [name, browser] of [["react", "chromium"], ["react", "firefox"], ["vue", "chromium"], ["svelte", "chromium"]]) {
  const { edited, again, warnings } = APPS[name];

  test(`${name}, in ${browser}: what is mounted anew, edited and changed has one tracker`, async (t) => {
    const { visitor, names, arrived } = await open(t, browser, name);
    await arrived("Viewed product: Linen wrap dress");
    await visitor.run("window.isSamePage = true");

    edit(t, join(home, "hot", name, edited));
    const shown = () => visitor.run("return document.querySelector('h1').textContent");
    await visitor.until(async () => (await shown()) === "Shop of tomorrow", "the edited page");
    if (again) await visitor.click("Mount again");
    await visitor.click("Subscribe");
    await arrived("Submitted form: newsletter");
    assert.deepEqual(await names(), ["Logged in", "Submitted form: newsletter", "Viewed page: Shop", "Viewed product: Linen wrap dress"]);

    for (const _ of [2, 3]) await visitor.click("Next customer");
    await visitor.click("Sign in");
    await visitor.until(async () => (await visitor.run("return asked")).at(-1) === 3, "a token for the last customer");

    await visitor.click("Decline");
    await visitor.until(() => visitor.run("return tracker.explain(given[0]).then(({ rule }) => rule === 'consent-denied')", ANY), "the refusal to count");
    assert.ok(await visitor.run("return isSamePage"), "the page was not loaded again");
    assert.deepEqual(await visitor.run("return said"), warnings);
  });
}

const ANY = { action: "view", channel: "website", signal: 0, name: "Any", namespace: "any" };

async function open(t, browser, name) {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const address = await made(t, { folder: join("hot", name), serves: VITE_SERVES });
  const driver = await launch(browser);
  t.after(() => driver.quit());
  const visitor = new Visitor(driver);
  await visitor.open(`${address}?${new URLSearchParams({ endpoint: sandbox.origin, token: body.data.token })}`);
  const names = async () => (await sandbox.interactions()).map((record) => record.name).sort();
  const arrived = async (wanted) => {
    await visitor.until(async () => (await names()).includes(wanted), wanted);
    // Whatever else waits is there too.
    await visitor.run("await tracker.flush()");
  };
  return { visitor, names, arrived };
}

function edit(t, path) {
  const before = readFileSync(path, "utf8");
  t.after(() => writeFileSync(path, before));
  writeFileSync(path, before.replace("Shop of today", "Shop of tomorrow"));
}
