// The main job: a storefront's logins, views and form submissions arrive as Omneo interactions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";
import { browse, signIn } from "./walk.mjs";

const shop = " · Fern & Field";
const WANTED = [
  { action: "view", name: `Viewed page: Account${shop}`, url: "/account/" },
  { action: "visit", name: "Logged in", url: null },
  { action: "view", name: `Viewed page: Dresses${shop}`, url: "/dresses/" },
  { action: "view", name: `Viewed page: Linen wrap dress${shop}`, url: "/products/linen-wrap-dress.html" },
  {
    action: "view",
    name: "Viewed product: Linen wrap dress",
    url: "/products/linen-wrap-dress.html",
    product_id: 1001,
    product_category_id: 31,
  },
  { action: "view", name: `Viewed page: Lookbook${shop}`, url: "/lookbook/" },
  { action: "view", name: `Viewed page: Spring${shop}`, url: "/lookbook/spring" },
  { action: "disclose", name: "Submitted form: Newsletter", url: "/lookbook/spring" },
  { action: "view", name: `Viewed page: Thank you${shop}`, url: "/newsletter/thanks.html" },
];

test(`${name}: a visitor's walk is on the profile, each step once`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.click("Accept");
  await signIn(visitor, sandbox);
  await browse(visitor);
  // The last page's view may be under way still.
  await visitor.run("await omneo('flush')");
  await visitor.until(async () => (await sandbox.interactions()).length >= WANTED.length, `${WANTED.length} interactions`);

  const found = await sandbox.interactions();
  assert.deepEqual(found.map(shape), WANTED.map((one) => ({ ...LINKS, ...one })));
  for (const one of found) {
    assert.equal(one.channel, "website");
    assert.equal(one.signal, 0);
    assert.equal(one.namespace, "web-engagement");
    assert.match(one.interacted_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  }
  assert.equal(new Set(found.map((one) => one.meta.event_id)).size, WANTED.length);
  assert.equal(found[4].meta.sku, "FF-1001");
  assert.ok(!JSON.stringify(found).includes("someone@example.com"), "which form, never what was in it");
});

test(`${name}: a size, a staff-assisted session and the way back`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.click("Accept");
  await signIn(visitor, sandbox);
  await visitor.open(sandbox.url("/products/linen-wrap-dress.html"));
  await visitor.ready();
  // Nobody chooses a size before the browser has read the page's product.
  await visitor.until(async () => (await sandbox.interactions()).length >= 4, "the product");
  // What is under way as a page is left may wait for the next one, for longer than this test does: docs/promises.md.
  await visitor.run("document.querySelector('input[name=size]').click(); await omneo('flush')");
  await visitor.open(sandbox.url("/lookbook/"));
  await visitor.ready();
  await visitor.click("Look with Morgan, in the store");
  await visitor.run("document.querySelector(\"a[href='/lookbook/winter']\").click()");
  await visitor.until(() => visitor.run("return document.title.startsWith('Winter')"));
  // A view is noted in the task after the change of address; the next change must not overtake it.
  await visitor.run("await new Promise((done) => setTimeout(done)); history.replaceState(null, '', '#gloves'); history.back()");
  await visitor.until(() => visitor.run("return document.title.startsWith('Lookbook')"));
  await visitor.run("await new Promise((done) => setTimeout(done)); await omneo('flush')");

  await visitor.until(async () => (await sandbox.interactions()).length >= 8, "8 interactions");
  const found = (await sandbox.interactions()).slice(2).map(({ name: label, namespace, product_variant_id, staff_id, location_id }) => ({
    label,
    namespace,
    links: [product_variant_id, staff_id, location_id],
  }));
  const web = "web-engagement";
  assert.deepEqual(found, [
    { label: `Viewed page: Linen wrap dress${shop}`, namespace: web, links: [null, null, null] },
    { label: "Viewed product: Linen wrap dress", namespace: web, links: [null, null, null] },
    { label: "Viewed product: Linen wrap dress", namespace: web, links: [2001, null, null] },
    { label: `Viewed page: Lookbook${shop}`, namespace: web, links: [null, null, null] },
    { label: `Viewed page: Winter${shop}`, namespace: "clienteling", links: [null, 501, 7] },
    { label: `Viewed page: Lookbook${shop}`, namespace: "clienteling", links: [null, 501, 7] },
  ]);
});

test(`${name}: the profile route, with a token for it`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const report = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({
       endpoint: "/", route: { profile: "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002" }, consent: "granted",
       token: () => "sandbox-admin-token", capture: { logins: false, pageViews: false },
     });
     tracker.productView({ productId: 1004, name: "Merino crew" });
     return tracker.flush();`,
  );
  assert.deepEqual(report, { delivered: 1, refused: 0, kept: 0, failed: 0 });
  const [{ product_id, profile }] = await sandbox.interactions("5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002");
  assert.deepEqual([product_id, profile.id], [1004, "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002"]);
});

const LINKS = {
  location_id: null,
  product_id: null,
  product_variant_id: null,
  product_category_id: null,
  staff_id: null,
  organisation_id: null,
  interacted_type: null,
  interacted_id: null,
};

function shape(interaction) {
  const links = Object.fromEntries(Object.keys(LINKS).map((link) => [link, interaction[link]]));
  const url = interaction.url && new URL(interaction.url).pathname;
  return { ...links, action: interaction.action, name: interaction.name, url };
}

test(`${name}: who listens right away hears of the page view that the tracker began with`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const kinds = await visitor.run(`
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const tracker = await createTracker({ endpoint: "/", token: () => null });
    const kinds = [];
    tracker.on("recorded", ({ kind }) => kinds.push(kind));
    tracker.productView({ name: "A" });
    await tracker.flush();
    return kinds;
  `);
  assert.deepEqual(kinds, ["pageView", "productView"]);
});
