// What a setting may name, whichever it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { adapters } from "../../js/adapters.js";

const own = () => {};
const counted = async (...given) => (await adapters(...given)).map((adapter) => typeof adapter);

test("a name, options, a function, and several", async () => {
  assert.deepEqual(await counted("events", undefined), []);
  assert.deepEqual(await counted("events", "google"), ["function"]);
  assert.deepEqual(await counted("events", { google: { dataLayer: "layer" }, shopify: {} }), ["function", "function"]);
  assert.deepEqual(await adapters("events", own), [own]);
  assert.deepEqual(await counted("forms", ["hubspot", { klaviyo: {} }, own]), ["function", "function", "function"]);
});

test("an adapter is given its options, and none where there are none", async () => {
  globalThis.window = globalThis;
  const [adapter] = await adapters("events", { google: { dataLayer: "own" } });
  adapter(own, new AbortController().signal);
  const [usual] = await adapters("events", ["google"]);
  usual(own, new AbortController().signal);
  assert.deepEqual([globalThis.own, globalThis.dataLayer].map(Array.isArray), [true, true]);
});

for (const [setting, wanted, given] of [
  ["events", "segment", '"segment"'],
  ["events", ["google", "toString"], '["google","toString"]'],
  ["events", 7, "7"],
  ["events", [null], "[null]"],
  ["events", { google: {}, segment: {} }, "[object Object]"],
  ["forms", "marketo", '"marketo"'],
  ["forms", [["hubspot"]], '[["hubspot"]]'],
]) {
  test(`${setting}: what nobody knows is a mistake that names it, ${given}`, async () => {
    const names = setting === "events" ? "google, shopify" : "hubspot, klaviyo, mailchimp, typeform";
    await assert.rejects(adapters(setting, wanted), {
      code: "invalid-settings",
      field: setting,
      given,
      accepted: `${names}, a function, or several of these`,
    });
  });
}

test("a consent that names no platform, or several, is left for the tracker to read", async () => {
  for (const consent of [undefined, "granted", "onetrusted", 7, [], ["google"], {}, { google: {}, tcf: {} }]) {
    assert.deepEqual(await adapters("consent", consent), [], JSON.stringify(consent));
  }
  assert.deepEqual(await counted("consent", { google: { type: "ad_storage" } }), ["function"]);
  assert.deepEqual(await adapters("consent", own), [own]);
});
