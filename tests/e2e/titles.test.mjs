// The title of a view is its own page's, however late an app sets it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { openStart } from "./start-site.mjs";

const AGREED = `data-consent="granted" data-signed-in="true"`;
const viewed = (site) => site.records.filter((record) => record.startsWith("Viewed")).map((record) => record.slice("Viewed page: ".length));

async function open(t, options) {
  const site = await openStart(t);
  await site.open(AGREED, options);
  await site.until(async () => viewed(site).length === 1, "the landing page");
  return site;
}

/** Says what was told of the views, once `count` of them were. */
const told = async (site, event, count) => {
  const names = async () => (await site.told(event)).map(({ record }) => record.name).filter((one) => one.startsWith("Viewed"));
  await site.until(async () => (await names()).length >= count, `${event} of ${count} views`);
  return names();
};

test(`${name}: a title that comes seconds after the address, and twice, is the view's`, async (t) => {
  const site = await open(t);
  await site.run(`
    history.pushState({}, "", "/next");
    setTimeout(() => (document.title = "Loading"), 1500);
    setTimeout(() => (document.title = "Next"), 2200);`);
  assert.deepEqual(await told(site, "recorded", 2), ["Viewed page: A page", "Viewed page: /next"], "told at once");
  assert.ok((await site.kept()).includes("omneo:record"), "and stored");
  assert.deepEqual(viewed(site), ["A page"], "and not sent");
  assert.deepEqual(await told(site, "delivered", 2), ["Viewed page: A page", "Viewed page: Next"]);
  assert.deepEqual(viewed(site), ["A page", "Next"]);
});

test(`${name}: where no title comes, the path is the view's name, also when it is flushed before`, async (t) => {
  const site = await open(t);
  await site.run(`history.pushState({}, "", "/next")`);
  assert.equal((await told(site, "recorded", 2))[1], "Viewed page: /next");
  await site.call("");
  assert.deepEqual(viewed(site), ["/next", "A page"]);
});

test(`${name}: a landing page whose router sets its title late has that title`, async (t) => {
  const site = await openStart(t);
  // Whoever flushes does not wait for the title, so nobody does.
  await site.visit(AGREED, {
    head: `<script>history.replaceState({ router: true }, ""); setTimeout(() => (document.title = "Landing"), 700);</script>`,
    title: "App",
  });
  await site.until(async () => viewed(site).length === 1, "the landing page");
  assert.deepEqual(viewed(site), ["Landing"]);
});

test(`${name}: a router may begin after the page was read, as those of async scripts do`, async (t) => {
  const site = await openStart(t);
  await site.visit(`data-signed-in="true"`, { title: "App" });
  await site.run(`
    history.replaceState({ router: true }, "");
    omneo("consent", "granted");
    omneo("on", "recorded", () => (document.title = "Landing"));`);
  await site.until(async () => viewed(site).length === 1, "the landing page");
  assert.deepEqual(viewed(site), ["Landing"]);
});
