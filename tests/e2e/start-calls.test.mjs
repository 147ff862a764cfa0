// Each call in each state of the start, and what other pages of the site change in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { ALL, LEFT, START, openStart } from "./start-site.mjs";

const INTO = {
  waiting: "",
  denied: `omneo("consent", "denied")`,
  signedOut: `omneo("consent", "granted"); omneo("signOut")`,
  stopped: `omneo("stop")`,
};
const RECORD = `{ action: "view", channel: "website", signal: 1, name: "Viewed page: X", namespace: "web-engagement", url: location.href }`;

async function into(t, state) {
  const site = await openStart(t);
  await site.open("");
  await site.call(INTO[state]);
  return site;
}

for (const [state, verdict] of Object.entries({ waiting: "page-view", denied: "consent-denied", signedOut: "signed-out", stopped: "stopped" })) {
  test(`${name}: ${state}: explain() loads the tracker for its answer, and nothing else comes of it`, async (t) => {
    const site = await into(t, state);
    const kept = await site.kept();
    const asked = site.asked;
    const { allowed, rule, record } = await site.run(`return omneo("explain", ${RECORD})`);
    assert.deepEqual([allowed, record.name], [state === "waiting", "Viewed page: X"]);
    if (state !== "waiting") assert.equal(rule, verdict);
    assert.deepEqual([site.files, site.asked, await site.kept(), site.records], [ALL, asked, kept, []]);
    const mistake = await site.run(`return omneo("explain", { signal: 7 }).catch(({ code }) => code)`);
    assert.match(mistake, /^invalid-/);
  });
}

for (const [state, report] of Object.entries({
  waiting: { refused: 0, kept: 2 },
  denied: { refused: 1, kept: 0 },
  signedOut: { refused: 1, kept: 0 },
  stopped: { refused: 1, kept: 0 },
})) {
  test(`${name}: ${state}: flush() says what waits, and sends nothing`, async (t) => {
    const site = await into(t, state);
    assert.deepEqual(await site.call(`omneo("pageView")`), { delivered: 0, failed: 0, ...report });
    assert.deepEqual([site.files, site.records], [[START], []]);
  });
}

test(`${name}: login() ends being signed out, and nothing else does but the server's word`, async (t) => {
  const site = await openStart(t);
  const token = site.token;
  site.token = null;
  await site.open(`data-consent="granted"`);
  await site.call(`omneo("pageView"); omneo("consent", "granted")`);
  assert.deepEqual([site.files, site.asked], [[START], 1]);
  site.token = token;
  await site.call(`omneo("login", { method: "password" })`);
  await site.until(async () => site.records.length === 2, "the records");
  assert.deepEqual(site.records, ["Logged in", "Viewed page: A page"]);
  assert.deepEqual(site.files, ALL);
});

test(`${name}: the tag that is carried out again has another word of the server's`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-consent="granted" data-signed-in="false"`);
  const again = (signedIn) => `
    const tag = Object.assign(document.createElement("script"), { src: "/omneo/snippet.js" });
    Object.assign(tag.dataset, { endpoint: "/", tokenUrl: "/omneo/token", signedIn: "${signedIn}" });
    document.head.append(tag);
    await new Promise((loaded) => (tag.onload = loaded));`;
  await site.call(again(false));
  assert.equal(site.asked, 0);
  await site.call(again(true));
  await site.until(async () => site.records.length === 2, "the records");
});

for (const state of Object.keys(INTO)) {
  test(`${name}: ${state}: stop() is for good, but a denial and a sign-out are heeded`, async (t) => {
    const site = await into(t, state);
    await site.call(`omneo("stop"); omneo("login"); omneo("consent", "granted"); omneo("pageView")`);
    assert.deepEqual([site.files, site.records], [[START], []]);
    await site.run(LEFT);
    await site.call(`omneo("consent", "denied")`);
    assert.deepEqual(await site.kept(), ["shop:basket"]);
    await site.call(`omneo("consent", "granted")`);
    await site.run(LEFT);
    await site.call(`omneo("signOut")`);
    assert.deepEqual(await site.kept(), ["omneo:session", "shop:basket"]);
  });
}

test(`${name}: what is no answer changes nothing, and is told once the tracker is here`, async (t) => {
  const site = await openStart(t);
  await site.open("");
  await site.call(`omneo("consent", "yes")`);
  assert.deepEqual([site.files, site.asked], [[START], 0]);
  await site.call(`omneo("consent", ["analytics"])`);
  await site.until(async () => site.records.length === 2, "the records");
  const [{ reason }] = await site.told("failed");
  assert.match(reason, /^`consent` is "yes"/);
});

test(`${name}: a listener that was taken back hears nothing, and one that throws stops nobody`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-consent="denied"`);
  await site.call(`
    window.heard = [];
    addEventListener("error", (event) => event.preventDefault());
    omneo("on", "refused", () => { throw "a mistake of the site"; });
    omneo("on", "refused", () => heard.push("taken back"))();
    omneo("on", "refused", () => heard.push("kept"));
    omneo("pageView")`);
  assert.deepEqual(await site.run("return heard"), ["kept"]);
});

