// What each platform's word means, case by case, also those that no banner can be clicked into: what platforms say is written
// here as their documentation has it. `tests/e2e/platforms.test.mjs` clicks through the platforms themselves.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import cookiebot from "../../js/consent/cookiebot.js";
import google from "../../js/consent/google.js";
import gpp from "../../js/consent/gpp.js";
import klaro from "../../js/consent/klaro.js";
import onetrust from "../../js/consent/onetrust.js";
import shopify from "../../js/consent/shopify.js";
import tcf from "../../js/consent/tcf.js";

let over;

beforeEach(() => {
  over = new AbortController();
  const target = new EventTarget();
  Object.assign(globalThis, {
    window: globalThis,
    document: target,
    addEventListener: target.addEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
  });
});
afterEach(() => over.abort());

/** Starts to follow a platform; `changes` counts how often it spoke up, `list` has the purposes behind the word. */
function follow(platform, options = {}) {
  const source = { changes: 0 };
  source.list = platform(() => source.changes++, over.signal, options);
  source.read = () => (Array.isArray(source.list()) ? "granted" : source.list());
  return source;
}

const vendors = (...ids) => Object.fromEntries(ids.map((id) => [id, true]));

// What a CMP hands to its listeners, in the shape of TCF 2.2's TCData.
const tcData = (data) => ({
  listenerId: 1,
  eventStatus: "useractioncomplete",
  gdprApplies: true,
  purpose: { consents: vendors(1, 5, 8), legitimateInterests: {} },
  vendor: { consents: {}, legitimateInterests: {}, disclosedVendors: {} },
  publisher: { consents: {}, legitimateInterests: {}, restrictions: {} },
  ...data,
});

for (const [what, data, options, wanted] of [
  ["all purposes", {}, {}, "granted"],
  ["a purpose is missing", { purpose: { consents: vendors(1, 5) } }, {}, "denied"],
  ["no purpose", { purpose: { consents: {} } }, {}, "denied"],
  ["other purposes are asked for", { purpose: { consents: vendors(1, 9) } }, { purposes: [1, 9] }, "granted"],
  ["the dialog is open, whatever is in it", { eventStatus: "cmpuishown" }, {}, "unknown"],
  ["it is loaded from an earlier visit", { eventStatus: "tcloaded" }, {}, "granted"],
  ["not known whether the GDPR applies", { gdprApplies: undefined }, {}, "unknown"],
  ["the GDPR does not apply", { gdprApplies: false, purpose: undefined, vendor: undefined, publisher: undefined }, {}, "granted"],
  ["the GDPR does not apply, and the site waits all the same", { gdprApplies: false }, { elsewhere: "unknown" }, "unknown"],
  ["the publisher was refused", { publisher: { consents: { 1: true, 5: false, 8: true }, restrictions: {} } }, {}, "denied"],
  ["the publisher's answer is not asked for", { publisher: { consents: { 1: false }, restrictions: {} } }, { publisher: false }, "granted"],
  ["the vendor was refused", {}, { vendor: 7 }, "denied"],
  ["the vendor was accepted", { vendor: { consents: vendors(7), disclosedVendors: vendors(7) } }, { vendor: 7 }, "granted"],
  ["the vendor was not disclosed", { vendor: { consents: vendors(7), disclosedVendors: { 7: false } } }, { vendor: 7 }, "denied"],
  [
    "the publisher forbids a purpose to the vendor",
    { vendor: { consents: vendors(7) }, publisher: { restrictions: { 5: { 7: 0 } } } },
    { vendor: 7 },
    "denied",
  ],
]) {
  test(`TCF, ${what}: ${wanted}`, () => {
    let listener;
    globalThis.__tcfapi = (command, version, callback) => {
      assert.deepEqual([command, version], ["addEventListener", 2]);
      listener = callback;
    };
    const source = follow(tcf, options);
    assert.equal(source.read(), "unknown", "silent");
    listener(tcData(data), true);
    assert.equal(source.read(), wanted);
  });
}

test("TCF, a dialog that opens again takes nothing back before the visitor did", () => {
  let listener;
  const calls = [];
  globalThis.__tcfapi = (command, version, callback, id) => (calls.push([command, id]), (listener ??= callback));
  const source = follow(tcf);
  source.read();
  listener(tcData({}), true);
  listener(tcData({ eventStatus: "cmpuishown", purpose: { consents: {} } }), true);
  assert.equal(source.read(), "granted");
  listener(tcData({ purpose: { consents: {} } }), true);
  assert.equal(source.read(), "denied");
  over.abort();
  listener(tcData({}), true);
  assert.deepEqual(calls, [["addEventListener", undefined], ["removeEventListener", 1]], "and it stops with the tracker");
});

