// Records go by a relay on the shop's own origin: batches, what its answers change, and what a withdrawal tells it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { accepted, jwt, startRelay } from "./relay-shop.mjs";

const TAG = `<!doctype html><link rel="icon" href="data:,"><title>A page</title>
<script>window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };</script>
<script async src="/omneo/snippet.js" data-endpoint="/" data-route="relay" data-token-url="/token" data-consent="granted"
  data-policy='{"rules":[{"rule":"own","kind":["record"]}]}'></script>`;

const TRACKER = `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.tracker = await createTracker({
    endpoint: "/", route: "relay", consent: "granted", capture: { pageViews: false, logins: false },
    token: async () => (await fetch("/token", { cache: "no-store" })).json(),
  });
  window.view = (name) => tracker.productView({ name });
`;

async function open(t, { page = "", script = TRACKER } = {}) {
  const shop = await startRelay(t);
  if (page) shop.page = page;
  const visitor = await openBrowser(t);
  await visitor.open(`${shop.origin}/`);
  if (page) await visitor.ready();
  else await visitor.run(script);
  return { shop, visitor };
}

test(`${name}: a tag with the route of a relay and the page's own origin sends batches there, with what kind each record is`, async (t) => {
  const { shop, visitor } = await open(t, { page: TAG });
  const report = await visitor.run(
    `omneo("productView", { name: "A coat" });
     omneo("formSubmission", { form: "size-guide", name: "Size guide" });
     omneo("record", { action: "service", channel: "website", signal: 0, name: "n", namespace: "n" });
     return omneo("flush");`,
  );
  assert.equal(report.delivered, 5);
  const kinds = shop.batches.flat().map(({ name, kind }) => `${kind}: ${name}`);
  const wanted = ["pageView: Viewed page: A page", "login: Logged in", "productView: Viewed product: A coat", "formSubmission: Submitted form: Size guide", "record: n"];
  assert.deepEqual(kinds.sort(), wanted.sort());
  for (const { method, path, headers } of shop.seen) {
    assert.deepEqual([method, path], ["POST", "/relay/v1/profiles/me/interactions"], "no preflight, no look");
    assert.deepEqual([headers.authorization, headers.cookie], [`Bearer ${jwt("first")}`, undefined]);
  }
});

test(`${name}: a hundred events of a page are two requests to a relay at most, of 8 KB in all`, async (t) => {
  const { shop, visitor } = await open(t, { page: TAG });
  await visitor.run(`await omneo("flush")`);
  shop.seen.length = 0;
  const report = await visitor.run(
    `for (let at = 0; at < 100; at++) omneo("productView", { name: "Linen dress no. " + at, productId: 7000 + at, sku: "DR-" + at, url: "/dresses/" + at });
     return omneo("flush");`,
  );
  const sizes = shop.seen.map(({ bytes }) => bytes);
  const bytes = sizes.reduce((sum, own) => sum + own, 0);
  t.diagnostic(`${sizes.length} requests, ${bytes} bytes with their headers`);
  assert.equal(report.delivered, 102);
  assert.equal(shop.batches.flat().length, 100);
  assert.ok(sizes.length <= 2, `${sizes.length} requests`);
  assert.ok(bytes <= 8 * 1024, `${bytes} bytes`);
});

test(`${name}: a batch that a relay finds too large is halved until it fits, and one record too large alone is given up`, async (t) => {
  const { shop, visitor } = await open(t);
  const tooLarge = { status: 413, body: { message: "too large" } };
  shop.answer = (batch) => (batch.length > 5 || JSON.stringify(batch).length > 10_000 ? tooLarge : accepted(batch));
  const { report, failed } = await visitor.run(
    `const failed = [];
     tracker.on("failed", ({ record, rule, status, reason }) => failed.push({ name: record.name, rule, status, reason }));
     for (let at = 10; at < 16; at++) view("dress no. " + at);
     tracker.productView({ name: "Large", description: "x".repeat(20_000) });
     for (let at = 16; at < 22; at++) view("dress no. " + at);
     return { report: await tracker.flush(), failed };`,
  );
  assert.deepEqual(report, { delivered: 12, refused: 0, kept: 0, failed: 1 });
  const reason = "The receiver takes no request as large as this record alone.";
  assert.deepEqual(failed, [{ name: "Viewed product: Large", rule: "rejected", status: 413, reason }]);
  // All, what is half as large, twice, the large one, then those behind it in the same way.
  assert.deepEqual(shop.batches.map((batch) => batch.length), [13, 6, 3, 3, 1, 6, 3, 3]);
});

