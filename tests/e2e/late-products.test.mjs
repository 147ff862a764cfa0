// Products whose markup comes after their page: put in by a script, once a server has answered or a tag manager has loaded.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name as browser, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title><main></main>`;

// Starts a tracker, once the page's own view is recorded; `seen` has the views in their order.
const START = `
  await import("/omneo/product-markup.js");
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.tracker = await createTracker({ endpoint: "/", token: () => null, ...given[0] });
  window.seen = [];
  tracker.on("recorded", ({ record: { name, url } }) => seen.push(name.replace("Viewed ", "") + " " + url.slice(location.origin.length)));
  window.told = async (count) => { while (seen.length < count) await new Promise((later) => setTimeout(later, 5)); };
  window.add = (html) => document.querySelector("main").append(document.createRange().createContextualFragment(html));
  window.product = (name) => add('<script type="application/ld+json">' + JSON.stringify({ "@type": "Product", name }) + "</" + "script>");
  window.go = (path, title) => { history.pushState({}, "", path); document.title = title; };
  // What a page that has changed looks at: of such scripts, and a task later.
  window.looks = 0;
  const all = document.querySelectorAll.bind(document);
  Document.prototype.querySelectorAll = (selector) => ((looks += selector.includes("ld+json")), all(selector));
  await told(1);`;

async function shop(t, html = PAGE) {
  const site = await servePages(t);
  site.page = html;
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/coat`);
  return visitor;
}

test(`${browser}: a product whose markup comes a second late is seen once`, async (t) => {
  const late = `<script>setTimeout(() => {
    const script = Object.assign(document.createElement("script"), { type: "application/ld+json", text: '{"@type":"Product","name":"Coat"}' });
    document.head.append(script);
  }, 1000)</script>`;
  const visitor = await shop(t, PAGE + late);
  const seen = await visitor.run(`${START}
    await told(2);
    const before = looks;
    // Nobody looks any more, at whatever the page changes.
    product("Coat");
    product("Hat");
    go("/next", "Next");
    document.querySelector("main").replaceChildren();
    document.querySelector("script[type]").text = '{"@type":"Product","name":"Scarf"}';
    await told(4);
    return [seen, before];`);
  assert.deepEqual(seen[0], ["page: Shop /coat", "product: Coat /coat", "page: Next /next", "product: Scarf /next"]);
});

test(`${browser}: late microdata is seen, and a late listing is none`, async (t) => {
  const visitor = await shop(t);
  const seen = await visitor.run(`${START}
    const item = (name) => '<p itemscope itemtype="https://schema.org/Product"><b itemprop="name">' + name + "</b></p>";
    add(item("Coat") + item("Hat"));
    go("/scarf", "Scarf");
    await told(2);
    document.querySelector("main").replaceChildren();
    add(item("Scarf"));
    await told(3);
    return seen;`);
  assert.deepEqual(seen, ["page: Shop /coat", "page: Scarf /scarf", "product: Scarf /scarf"]);
});

test(`${browser}: a late product is that of the page that is shown, and not of the one before`, async (t) => {
  const visitor = await shop(t);
  const seen = await visitor.run(`${START}
    // The router renders before it changes the address.
    product("Hat");
    go("/hat", "Hat");
    await told(3);
    document.querySelector("main").replaceChildren();
    go("/scarf", "Scarf");
    await told(4);
    // A change of address that shows no other page ends nothing.
    history.replaceState({ scrolled: 7 }, "");
    product("Scarf");
    await told(5);
    return seen;`);
  assert.deepEqual(seen, ["page: Shop /coat", "page: Hat /hat", "product: Hat /hat", "page: Scarf /scarf", "product: Scarf /scarf"]);
});

test(`${browser}: a product that the site tells by a call is not looked for any more`, async (t) => {
  const visitor = await shop(t);
  const seen = await visitor.run(`${START}
    tracker.productView({ name: "Coat" });
    product("The coat");
    await told(2);
    document.querySelector("main").replaceChildren();
    go("/hat", "Hat");
    await told(3);
    product("Hat");
    await told(4);
    return seen;`);
  assert.deepEqual(seen, ["page: Shop /coat", "product: Coat /coat", "page: Hat /hat", "product: Hat /hat"]);
});

test(`${browser}: a page that was hidden is not looked at any more`, async (t) => {
  const visitor = await shop(t);
  await visitor.run(`${START} addEventListener("visibilitychange", () => document.hidden && (localStorage.wasHidden = true));`);
  const first = await visitor.driver.getWindowHandle();
  const address = await visitor.driver.getCurrentUrl();
  await visitor.driver.switchTo().newWindow("tab");
  await visitor.open(new URL("/other", address).href);
  await visitor.until(() => visitor.run("return localStorage.wasHidden"), "the page to be hidden");
  await visitor.driver.close();
  await visitor.driver.switchTo().window(first);
  const seen = await visitor.run(`
    product("Coat");
    go("/hat", "Hat");
    await told(3);
    return seen;`);
  assert.deepEqual(seen, ["page: Shop /coat", "page: Hat /hat", "product: Coat /hat"], "on the next page, which still has it");
});

// By a clock that only the test moves.
test(`${browser}: a page without a product is looked at once for each burst of changes, for ten seconds`, async (t) => {
  const visitor = await shop(t);
  const counts = await visitor.run(`
    const waiting = [];
    const later = window.setTimeout.bind(window);
    window.setTimeout = (act, ms, ...given) => ([500, 10_000].includes(ms) ? waiting.push([ms, act]) : later(act, ms, ...given));
    const come = (ms) => waiting.splice(waiting.findIndex(([own]) => own === ms), 1)[0][1]();
    ${START}
    const bursts = () => waiting.filter(([ms]) => ms === 500).length;
    const change = async () => { add("<i></i>"); await null; add("<b></b>"); await new Promise((done) => later(done)); };
    const counts = [[looks, bursts()]];
    for (let times = 0; times < 3; times += 1) {
      await change();
      await change();
      counts.push([looks, bursts()]);
      come(500);
      counts.push([looks, bursts()]);
    }
    await change();
    come(10_000);
    come(500);
    await change();
    counts.push([looks, bursts()]);
    // And nothing at all where nobody wants to know.
    tracker.stop();
    await createTracker({ endpoint: "/", token: () => null, capture: { productViews: false } });
    const before = looks;
    await change();
    return [...counts, [looks - before, bursts()]];`);
  assert.deepEqual(counts, [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1], [3, 0], [3, 0], [0, 0]]);
});
