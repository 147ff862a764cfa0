// What is heard of the events that sites emit, in the shapes that Google's and Shopify's documentation has.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import google from "../../js/events/google.js";
import shopify from "../../js/events/shopify.js";

let over;
beforeEach(() => {
  over = new AbortController();
  Object.assign(globalThis, { window: globalThis, reportError: (error) => reported.push(error) });
});
afterEach(() => over.abort());

let reported = [];

/** Follows a source; what is heard, as it crosses into the core. */
function follow(source, options = {}) {
  const heard = [];
  source((...told) => heard.push(JSON.parse(JSON.stringify(told))), over.signal, options);
  return heard;
}

function argumentsOf() {
  return arguments;
}

// What must never be read, wherever a site puts it.
const PRIVATE = { user_data: { email: "ada@example.com" }, user_id: "7", value: 129, currency: "AUD", coupon: "SPRING" };
const ITEM = { item_id: "SKU_12345", item_name: "Linen dress", price: 129, quantity: 1, coupon: "SPRING", location_id: "ChIJ" };

for (const [what, event, given, wanted] of [
  ["page_view", "page_view", { page_title: "Coats", page_location: "https://shop.example/coats", page_referrer: "https://x.example" }, [["pageView", { title: "Coats", url: "https://shop.example/coats" }]]],
  ["page_view without anything", "page_view", undefined, [["pageView", {}]]],
  ["view_item", "view_item", { items: [ITEM] }, [["productView", { sku: "SKU_12345", name: "Linen dress" }]]],
  ["view_item of none", "view_item", {}, []],
  ["view_item_list", "view_item_list", { items: [ITEM, ITEM] }, [["view_item_list"]]],
  ["login", "login", { method: "Google" }, [["login", { method: "Google" }]]],
  ["form_submit", "form_submit", { form_id: "f1", form_name: "newsletter", form_destination: "https://x.example" }, [["formSubmission", { form: "newsletter" }]]],
  ["form_submit with an id alone", "form_submit", { form_id: "f1" }, [["formSubmission", { form: "f1" }]]],
  ["generate_lead", "generate_lead", { lead_source: "trade show" }, [["formSubmission", {}]]],
  ["purchase", "purchase", { transaction_id: "T_1", items: [ITEM] }, [["purchase"]]],
]) {
  test(`Google, ${what}: by gtag and by an object, before and after`, () => {
    const { items, ...own } = { ...given, ...PRIVATE };
    const byTag = () => argumentsOf("event", event, { ...own, ...(items && { items }) });
    const byObject = () => ({ event, ...own, ecommerce: { ...PRIVATE, ...(items && { items }) } });
    for (const entry of [byTag, byObject]) {
      globalThis.dataLayer = [entry()];
      const heard = follow(google);
      assert.deepEqual(heard, wanted);
      dataLayer.push(entry());
      assert.deepEqual(heard, [...wanted, ...wanted]);
    }
  });
}

test("Google, whatever else is pushed tells nothing, and what goes wrong does not reach who pushes", () => {
  globalThis.dataLayer = [null, 5, "event", [], {}, argumentsOf("js", new Date()), argumentsOf("config", "G-1", {}), argumentsOf("set", {}), argumentsOf("consent", "default", {}), { ecommerce: null }];
  const heard = follow(google, { dataLayer: "dataLayer" });
  assert.deepEqual(heard, []);
  reported = [];
  assert.equal(dataLayer.push({ event: "view_item", ecommerce: { items: 5 } }, { event: "login" }), 12);
  assert.deepEqual([heard, reported.length], [[["login", {}]], 1]);
});

test("Google, the layer's own `push` keeps `this`, arguments, answer and text; Tag Manager may wrap it again", () => {
  const seen = [];
  function push(...entries) {
    seen.push([this === own, entries]);
    return 42;
  }
  const own = (globalThis.ownLayer = Object.assign([], { push }));
  const heard = follow(google, { dataLayer: "ownLayer" });
  const { push: ours } = own;
  own.push = function () {
    return ours.apply(this, arguments);
  };
  const entries = [{ event: "login" }, { event: "purchase" }];
  assert.equal(own.push(...entries), 42);
  assert.deepEqual([seen, String(ours)], [[[true, entries]], String(push)]);
  assert.deepEqual(heard, [["login", {}], ["purchase"]]);
  over.abort();
  own.push({ event: "login" });
  assert.equal(heard.length, 2, "it stops with the tracker");
});

test("Shopify, each customer event with where it happened", () => {
  let publish;
  const analytics = { subscribe: (name, listener) => (assert.equal(name, "all_events"), (publish = listener)) };
  const heard = follow(shopify, { analytics });
  const href = "https://fern.example/products/coat";
  const event = (name, data, type = "standard") => ({ id: "sh-1", clientId: "c", seq: 1, timestamp: "2026-11-24T00:00:00Z", name, type, data });
  const context = { document: { title: "Coat", referrer: "", characterSet: "UTF-8", location: { href, pathname: "/products/coat" } }, navigator: {}, window: {} };
  const product = { id: "8266", title: "Coat", vendor: "Fern", type: "coats", url: "/products/coat", untranslatedTitle: "Coat" };
  publish({ ...event("page_viewed", {}), context });
  publish({ ...event("product_viewed", { productVariant: { id: "446", sku: "C-1", title: "M", price: { amount: 9, currencyCode: "AUD" }, image: null, product } }), context });
  publish({ ...event("product_viewed", { productVariant: { id: "447", sku: null, title: null, price: {}, image: null, product } }), context });
  const elements = [{ id: "e", name: "email", type: "email", value: "ada@example.com", tagName: "INPUT" }];
  publish(event("form_submitted", { element: { id: "newsletter", action: "/contact", elements } }, "dom"));
  publish({ ...event("checkout_completed", { checkout: { email: "ada@example.com" } }), context });
  publish({ ...event("own_event", undefined, "custom"), customData: { email: "ada@example.com" } });
  assert.deepEqual(heard, [
    ["pageView", { title: "Coat", url: href }],
    ["productView", { name: "Coat", sku: "C-1", url: href }],
    ["productView", { name: "Coat", sku: null, url: href }],
    ["formSubmission", { form: "newsletter", url: href }],
    ["checkout_completed"],
    ["own_event"],
  ]);
  over.abort();
  publish({ ...event("page_viewed", {}), context });
  assert.equal(heard.length, 6);
});
