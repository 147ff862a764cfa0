// Records that cannot be are refused with the field named: in the browser and by the sandbox, in the same words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

const VALID = { action: "view", channel: "website", signal: 0, name: "Viewed page", namespace: "web-engagement" };

/** What each field cannot be. */
const WRONG = {
  action: ["buy", "View", "", " view", 1, true, ["view"], null],
  channel: ["web", "WEBSITE", "", 0, {}, null],
  signal: [2, -2, 0.5, "positive", true, [], null],
  name: ["", "   ", "x".repeat(256), 7, ["a"], null],
  namespace: ["", "web engagement", "naïve", "a/b", "x".repeat(256), 7, null],
  description: [7, [], {}, false],
  url: [7, [], "x".repeat(2049)],
  duration: [-1, -0.001, "soon", "", true, [], "1e999"],
  latitude: [-90.0001, 91, 180, "north", "", true, {}],
  longitude: [-180.5, 181, 1e9, "east", false],
  interacted_at: ["", "now", "2026-13-01", "2026-02-30", "23/11/2026", "2026-11-23T25:00:00Z", 1764000000, true],
  location_id: [0, -1, 1.5, "seven", "", true, 9007199254740992],
  product_id: [0, -1, 1.5, "shirt", [1], {}],
  product_variant_id: [0, "S", -7, 0.1],
  product_category_id: [0, "dresses", "1e3"],
  staff_id: [0, "Morgan", false, "-1"],
  organisation_id: [0, "acme", [7]],
  tags: ["sale", 7, [""], [7], ["ok", null], [["x"]], ["x".repeat(256)], {}],
  meta: ["x", 7, [1], true],
  colour: ["red", 0],
  productId: [1001],
};

const cases = Object.entries(WRONG).flatMap(([field, values]) => values.map((value) => ({ field, record: { ...VALID, [field]: value } })));
for (const field of ["action", "channel", "signal", "name", "namespace"]) {
  const { [field]: _, ...record } = VALID;
  cases.push({ field, record });
}
cases.push({ field: "interacted_id", record: { ...VALID, interacted_type: "order" } });
cases.push({ field: "interacted_type", record: { ...VALID, interacted_id: 7 } });
cases.push({ field: "interacted_type", record: { ...VALID, interacted_type: "App\\Order", interacted_id: 7 } });
cases.push({ field: "interacted_id", record: { ...VALID, interacted_type: "order", interacted_id: "" } });
cases.push({ field: "interaction", record: [1] }, { field: "interaction", record: "view" }, { field: "interaction", record: 7 });
cases.push({ field: "interaction", record: { ...VALID, description: "x".repeat(40_000) } });
cases.push(...generated(60));

test(`${name}: ${cases.length} invalid records, one message each on both sides`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const told = await visitor.run(
    `const records = JSON.parse(given[0]);
     const { createTracker, OmneoError } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => null });
     return records.map((record) => {
       try {
         tracker.record(record);
         return { message: "recorded" };
       } catch (error) {
         const { code, field, given, accepted, message } = error;
         return { ours: error instanceof OmneoError, code, field, given, accepted, message };
       }
     });`,
    // As text: a driver may round numbers.
    JSON.stringify(cases.map(({ record }) => record)),
  );
  assert.ok(cases.length > 100);
  for (const [at, { field, record }] of cases.entries()) {
    const { message, ...error } = told[at];
    const what = JSON.stringify(record).slice(0, 200);
    assert.deepEqual([error.ours, error.code, error.field], [true, "invalid-interaction", field], what);
    assert.ok(message.startsWith(`\`${field}\` is ${error.given || "missing"}; accepted: ${error.accepted}`), message);
    const { status, body } = await sandbox.call("POST", `/api/v3/profiles/${ADA}/interactions`, record);
    assert.equal(status, 422, what);
    assert.equal(body.errors[field][0], message, what);
  }
  assert.deepEqual(await sandbox.interactions(), []);
});

test(`${name}: what JSON cannot write is named in the browser`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const messages = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => null });
     const round = {}; round.round = round;
     const valid = ${JSON.stringify(VALID)};
     return [{ ...valid, duration: NaN }, { ...valid, latitude: Infinity }, { ...valid, meta: { round } }, { ...valid, meta: { big: 1n } }].map((record) => {
       try { tracker.record(record) } catch (error) { return [error.code, error.field, error.message] }
     });`,
  );
  assert.deepEqual(messages[0], ["invalid-interaction", "duration", '`duration` is "NaN"; accepted: a finite number of seconds, 0 or more']);
  assert.deepEqual(messages[1], ["invalid-interaction", "latitude", '`latitude` is "Infinity"; accepted: a number from -90 to 90']);
  for (const [code, field] of messages.slice(2)) assert.deepEqual([code, field], ["invalid-call", "argument"]);
});

test(`${name}: a wrong setting rejects, and the page goes on`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const told = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const token = () => null;
     const all = [undefined, {}, { token }, { token: "secret", tenant: "acme" }, { token, tenant: "acme", batch: { records: 0 } }, { token, tenant: "acme", apiKey: 1 }, { token, endpoint: "http://shop.example" }];
     return Promise.all(all.map((settings) => createTracker(settings).catch(({ name, code, message }) => [name, code, message])));`,
  );
  const wrong = (message) => ["OmneoError", "invalid-settings", message];
  const noToken = "`token` is missing; accepted: a function that answers a token, or null where nobody is signed in, or {shopify}";
  assert.deepEqual(told, [
    wrong(noToken),
    wrong(noToken),
    wrong("`tenant` is missing; accepted: either tenant or endpoint"),
    wrong(noToken.replace("missing", '"secret"')),
    wrong("`batch.records` is 0; accepted: a number from 1 to 100"),
    wrong("`apiKey` is 1; accepted: tenant, endpoint, route, namespace, channel, consent, globalPrivacyControl, doNotTrack, policy, capture, clienteling, batch"),
    wrong('`endpoint` is "http://shop.example/"; accepted: an https address, or http on this machine'),
  ]);
});

/** Records with one field wrong in a way that the field's sort of value can be, from a seeded generator. */
function generated(count) {
  let seed = 20261123;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const word = () => Array.from({ length: 1 + random(12) }, () => String.fromCodePoint(0x61 + random(26))).join("");
  const makers = [
    () => ["action", `${word()}!`],
    () => ["channel", `${word()}-${random(99)}`],
    () => ["signal", 2 + random(1e6)],
    () => ["namespace", `${word()} ${word()}`],
    () => ["duration", -1 - random(1e6) / 7],
    () => ["latitude", (91 + random(1e5) / 3) * (random(2) ? 1 : -1)],
    () => ["longitude", (181 + random(1e5) / 3) * (random(2) ? 1 : -1)],
    () => ["interacted_at", `${word()} ${random(2030)}`],
    () => ["product_id", random(1e6) + 0.5],
    () => ["staff_id", word()],
    () => ["tags", [word(), random(9)]],
    () => ["meta", word()],
    () => [`${word()}_${word()}`, word()],
  ];
  return Array.from({ length: count }, () => {
    const [field, value] = makers[random(makers.length)]();
    return { field, record: { ...VALID, [field]: value } };
  });
}