const ping = (data) => ({ eventName: "signalStatus", listenerId: 1, pingData: { signalStatus: "ready", applicableSections: [7], ...data } });

for (const [what, data, options, wanted] of [
  ["not ready", { signalStatus: "not ready", parsedSections: { usnat: { SaleOptOut: 2 } } }, {}, "unknown"],
  ["nobody opted out", { parsedSections: { usnat: { SaleOptOut: 2, SharingOptOut: 0 } } }, {}, "granted"],
  ["opted out of sale", { parsedSections: { usnat: { SaleOptOut: 1 } } }, {}, "denied"],
  ["opted out of sharing", { parsedSections: { usca: { SaleOptOut: 2, SharingOptOut: 1 } } }, {}, "denied"],
  ["opted out of advertising", { parsedSections: { usva: { TargetedAdvertisingOptOut: 1 } } }, {}, "denied"],
  ["opted out in the oldest of the sections", { parsedSections: { uspv1: { OptOutSale: "Y" } } }, {}, "denied"],
  ["Global Privacy Control, in a segment of its own", { parsedSections: { usnat: [{ SaleOptOut: 2 }, { Gpc: true }] } }, {}, "denied"],
  ["Europe, purposes given", { parsedSections: { tcfeuv2: { PurposeConsents: Array(24).fill(true) } } }, {}, "granted"],
  ["Europe, one is not", { parsedSections: { tcfeuv2: { PurposeConsents: [true, true, true, true, false, true, true, true] } } }, {}, "denied"],
  ["Canada, purposes given", { parsedSections: { tcfcav1: { PurposesExpressConsent: Array(24).fill(true) } } }, {}, "granted"],
  ["two sections, and one declines", { parsedSections: { usnat: { SaleOptOut: 2 }, usca: { SaleOptOut: 1 } } }, {}, "denied"],
  ["no section applies", { applicableSections: [-1], parsedSections: {} }, {}, "granted"],
  ["no section applies, and the site waits all the same", { applicableSections: [-1], parsedSections: {} }, { elsewhere: "unknown" }, "unknown"],
  ["ready and empty", { parsedSections: {} }, {}, "unknown"],
]) {
  test(`GPP, ${what}: ${wanted}`, () => {
    globalThis.__gpp = (command, callback) => callback(ping(data), true);
    assert.equal(follow(gpp, options).read(), wanted);
  });
}

for (const [what, entries, wanted] of [
  ["nothing said", [], "unknown"],
  ["denied by default", [["consent", "default", { analytics_storage: "denied" }]], "unknown"],
  ["granted by default", [["consent", "default", { analytics_storage: "granted" }]], "granted"],
  [
    "granted by default and denied in some regions",
    [
      ["consent", "default", { analytics_storage: "denied", region: ["DE"] }],
      ["consent", "default", { analytics_storage: "granted" }],
    ],
    "unknown",
  ],
  ["granted", [["consent", "default", { analytics_storage: "denied" }], ["consent", "update", { analytics_storage: "granted" }]], "granted"],
  ["taken back", [["consent", "update", { analytics_storage: "granted" }], ["consent", "update", { analytics_storage: "denied" }]], "denied"],
  ["an update of something else", [["consent", "update", { ad_storage: "granted" }]], "unknown"],
  ["other entries", [["js", new Date()], { event: "consent" }, null, "consent", ["consent"], ["consent", "update"]], "unknown"],
]) {
  test(`Google, ${what}: ${wanted}, whether it was said before or after`, () => {
    const push = (layer) => entries.forEach((entry) => layer.push(Array.isArray(entry) ? argumentsOf(...entry) : entry));
    const before = (globalThis.dataLayer = []);
    push(before);
    assert.equal(follow(google).read(), wanted);
    const after = (globalThis.dataLayer = []);
    const source = follow(google);
    push(after);
    assert.equal(source.read(), wanted);
    assert.equal(after.length, entries.length);
  });
}

function argumentsOf() {
  return arguments;
}

test("Google, the layer's own `push` keeps its `this`, arguments and answer", () => {
  const seen = [];
  const layer = (globalThis.dataLayer = Object.assign([], {
    push(...entries) {
      seen.push([this === layer, entries]);
      return 42;
    },
  }));
  const source = follow(google);
  assert.equal(layer.push({ event: "a" }, argumentsOf("consent", "update", { analytics_storage: "granted" })), 42);
  assert.equal(seen.length, 1);
  assert.equal(seen[0][0], true);
  assert.equal(source.read(), "granted");
});