test(`${name}: what a relay leaves out goes again, and a token that it refuses is asked for anew, twice at most`, async (t) => {
  const { shop, visitor } = await open(t);
  let asked = 0;
  shop.token = () => jwt(`token ${(asked += 1)}`);
  const refused = (batch, { authorization }) => (authorization === `Bearer ${jwt("token 3")}` ? accepted(batch.slice(0, 2)) : { status: 401, body: {} });
  shop.answer = refused;
  await visitor.run(`for (const name of "ABC") view(name); return tracker.flush();`);
  await visitor.until(async () => (await visitor.run("return tracker.flush()")).delivered === 3, "all three");
  assert.equal(asked, 3, "one at first, one for each refusal");
  const names = shop.batches.map((batch) => batch.map(({ name }) => name.at(-1)).join(""));
  assert.deepEqual(names, ["ABC", "ABC", "ABC", "C"]);
});

test(`${name}: a relay that names a time is left alone until then`, async (t) => {
  const { shop, visitor } = await open(t);
  const times = [];
  shop.answer = (batch) => {
    times.push(performance.now());
    return times.length === 1 ? { status: 503, headers: { "Retry-After": "1" }, body: {} } : accepted(batch);
  };
  const report = await visitor.run(`view("A"); return tracker.flush();`);
  assert.deepEqual([report.kept, times.length], [1, 1]);
  await visitor.until(async () => times.length === 2, "it to be tried again");
  // A timer may be early by less than a millisecond or two.
  assert.ok(times[1] - times[0] > 990, `${times[1] - times[0]} ms`);
});

test(`${name}: a withdrawal stops what is under way and tells the relay once, and nothing else leaves`, async (t) => {
  const { shop, visitor } = await open(t);
  shop.answer = () => undefined;
  await visitor.run(`view("A"); tracker.flush();`);
  await visitor.until(async () => shop.batches.length === 1, "the batch to be under way");
  await visitor.run(
    `view("B");
     tracker.consent("denied"); tracker.consent("denied");
     view("C");
     await tracker.flush();
     dispatchEvent(new Event("pagehide"));
     await fetch("/relay/marker", { method: "DELETE" });`,
  );
  await visitor.until(async () => shop.seen.length > 2, "the page's own request");
  assert.deepEqual(shop.seen.slice(1).map(({ method, path }) => `${method} ${path}`).sort(), ["DELETE /relay/marker", "DELETE /relay/v1/profiles/me/waiting"]);
  const [{ headers, records }] = shop.withdrawals;
  assert.deepEqual([headers.authorization, headers.cookie, records], [`Bearer ${jwt("first")}`, undefined, ""]);
  assert.deepEqual((await visitor.stored()).local, []);
});

test(`${name}: a withdrawal is told also where the page is left at once`, async (t) => {
  const { shop, visitor } = await open(t);
  await visitor.run(`view("A"); await tracker.flush();`);
  await visitor.driver.executeScript(`tracker.consent("denied"); location.href = "/next";`);
  await visitor.until(() => visitor.run("return location.pathname === '/next'"), "the next page");
  await visitor.until(async () => shop.withdrawals.length === 1, "the relay to be told");
});

for (const [what, act] of [
  ["a sign-out", "tracker.signOut()"],
  ["a stop", "tracker.stop()"],
  ["storage that the visitor emptied", `localStorage.clear(); dispatchEvent(new StorageEvent("storage", { key: null, storageArea: localStorage })); view("B")`],
]) {
  test(`${name}: ${what} tells a relay nothing`, async (t) => {
    const { shop, visitor } = await open(t);
    await visitor.run(`view("A"); await tracker.flush(); ${act}; await fetch("/relay/marker", { method: "DELETE" });`);
    await visitor.until(async () => shop.seen.some(({ path }) => path === "/relay/marker"), "the page's own request");
    assert.deepEqual(shop.withdrawals, []);
  });
}

test(`${name}: where only the start runs, a withdrawal tells a relay nothing`, async (t) => {
  const { shop, visitor } = await open(t, { page: TAG.replace("<script async", '<script async data-signed-in="false"') });
  await visitor.run(`await omneo("flush"); omneo("consent", "denied"); await fetch("/relay/marker", { method: "DELETE" });`);
  await visitor.until(async () => shop.seen.length === 1, "the page's own request");
  assert.deepEqual(shop.seen.map(({ path }) => path), ["/relay/marker"]);
});
