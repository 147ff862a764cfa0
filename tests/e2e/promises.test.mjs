// The three promises in a world that is not kind: to the right customer, once, only with consent. Two customers on one device, pages
// that rest in the back/forward cache, a receiver on another origin that is slow and keeps every copy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { CLOCK, pass } from "./clock.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";
import { servePages } from "./serve.mjs";

const GRACE = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";

// The site's own session, a cookie, says who is signed in.
const TRACKER = `
  ${CLOCK}
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const token = async () => /token=([^;]+)/.exec(document.cookie)?.[1] ?? null;
  window.tracker = await createTracker({
    endpoint: given[0], consent: "granted", token, capture: { pageViews: false, logins: false },
  });
  window.told = [];
  for (const event of ["refused", "delivered"]) tracker.on(event, ({ rule, record }) => told.push([event, rule, record.name].join(" ")));
`;

/** A shop, and Omneo on another origin; a visitor with the shop's tracker on the page that is open. */
async function open(t) {
  const [shop, omneo] = await Promise.all([servePages(t), startSandbox(t)]);
  shop.page = '<!doctype html><link rel="icon" href="data:,"><title>Shop</title>';
  const visitor = await openBrowser(t);
  const tokens = {};
  for (const id of [ADA, GRACE]) tokens[id] = (await omneo.call("POST", "/id/api/v1/auth/token", { id })).body.data.token;
  const visit = async (path, script = "") => {
    await visitor.open(shop.origin + path);
    return visitor.run(`${TRACKER} ${script}`, omneo.origin);
  };
  /** Somebody signs in to the site, or out where nobody is named. */
  const signIn = (id) => visitor.run(`document.cookie = "token=" + given[0]`, id ? tokens[id] : "");
  const view = (product) => visitor.run("tracker.productView({ name: given[0] })", product);
  const flush = () => visitor.run("return tracker.flush()");
  const names = async (id) => (await omneo.interactions(id)).map(({ name }) => name.replace("Viewed product: ", ""));
  const posts = async () => (await omneo.requests()).filter(({ method }) => method === "POST").length - 2;
  const back = async () => {
    await visitor.driver.navigate().back();
    await visitor.until(() => visitor.run("return Boolean(window.tracker)"), "the page to be back");
  };
  await visitor.open(`${shop.origin}/`);
  return { shop, omneo, visitor, visit, signIn, view, flush, names, posts, back };
}

/** Waits until the records on the profile are these. */
const arrive = ({ visitor, names }, id, expected) =>
  visitor.until(async () => assert.deepEqual((await names(id)).sort(), expected) ?? true, `${expected} on ${id}`);

test(`${name}: what waited for one customer lands on no other's profile`, async (t) => {
  const site = await open(t);
  const { omneo, visitor, visit, signIn, view, flush, names } = site;
  await signIn(ADA);
  await omneo.faults({ route: "records", profile: ADA, status: 429, retry_after: "300" });
  await visit("/?ada");
  await view("Ada's");
  await flush();
  const first = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("tab");
  await visitor.open(`${site.shop.origin}/?grace`);
  await signIn(GRACE);
  await visit("/?grace");
  await view("Grace's");
  await arrive(site, GRACE, ["Grace's"]);
  const second = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().window(first);
  await visitor.driver.close();
  await visitor.driver.switchTo().window(second);
  await visitor.until(async () => {
    await visitor.run(`dispatchEvent(new Event("focus"))`);
    return (await visitor.stored()).local.every((key) => !/^omneo:\d+:/.test(key));
  }, "nobody to keep Ada's record");
  await pass(visitor);
  await flush();
  assert.deepEqual(await names(GRACE), ["Grace's"]);
});

test(`${name}: a record whose page never had a token goes to nobody whom nobody named`, async (t) => {
  const site = await open(t);
  const { visitor, visit, signIn, view, flush, names } = site;
  await visitor.open(`${site.shop.origin}/?early`);
  await visitor.run(`
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => new Promise(() => {}), capture: { pageViews: false } });
    tracker.productView({ name: "early" });
  `);
  await visitor.open(`${site.shop.origin}/?next`);
  await signIn(GRACE);
  await visit("/?next");
  await view("Grace's");
  await visitor.until(() => visitor.run(`return told.includes("refused unknown-customer Viewed product: early")`), "the refusal");
  await arrive(site, GRACE, ["Grace's"]);
  await pass(visitor);
  await flush();
  assert.deepEqual(await names(GRACE), ["Grace's"]);
});

for (const [how, isSeen] of [["on a page with the tracker", true], ["elsewhere, a while ago", false]]) {
  test(`${name}: a page that comes back after another customer signed in ${how} asks who is there`, async (t) => {
    const site = await open(t);
    const { visitor, visit, signIn, view, flush, back } = site;
    await signIn(ADA);
    await visit("/?ada");
    await view("Ada's");
    await arrive(site, ADA, ["Ada's"]);
    if (isSeen) {
      await visitor.open(`${site.shop.origin}/?grace`);
      await signIn(GRACE);
      await visit("/?grace");
      await view("Grace's");
      await arrive(site, GRACE, ["Grace's"]);
    } else {
      await visitor.open(`${site.shop.origin}/?untracked`);
      await signIn(GRACE);
      await pass(visitor, 11_000);
    }
    await back();
    await view("Grace's, back");
    await flush();
    await arrive(site, GRACE, isSeen ? ["Grace's", "Grace's, back"] : ["Grace's, back"]);
    assert.deepEqual(await site.names(ADA), ["Ada's"]);
  });
}

