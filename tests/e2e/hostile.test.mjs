// The main job on pages that are hostile, each in its own way, and then a denial: all of it is seen at the server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { HOSTILE } from "./hostile.mjs";
import { STUB, openShop, tag } from "./shop.mjs";

// What the visitor does, when the server says so: the driver's own scripts would trip over what is on the page.
const VISIT = `
  <script type="application/ld+json">{ "@type": "Product", "name": "Linen wrap dress" }</script>
  <main><form name="newsletter"><button>Subscribe</button></form></main>
  <script>{
    const form = document.forms.newsletter;
    form.onsubmit = (event) => event.preventDefault();
    const steps = {
      subscribe: () => form.querySelector("button").click(),
      // An element may be called "title".
      lookbook: () => (history.pushState({}, "", "/lookbook/"), Reflect.set(Document.prototype, "title", "Lookbook", document)),
      deny: () => omneo("consent", "denied"),
    };
    const next = async () => {
      const step = await (await fetch("/next")).text();
      if (!step) return;
      steps[step]();
      next();
    };
    next();
  }</script>`;

const PRODUCT = "Viewed product: Linen wrap dress";
const WANTED = ["Viewed page: Shop", PRODUCT, "Viewed page: Lookbook", PRODUCT, "Logged in", "Submitted form: newsletter"].sort();

test(`${name}: the main job on hostile pages`, async (t) => {
  const visitor = await openBrowser(t);
  for (const [kind, hostile] of Object.entries(HOSTILE)) {
    await t.test(kind, async (t) => {
      const shop = await openShop(t);
      const tell = steps(shop);
      shop.page = `<title>Shop</title>${hostile}<script>window.dataLayer ??= [];</script>${STUB}${tag('data-events="google"')}${VISIT}`;
      await visitor.open(`${shop.origin}/`);
      const has = (count) => visitor.until(async () => shop.records.length >= count, `${count} records, there are ${shop.records}`);
      await has(3);
      tell("subscribe");
      await has(4);
      tell("lookbook");
      await has(6);
      assert.deepEqual(shop.records, WANTED);
      tell("deny");
      tell("subscribe");
      await visitor.until(async () => shop.asked("/next") === 5, "the last step");
      tell("");
      await visitor.open("about:blank");
      assert.deepEqual(shop.records, WANTED, "nothing after the denial");
    });
  }
});

/** How to tell the page's visitor what to do next. */
function steps(shop) {
  const told = [];
  const asking = [];
  const match = () => {
    while (told.length > 0 && asking.length > 0) asking.shift().end(told.shift());
  };
  shop.answers["/next"] = (_, response) => (asking.push(response), match());
  return (step) => (told.push(step), match());
}
