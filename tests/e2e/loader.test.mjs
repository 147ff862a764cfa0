// Whom the loader trusts: its own tag, and nothing that content can put in its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { STUB, TOKEN, openShop, tag } from "./shop.mjs";

// Every name that the document has. WebKit's driver works in the page's own world, and looks for these itself.
const NAMES = `<script>
  const names = new Set();
  for (const name in document) if (!/^(create|import|query|default|get|evaluate|body|document|adopt)/.test(name)) names.add(name);
  for (const name of names) document.write("<img name='" + name + "'>");
</script>`;
const EVIL = `data-endpoint="https://evil.example" data-token-url="//evil.example/token" src="https://evil.example/x/snippet.js"`;

const CONTENT = {
  "nothing hostile": "",
  "an image called currentScript": `<img name="currentScript" ${EVIL}>`,
  "a form called currentScript": `<form name="currentScript" ${EVIL}></form>`,
  "two elements called currentScript": `<img name="currentScript" ${EVIL}><embed name="currentScript" ${EVIL}>`,
  "images called createElement and head": `<img name="createElement"><img name="head">`,
  "an image by every name of the document": NAMES,
  "a link called omneo": `<a id="omneo" href="#">x</a>`,
  "a form called omneo with a field q": `<form id="omneo"><input name="q"></form>`,
  "a form called omneo with a field tag": `<form id="omneo"><input name="tag"></form>`,
  "a frame called omneo": `<iframe name="omneo"></iframe>`,
  "an object called omneo": `<object id="omneo"></object>`,
  "a URL, a performance and a navigation of the page's own": `<script>var URL = "/shop/"; var performance = {}; var navigation = { isOpen: false };</script>`,
  "settings on the prototype": `<script>
    for (const name of ["token", "tokenUrl", "endpoint", "tenant", "route", "module", "consent", "policy", "capture", "tag", "method", "shopify"]) {
      Object.defineProperty(Object.prototype, name, { value: "https://evil.example", writable: true, configurable: true });
    }
  </script>`,
};

test(`${name}: the loader takes its settings from its own tag, whatever else the page is called`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  for (const [what, content] of Object.entries(CONTENT)) {
    shop.seen = [];
    shop.page = `<title>Shop</title>${content}${STUB}${tag()}<script>omneo("productView", { name: "by hand" })</script>`;
    await visitor.open(`${shop.origin}/`);
    await visitor.until(async () => shop.records.length >= 2, `records with ${what}`);
    assert.ok(shop.records.includes("Viewed page: Shop") && shop.records.includes("Viewed product: by hand"), `${what}: ${shop.records}`);
    assert.ok(shop.seen.filter(({ token }) => token).every(({ token }) => token === `Bearer ${TOKEN}`), what);
    await visitor.open("about:blank");
  }
});

test(`${name}: a tag that is a module is one warning`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  shop.page = `<title>Shop</title><script>
    window.told = [];
    console.warn = (...words) => told.push(words.join(" "));
    addEventListener("error", ({ message }) => told.push("uncaught " + message));
    addEventListener("unhandledrejection", ({ reason }) => told.push("uncaught " + reason));
  </script>${tag('type="module"')}`;
  await visitor.open(`${shop.origin}/`);
  await visitor.until(() => visitor.run("return told.length > 0"), "a warning");
  const told = await visitor.run("return told");
  assert.equal(told.length, 1);
  assert.match(told[0], /^omneo-interactions: TypeError/);
});
