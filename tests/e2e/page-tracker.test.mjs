// The one tracker of a page that the entries of frameworks share, as their components call it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { servePages } from "./serve.mjs";

// As a bundler would, the page knows where the package's name leads.
const PAGE = `<!doctype html><title>Page</title><link rel="icon" href="data:,">
  <script type="importmap">{ "imports": { "omneo-interactions": "/omneo/entry.js" } }</script>
  <script>
    window.warned = [];
    console.warn = (...words) => warned.push(words.join(" "));
  </script>
  <script type="module">
    import * as tracker from "/omneo/page-tracker.js";
    Object.assign(window, tracker);
  </script>`;

async function open(t) {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const site = await servePages(t);
  site.page = PAGE;
  const visitor = await openBrowser(t);
  await visitor.open(site.origin);
  await visitor.until(() => visitor.run("return Boolean(window.omneo)"), "the tracker's calls");
  await visitor.run(
    `const [endpoint, token] = given;
     window.settings = { endpoint, token: () => token, consent: "granted", capture: { pageViews: false } };`,
    sandbox.origin,
    body.data.token,
  );
  const names = async () => (await sandbox.interactions()).map((record) => record.name).sort();
  const warned = () => visitor.run("return warned");
  return { visitor, names, warned };
}

test(`${name}: calls that come before the start wait for it, in their order`, async (t) => {
  const { visitor, names, warned } = await open(t);
  await visitor.run(`
    window.heard = [];
    omneo.on("recorded", ({ record }) => heard.push(record.name));
    omneo.on("recorded", () => heard.push("never"))();
    omneo.productView({ name: "Coat" });
    omneo.productView({ name: "Hat" });
    window.report = omneo.flush();`);
  assert.deepEqual(await warned(), ["on", "productView", "flush"].map((call) => `omneo-interactions: \`${call}\` waits for the tracker to start.`));
  await visitor.run("start(settings); await report; await omneo.flush()");
  assert.deepEqual(await names(), ["Logged in", "Viewed product: Coat", "Viewed product: Hat"]);
  assert.deepEqual((await visitor.run("return heard")).filter((one) => one !== "Logged in"), ["Viewed product: Coat", "Viewed product: Hat"]);
});

test(`${name}: a mistake in a call or in a setting is a warning, and nothing is thrown`, async (t) => {
  const { visitor, names, warned } = await open(t);
  await visitor.run(`start({ ...settings, signedIn: "perhaps" })();`);
  assert.match((await warned()).join(), /^omneo-interactions: SyntaxError/);
  await visitor.run("await new Promise((later) => setTimeout(later)); warned.length = 0; start(settings); omneo.productView({ name: 'Coat' }); await omneo.flush()");
  assert.deepEqual(await names(), ["Logged in", "Viewed product: Coat"]);
  await visitor.run("omneo.productView({ signal: 2 })");
  assert.match((await warned()).join(), /^omneo-interactions: OmneoError: `signal` is 2; accepted: /);
});

test(`${name}: what has ended starts anew with settings of its own, and a product that was gone is shown again`, async (t) => {
  const { visitor, names, warned } = await open(t);
  await visitor.run(`
    const ends = [start(settings), start(settings), showProduct({ name: "Coat" }), showProduct({ name: "Coat" }), showProduct(null)];
    await omneo.flush();
    for (const end of ends) end();
    await new Promise((later) => setTimeout(later));
    start({ ...settings, namespace: "again" });
    showProduct({ name: "Coat" });
    await omneo.flush();`);
  assert.deepEqual(await names(), ["Logged in", "Viewed product: Coat", "Viewed product: Coat"]);
  assert.deepEqual(await warned(), []);
});

test(`${name}: a setting that changes is told once, and a new answer of the visitor's counts`, async (t) => {
  const { visitor, warned } = await open(t);
  const rule = await visitor.run(`
    start(settings);
    await omneo.flush();
    for (const namespace of ["other", "third"]) start({ ...settings, namespace, product: () => null });
    start({ ...settings, namespace: "third", product: () => null, consent: "denied" });
    return (await omneo.explain({ action: "view", channel: "website", signal: 0, name: "Any", namespace: "any" })).rule;`);
  assert.equal(rule, "consent-denied");
  assert.deepEqual(await warned(), ["namespace", "product"].map((setting) => `omneo-interactions: \`${setting}\` has changed; the first value holds.`));
});

test(`${name}: what all objects inherit is no setting`, async (t) => {
  const { visitor, warned } = await open(t);
  const asked = await visitor.run(`
    Object.prototype.tokenUrl = "/elsewhere";
    for (const _ of "ab") start({ ...settings, token: { shopify: { customer: null } } });
    await omneo.flush();
    delete Object.prototype.tokenUrl;
    return performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/elsewhere")).length;`);
  assert.deepEqual([asked, await warned()], [0, []]);
});