for (const [what, { status = "loaded", analytics = "", allowed }, wanted] of [
  ["allowed while nothing has loaded", { status: "not_loaded", allowed: true }, "unknown"],
  ["not asked where it must be", { allowed: false }, "unknown"],
  ["not asked where it need not be", { allowed: true }, "granted"],
  ["yes", { analytics: "yes", allowed: true }, "granted"],
  ["no", { analytics: "no", allowed: false }, "denied"],
  ["no, though processing is said to be allowed", { analytics: "no", allowed: true }, "denied"],
]) {
  test(`Shopify, ${what}: ${wanted}`, () => {
    globalThis.Shopify = {
      loadFeatures: (features, done) => done(),
      customerPrivacy: {
        consentStatus: status,
        currentVisitorConsent: () => ({ analytics }),
        analyticsProcessingAllowed: () => allowed,
        marketingAllowed: () => false,
        preferencesProcessingAllowed: () => true,
        saleOfDataAllowed: () => false,
      },
    };
    assert.equal(follow(shopify).read(), wanted);
  });
}

test("Shopify, which answers at once, is asked once, and again where it was not there", () => {
  let asked = 0;
  delete globalThis.Shopify;
  const source = [];
  const read = shopify(() => source.push(read()), new AbortController().signal, {});
  assert.throws(read, ReferenceError);
  globalThis.Shopify = { loadFeatures: (features, done) => ((asked += 1), done()), customerPrivacy: { consentStatus: "loading" } };
  assert.deepEqual([read(), source, asked], ["unknown", ["unknown"], 1]);
  assert.deepEqual([read(), asked], ["unknown", 1]);
});

for (const [what, manager, wanted] of [
  ["on by default, before anybody was asked", { confirmed: false, savedConsents: { omneo: true } }, "unknown"],
  ["a switch that is not saved yet", { confirmed: true, savedConsents: { omneo: false }, consents: { omneo: true } }, "denied"],
  ["accepted", { confirmed: true, savedConsents: { omneo: true } }, "granted"],
  ["no such service", { confirmed: true, savedConsents: { other: true } }, "denied"],
]) {
  test(`klaro, ${what}: ${wanted}`, () => {
    globalThis.klaro = { getManager: () => ({ watch() {}, unwatch() {}, ...manager }) };
    assert.equal(follow(klaro).read(), wanted);
  });
}

test("Cookiebot, implied consent is no choice", () => {
  globalThis.Cookiebot = { hasResponse: true, consent: { statistics: true, method: "implied" } };
  assert.equal(follow(cookiebot).read(), "unknown");
  Cookiebot.consent.method = "explicit";
  assert.equal(follow(cookiebot).read(), "granted");
  assert.equal(follow(cookiebot, { category: "marketing" }).read(), "denied");
});

test("OneTrust, what is on by default is no choice, and both its events are heard", () => {
  let closed = false;
  Object.assign(globalThis, { OneTrust: { IsAlertBoxClosed: () => closed }, OnetrustActiveGroups: ",C0001,C0002," });
  const source = follow(onetrust);
  assert.equal(source.read(), "unknown");
  closed = true;
  assert.equal(source.read(), "granted");
  assert.equal(follow(onetrust, { group: "C0004" }).read(), "denied");
  for (const event of ["OneTrustGroupsUpdated", "consent.onetrust"]) dispatchEvent(new Event(event));
  assert.equal(source.changes, 2);
});

test("what the visitor agreed to is named in the platform's own words", () => {
  globalThis.__tcfapi = (command, version, callback) => callback(tcData({ purpose: { consents: { 1: true, 2: false, 5: true, 8: true } } }), true);
  assert.deepEqual(read(tcf), ["1", "5", "8"]);
  globalThis.dataLayer = [argumentsOf("consent", "update", { analytics_storage: "granted", ad_storage: "denied", ad_user_data: "granted" })];
  assert.deepEqual(read(google), ["analytics_storage", "ad_user_data"]);
  globalThis.klaro = { getManager: () => ({ watch() {}, confirmed: true, savedConsents: { omneo: true, ads: false, chat: true } }) };
  assert.deepEqual(read(klaro), ["omneo", "chat"]);
  globalThis.Cookiebot = { hasResponse: true, consent: { statistics: true, preferences: true, marketing: false, method: "explicit" } };
  assert.deepEqual(read(cookiebot), ["preferences", "statistics"]);
  Object.assign(globalThis, { OneTrust: { IsAlertBoxClosed: () => true }, OnetrustActiveGroups: ",C0001,C0002," });
  assert.deepEqual(read(onetrust), ["C0001", "C0002"]);
});

const read = (platform) => follow(platform).list();
