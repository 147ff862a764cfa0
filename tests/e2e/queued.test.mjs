// What stands in the queue before the script has loaded holds from the first moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWebAssembly, name, openBrowser } from "./browser.mjs";
import { openShop, tag } from "./shop.mjs";

// A page whose visitor has been here: what is asked, stored and listened to is noted.
const MODULE = `/omneo/${hasWebAssembly ? "omneo-interactions.wasm" : "fallback.js"}`;

const page = (calls, attributes) => `<title>Shop</title><script>
    window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
    window.noted = [];
    const real = localStorage;
    const note = (what) => (target, name, value) => (name.startsWith?.("omneo:") && noted.push(what + " " + name.split(":")[1]), what === "write" ? ((target[name] = value), true) : typeof target[name] === "function" ? target[name].bind(target) : target[name]);
    Object.defineProperty(window, "localStorage", { value: new Proxy(real, { get: note("read"), set: note("write"), has: (target, name) => (noted.push("look"), name in target) }) });
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (event) {
      if (["click", "submit", "pagehide", "visibilitychange"].includes(event)) noted.push("listen " + event);
      return listen.apply(this, arguments);
    };
    window.told = [];
    for (const event of ["recorded", "refused", "failed"]) omneo("on", event, ({ kind, rule }) => told.push([event, kind, rule].filter(Boolean).join(" ")));
    ${calls}
  </script>${tag(attributes)}`;

/** Opens a page that calls these, and answers what came of it once the tag's files are here, or would be. */
async function look(t, calls, { attributes, wait = `typeof omneo === "function" && !omneo.q` } = {}) {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  await visitor.open(`${shop.origin}/seed.js`);
  await visitor.run(`localStorage["omneo:1"] = ""; localStorage["omneo:1:x"] = "left by an earlier page"`);
  shop.page = page(calls, attributes);
  await visitor.open(`${shop.origin}/`);
  await visitor.until(() => visitor.run(`return ${wait}`), wait);
  const report = await visitor.run(`return window.omneo.q ? undefined : omneo("flush")`);
  const noted = await visitor.run("return noted");
  return { shop, visitor, noted, report, told: await visitor.run("return told"), stored: (await visitor.stored()).local };
}

for (const attributes of ["", 'data-consent="cookieconsent"']) {
  test(`${name}: a denial holds from the start, ${attributes || "where the site grants"}`, async (t) => {
    const platform = `window.CookieConsent = { validConsent: () => true, getUserPreferences: () => ({ acceptedCategories: ["analytics"] }) };`;
    const { shop, noted, told, stored } = await look(t, `${platform} omneo("pageView"); omneo("consent", "granted"); omneo("consent", "denied");`, { attributes });
    assert.deepEqual([noted, told, stored], [[], ["refused pageView consent-denied"], []]);
    assert.deepEqual([shop.records, shop.asked("/omneo/token")], [[], 0]);
  });
}

test(`${name}: what was done between a denial and a consent is not recorded`, async (t) => {
  const calls = `omneo("consent", "denied"); omneo("productView", { name: "A" }); omneo("consent", "granted"); omneo("productView", { name: "B" });`;
  const { shop } = await look(t, calls, { attributes: 'data-consent="denied"' });
  assert.deepEqual(shop.records, ["Logged in", "Viewed page: Shop", "Viewed product: B"]);
});

test(`${name}: a sign-out holds from the start, and what came before it is gone`, async (t) => {
  const { shop, told, stored } = await look(t, `omneo("productView", { name: "A" }); omneo("signOut"); omneo("productView", { name: "B" });`);
  assert.deepEqual([shop.records, shop.asked("/omneo/token")], [[], 0]);
  assert.deepEqual(told.filter((one) => !one.startsWith("refused")), []);
  assert.ok(!stored.includes("omneo:1:x"));
});

test(`${name}: where the page is left out nothing begins, and a denial is heeded all the same`, async (t) => {
  const wait = `performance.getEntriesByName(location.origin + "/omneo/snippet.js").length > 0 && document.readyState === "complete"`;
  const { shop, visitor, noted, stored } = await look(t, `omneo("pageView"); omneo("stop");`, { wait });
  assert.deepEqual([noted, stored.sort()], [[], ["omneo:1", "omneo:1:x"]]);
  assert.deepEqual([shop.asked("/omneo/omneo-interactions.js"), shop.asked("/omneo/token")], [0, 0]);
  await visitor.run(`omneo("consent", "denied")`);
  await visitor.ready();
  assert.deepEqual((await visitor.stored()).local, []);
  assert.deepEqual([shop.records, shop.asked("/omneo/token"), await visitor.run("return noted")], [[], 0, []]);
});

test(`${name}: a stop that comes while the files are on their way leaves the page out as well`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  let arrive;
  const held = new Promise((arrived) => (arrive = arrived));
  shop.answers[MODULE] = async (request, response) => {
    await held;
    delete shop.answers[MODULE];
    return response.writeHead(307, { Location: MODULE }).end();
  };
  shop.page = page("");
  await visitor.open(`${shop.origin}/`);
  await visitor.until(async () => shop.asked(MODULE) > 0, "the module");
  await visitor.run(`omneo("stop")`);
  arrive();
  await visitor.ready();
  await visitor.run(`return omneo("flush")`);
  assert.deepEqual([shop.records, await visitor.run("return noted"), await visitor.run("return told")], [[], ["listen submit"], []]);
});