test(`${name}: another open tab follows where the session changes hands`, async (t) => {
  const site = await open(t);
  const { visitor, visit, signIn, view, flush } = site;
  await signIn(ADA);
  await visit("/?ada");
  await view("Ada's");
  await arrive(site, ADA, ["Ada's"]);
  const first = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("window");
  await visitor.open(`${site.shop.origin}/?grace`);
  await signIn(GRACE);
  await visit("/?grace");
  await view("Grace's");
  await arrive(site, GRACE, ["Grace's"]);
  await visitor.driver.switchTo().window(first);
  await view("Grace's, too");
  await flush();
  await arrive(site, GRACE, ["Grace's", "Grace's, too"]);
  assert.deepEqual(await site.names(ADA), ["Ada's"]);
});

for (const [what, act] of [
  ["a withdrawal", `tracker.consent("denied")`],
  ["a sign-out", "tracker.signOut()"],
]) {
  test(`${name}: after ${what} nothing leaves that stood behind a slow preflight`, async (t) => {
    const { omneo, visitor, visit, signIn, view, posts } = await open(t);
    await signIn(ADA);
    await omneo.faults({ route: "preflights", latency_ms: 1_500 });
    await visit("/");
    await view("A");
    await visitor.until(async () => (await omneo.requests()).some(({ method }) => method === "OPTIONS"), "the preflight");
    await visitor.run(act);
    await answered(visitor, omneo);
    assert.equal(await posts(), 0);
  });
}

// Long enough for what was under way to leave behind the preflight: until another request has, which began later.
async function answered(visitor, omneo) {
  await visitor.run(
    `await fetch(given[0] + "/id/api/v1/profiles/me/interactions?late", { headers: { Authorization: "Bearer x" } }).catch(() => {})`,
    omneo.origin,
  );
}

test(`${name}: a withdrawal on the next page holds for one that rests in the back/forward cache`, async (t) => {
  const { omneo, visitor, visit, signIn, view, posts } = await open(t);
  await signIn(ADA);
  await omneo.faults({ route: "preflights", latency_ms: 1_500 });
  await visit("/?first");
  await view("A");
  await visitor.until(async () => (await omneo.requests()).some(({ method }) => method === "OPTIONS"), "the preflight");
  await visit("/?second", `tracker.consent("denied");`);
  await answered(visitor, omneo);
  assert.equal(await posts(), 0);
  await visitor.driver.navigate().back();
  await visitor.until(async () => (await visitor.run("return location.search")) === "?first");
  // Where the browser did not keep the page there is no tracker on it.
  await visitor.run(`if (window.tracker) { tracker.productView({ name: "B" }); await tracker.flush(); }`);
  assert.equal(await posts(), 0);
  assert.deepEqual((await visitor.stored()).local, []);
});

for (const writes of ["arrival", "end"]) {
  test(`${name}: short pages beside a slow receiver, which writes at the ${writes}, make one copy`, async (t) => {
    const site = await open(t);
    const { omneo, visitor, visit, signIn, view, flush, posts } = site;
    await signIn(ADA);
    await omneo.faults({ route: "records", latency_ms: 1_500, writes, times: 1 });
    await visit("/?1");
    await view("A");
    await visitor.until(async () => (await posts()) === 1, "the record to be under way");
    for (const page of ["/?2", "/?3"]) {
      await visit(page);
      await flush();
    }
    await arrive(site, ADA, ["A"]);
    assert.equal(await posts(), 1, "nobody sends it again meanwhile");
    await pass(visitor);
    await visitor.until(async () => (await flush()).delivered === 1, "it to be found");
    assert.deepEqual([await posts(), await site.names(ADA)], [1, ["A"]]);
  });
}

test(`${name}: an error that was answered after the write, or before it, costs no record and makes no copy`, async (t) => {
  const site = await open(t);
  const { omneo, visitor, visit, signIn, view, flush } = site;
  await signIn(ADA);
  await omneo.faults({ route: "records", status: 503, after: true, times: 1 }, { route: "records", status: 503, times: 1 });
  await visit("/");
  await view("A");
  await view("B");
  await visitor.until(async () => {
    await pass(visitor);
    return (await flush()).delivered === 2;
  }, "both to be delivered");
  assert.deepEqual((await site.names(ADA)).sort(), ["A", "B"]);
});

test(`${name}: a login counts once where two tabs open at once`, async (t) => {
  const [shop, visitor] = [await startSandbox(t, BLANK), await openBrowser(t)];
  const { body } = await shop.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.open(shop.url("/"));
  // Each starts at the very moment that the other does.
  const start = `
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const begin = new BroadcastChannel("test");
    const token = () => new Promise((answer) => begin.addEventListener("message", () => answer(given[0])));
    window.tracker = await createTracker({ endpoint: "/", consent: "granted", token });
  `;
  const tabs = [];
  for (const path of ["/?1", "/?2"]) {
    await visitor.driver.switchTo().newWindow("window");
    await visitor.open(shop.url(path));
    await visitor.run(start, body.data.token);
    tabs.push(await visitor.driver.getWindowHandle());
  }
  await visitor.driver.switchTo().newWindow("window");
  await visitor.open(shop.url("/?3"));
  await visitor.run(`new BroadcastChannel("test").postMessage("")`);
  await visitor.until(async () => (await shop.interactions()).length >= 3, "two views and a login");
  for (const tab of tabs) {
    await visitor.driver.switchTo().window(tab);
    await visitor.run("await tracker.flush()");
  }
  const logins = (await shop.interactions()).filter(({ name }) => name === "Logged in");
  assert.equal(logins.length, 1);
});