// In another tab of the site, which has a start too.
async function twoTabs(site, attributes) {
  await site.open(attributes);
  const first = await site.visitor.driver.getWindowHandle();
  await site.visitor.another();
  await site.open(attributes, { path: "/second", title: "Second" });
  const second = await site.visitor.driver.getWindowHandle();
  return { first: () => site.visitor.driver.switchTo().window(first), second: () => site.visitor.driver.switchTo().window(second) };
}

test(`${name}: an answer holds in the other tabs as well`, async (t) => {
  const site = await openStart(t);
  const { first, second } = await twoTabs(site, "");
  await second();
  await site.call(`omneo("consent", "granted")`);
  await site.until(async () => site.records.length === 3, "the views of both, and the login");
  assert.deepEqual(site.records, ["Logged in", "Viewed page: A page", "Viewed page: Second"]);
  await first();
  await site.call(`omneo("consent", "denied")`);
  await site.until(async () => (await site.kept()).length === 0, "an empty storage");
  await second();
  await site.until(async () => (await site.call(`omneo("pageView")`)).refused > 0, "the other tab to refuse");
});

test(`${name}: a denial and a sign-out are heard by a start`, async (t) => {
  const site = await openStart(t);
  for (const [call, rule] of [[`omneo("consent", "denied")`, "consent-denied"], [`omneo("consent", "granted"); omneo("signOut")`, "signed-out"]]) {
    const { first, second } = await twoTabs(site, `data-signed-in="false"`);
    await second();
    await site.call(call);
    await first();
    await site.until(async () => {
      await site.call(`told.length = 0; omneo("pageView")`);
      return (await site.told("refused"))[0].rule === rule;
    }, rule);
    assert.deepEqual(site.records, []);
  }
});

test(`${name}: who signs in on one page is recorded on the others`, async (t) => {
  const site = await openStart(t);
  const token = site.token;
  site.token = null;
  const { second } = await twoTabs(site, `data-consent="granted"`);
  await second();
  site.token = token;
  await site.call(`omneo("login")`);
  await site.until(async () => site.records.length === 3, "the login, and the views of both");
});

// WebKit's driver keeps no page in the back/forward cache.
test(`${name}: a page that comes back from the back/forward cache asks again who is signed in`, { skip: name === "webkit" }, async (t) => {
  const site = await openStart(t);
  const token = site.token;
  let isTheSame = false;
  // A browser may throw a page out of it for reasons of its own, such as memory.
  for (let tries = 0; tries < 3 && !isTheSame; tries += 1) {
    site.token = null;
    await site.open(`data-consent="granted"`);
    await site.run("window.isTheSame = true");
    await site.visitor.open(`${site.tap.origin}/omneo/integrity.json`);
    site.token = token;
    await site.visitor.driver.navigate().back();
    await site.until(() => site.run("return told !== undefined && document.readyState === 'complete'"), "the page");
    isTheSame = await site.run("return Boolean(window.isTheSame)");
  }
  assert.ok(isTheSame, "the page is fit for it");
  await site.until(async () => site.records.length === 2, "the records");
});
