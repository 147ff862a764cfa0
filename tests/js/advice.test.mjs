// Settings that pass and do not do what was meant: each rule warns of one, and not of what is nearly the same and right; and none warns
// of what the documentation and the examples write.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { read } from "../../check/page.mjs";
import { dataset, given as settingsOf } from "../../check/tag.mjs";
import { adviceOn } from "../../js/advice/advice.js";
import { OPTIONS } from "../../js/advice/platforms.js";
import { answer } from "../../js/advice/answer.js";
import { sentence } from "../../js/advice/sentence.js";
import { advised } from "../../js/inspection.js";
import { root } from "../../tools/process.mjs";
import { PAGES } from "../docs/snippets.mjs";

const token = () => null;
const RIGHT = { tenant: "acme", token };
const FIXED = { isTag: false, isPublic: false };
const rules = (...all) => ({ policy: { extends: "nothing", rules: all.map((rule, at) => ({ rule: `rule-${at}`, ...rule })) } });
const PUBLIC = { isPublic: true };
const TAG = { tenant: "acme", tokenUrl: "/token" };

/** Each: the setting that is named; what is given and seen, which is wrong; and what is near, and right. */
const CASES = [
  ["tenant", [{ tenant: "your-tenant" }], [{ tenant: "tenant-of-roses" }]],
  ["tenant", [{}, { tags: [TAG] }], [{}, { isTag: true, tags: [TAG] }]],
  ["endpoint", [{ tenant: undefined, endpoint: "https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions" }], [{ tenant: undefined, endpoint: "https://shop.example/omneo" }]],
  ["endpoint", [{ tenant: undefined, endpoint: "http://127.0.0.1:8787" }, PUBLIC], [{ tenant: undefined, endpoint: "http://127.0.0.1:8787" }]],
  ["token", [{ token: undefined }], [{ token: undefined, tokenUrl: "/token" }, { isTag: true }]],
  ["token", [{ token: "eyJ0.e30.c2ln" }], [{ token }]],
  ["tokenUrl", [{ token: undefined, tokenUrl: "/token" }], [{ token, tokenUrl: "/token" }]],
  ["token.shopify.customerId", [{ token: { shopify: { customerId: 7 } } }], [{ token: { shopify: { customer: 7, signature: "0" } } }]],
  ["route", [{ route: "relay" }], [{ tenant: undefined, endpoint: "/", route: "relay" }]],
  ["route", [{ route: { profile: "97e9c263-0f79-4e73-b734-bb19fb453d5d" } }, { ...PUBLIC, isAnybodys: true }], [{ route: { profile: "97e9c263-0f79-4e73-b734-bb19fb453d5d" } }, PUBLIC]],
  ["batch.seconds", [{ batch: { seconds: 5 } }], [{ tenant: undefined, endpoint: "/", route: "relay", batch: { seconds: 5 } }]],
  ["inspect", [{ inspect: true }, PUBLIC], [{ inspect: true }]],
  ["inspect", [{ inspect: "" }, PUBLIC], [{ inspect: "false" }, PUBLIC]],
  ["load", [{ load: "now" }, PUBLIC], [{ load: "now" }]],
  ["consent", [{ consent: "klaro" }, { platforms: ["tcf"] }], [{ consent: { klaro: {} } }, { platforms: ["klaro"] }]],
  ["consent", [{ consent: "klaro" }, { platforms: [] }], [{ consent: "klaro" }]],
  ["consent", [{ consent: { google: {} } }, { platforms: ["shopify"] }], [{ consent: { google: { dataLayer: "own" } } }, { platforms: [] }]],
  ["consent", [{ consent: "granted" }, { platforms: ["onetrust"] }], [{ consent: "granted" }, { platforms: ["google", "shopify"] }]],
  ["consent", [{ consent: ["analytics"] }, { platforms: ["onetrust"] }], [{ consent: "unknown" }, { platforms: ["onetrust"] }]],
  ["consent", [{ consent: "remember" }, { platforms: ["cookiebot"] }], [{ consent: "remember" }, { platforms: ["google", "shopify"] }]],
  ["consent.klaro.services", [{ consent: { klaro: { services: "crm" } } }], [{ consent: { klaro: { service: "crm" } } }]],
  ["consent.tcf.purposes", [{ consent: { tcf: { purposes: "1,5" } } }], [{ consent: { tcf: { purposes: [1, 5] } } }]],
  ["consent.google.dataLayer", layers({ consent: { google: { dataLayer: "layer" } } }, { layer: 0, dataLayer: 2 }), layers({ consent: { google: { dataLayer: "layer" } } }, { layer: 1, dataLayer: 2 })],
  ["events.google.dataLayer", layers({ events: ["shopify", { google: { dataLayer: "layer" } }] }, { layer: 0, dataLayer: 2 }), layers({ events: { google: { dataLayer: "layer" } } }, { layer: 0, dataLayer: 0 })],
  ["namespace", [{ namespace: "kiosk", ...rules({ namespace: ["web-engagement"] }) }], [{ namespace: "kiosk", ...rules({ namespace: ["kiosk"] }) }]],
  ["namespace", [rules({ kind: ["pageView"], namespace: ["shop"] })], [rules({ kind: ["record"], namespace: ["shop"] })]],
  ["channel", [rules({ channel: ["app"] })], [{ channel: "app", ...rules({ channel: ["app"] }) }]],
  ["channel", [{ channel: "email" }], [{ channel: "email", capture: { logins: false } }]],
  ["capture.logins", [{ capture: { logins: true }, ...rules({ kind: ["pageView"] }) }], [{ capture: { pageViews: true }, ...rules({ kind: ["pageView"] }) }]],
  ["capture.forms", [{ capture: { forms: true }, ...rules({ kind: ["record"] }) }], [rules({ kind: ["record"] })]],
  ["clienteling", [{ clienteling: { minutes: 90 }, ...rules({ kind: ["record"] }) }], [{ clienteling: { minutes: 90 }, ...rules({ namespace: ["clienteling"] }, { kind: ["pageView"] }) }]],
  ["clienteling", [{ clienteling: { minutes: 90 }, ...rules({ namespace: ["web-engagement"] }) }], [{ clienteling: { minutes: 90 } }]],
  ["product", [{ product: token, capture: { productViews: false } }], [{ product: token, capture: { pageViews: false } }]],
  ["forms", [{ forms: ["hubspot"], capture: { forms: false } }], [{ forms: [], capture: { forms: false } }]],
  ["policy", [{ policy: { extends: "nothing" } }], [{ policy: {} }]],
  ["policy.query", [{ policy: { query: ["page", "?size="] } }], [{ policy: { query: ["page", "filter[size]"] } }]],
  ["policy.rules[0]", [rules({ kind: ["pageView"], action: ["service"] }, { kind: ["pageView"] })], [rules({ kind: ["pageView"], action: ["view"] })]],
  ["policy.rules[1]", [rules({ kind: ["pageView", "record"] }, { kind: ["pageView"], url: ["/sale/*"] })], [rules({ kind: ["pageView"], url: ["/sale/*"] }, { kind: ["pageView", "record"] })]],
  ["policy.rules[0].fields", [{ capture: { forms: false }, policy: { rules: [{ rule: "club", form: ["club"], fields: ["size"] }] } }], [{ policy: { rules: [{ rule: "club", form: ["club"], fields: ["size"] }] } }]],
  ["policy.rules[0].purpose", [{ consent: "tcf", ...rules({ purpose: "marketing", kind: ["pageView"] }) }], [{ consent: "klaro", ...rules({ purpose: "marketing", kind: ["pageView"] }) }]],
  ["namespace", [{}, { isTag: true, tags: [TAG, { ...TAG, namespace: "kiosk" }] }], [{}, { isTag: true, tags: [TAG, { ...TAG, signedIn: "true" }] }]],
];

function layers(given, filled) {
  return [given, { layer: (name) => filled[name] }];
}

const on = ([given, seen]) => adviceOn({ ...RIGHT, ...given }, { ...FIXED, ...seen });

for (const [at, [setting, wrong, near]] of CASES.entries()) {
  test(`${at}: ${setting}: ${JSON.stringify(wrong[0])}`, () => {
    const advice = on(wrong);
    assert.deepEqual(advice.map((one) => one.setting), [setting]);
    for (const one of advice) {
      const text = `${sentence(one, false)} Mend: ${one.mend}`;
      assert.match(text, new RegExp(`^\`${setting.replaceAll(/[[\].]/g, "\\$&")}\` is .+[.] Mend: .+[.]$`));
      assert.doesNotMatch(text, /\n|undefined|NaN|\[object/);
    }
    assert.deepEqual(on(near), []);
  });
}

const claims = (given) => ["eyJ0", Buffer.from(JSON.stringify(given)).toString("base64url"), "c2ln"].join(".");
const NOW = Date.UTC(2026, 0, 1);
const SOON = NOW / 1000 + 3600;

/** Each: an answer, the setting that is named, what is said. */
const ANSWERS = [
  [{ token: "t", exp: SOON * 1000 }, "token.exp", /in milliseconds/],
  [{ data: { token: "t", exp: SOON - 7200 } }, "token.exp", /has passed/],
  [{ token: "t", exp: new Date(NOW).toISOString() }, "token.exp", /no whole number/],
  [{ token: "t", exp: SOON + 90 * 86_400 }, "token.exp", /is in 90 days/],
  [claims({ pid: "p" }), "token", /without an end/],
  [{ token: claims({ pid: "p", exp: SOON * 1000 }) }, "token", /in milliseconds/],
];

test("an answer of the token source: its end, and nothing of the token", () => {
  for (const [given, setting, said] of ANSWERS) {
    const [one, ...others] = answer(given, NOW);
    assert.deepEqual([one?.setting, others], [setting, []]);
    assert.match(sentence(one, false), said);
    assert.doesNotMatch(JSON.stringify(one), /eyJ|c2ln/);
  }
  const right = [null, undefined, "", { token: null }, { token: "t", exp: SOON }, { token: "t", exp: `${SOON}` }, claims({ pid: "p", exp: SOON }), { data: { token: claims({}), exp: SOON } }, "opaque"];
  for (const given of right) assert.deepEqual([...answer(given, NOW)], [], JSON.stringify(given));
});

test("of a tag, its attribute is named", () => {
  const [one] = adviceOn({ ...TAG, batch: { seconds: 5 } }, { isTag: true });
  assert.match(sentence(one, true), /^`data-batch\.seconds` is 5, /);
});

test("settings that are malformed get none: the tracker refuses them", () => {
  for (const given of [{}, { policy: 7 }, { policy: { rules: [7, null] } }, { policy: { rules: {} } }, { consent: 7 }, { capture: "x" }, { batch: null }, { events: 7 }]) {
    assert.deepEqual(on([given, { isTag: true, platforms: [], layer: () => 0, tags: [] }]), [], JSON.stringify(given));
  }
});

describe("what the documentation and the examples write", () => {
  test("in tags", () => {
    const tags = htmls().flatMap(([where, html]) => read({ text: html }, "https://shop.example/").tags.map(({ attributes }) => [where, attributes]));
    assert.ok(tags.length >= 15, `${tags.length}`);
    for (const [where, attributes] of tags) {
      // The demo and the sandbox are for this machine.
      const isPublic = !where.startsWith("www") && where !== "docs/sandbox.md";
      const advice = adviceOn(settingsOf(attributes), { isTag: true, isPublic, isAnybodys: isPublic, tags: [dataset(attributes)] });
      assert.deepEqual(advice, [], where);
    }
  });

  test("in calls of createTracker", () => {
    const found = PAGES.flatMap((file) => calls(readFileSync(join(root, file), "utf8")).map((given) => [file, given]));
    assert.ok(found.length >= 6, `${found.length}`);
    for (const [where, given] of found) assert.deepEqual(adviceOn(given, { isTag: false, isPublic: given.load !== "now" }), [], where);
  });

  test("as policies", () => {
    const written = PAGES.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(/const policy = (\{[^]*?\});?\n/g)].map(([, literal]) => [file, literal]));
    assert.ok(written.length >= 3, `${written.length}`);
    for (const [where, literal] of written) assert.deepEqual(on([{ policy: new Function(`return ${literal}`)() }]), [], where);
  });
});

// The README, the documentation, the examples and the demo: what is HTML, or has some.
function htmls() {
  const lists = ["examples", "www"].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, `${name}`)));
  const files = [...lists.filter((name) => /\.(html|liquid)$/.test(name) && !/node_modules|www\/docs/.test(name)), ...PAGES];
  return files.map((name) => [name, readFileSync(join(root, name), "utf8").replaceAll(/^```\w*$/gm, "")]);
}

// Those whose settings can be read without the rest of the snippet.
function calls(text) {
  const names = ["tenant", "token", "product", "settings", "fetch"];
  return [...text.matchAll(/createTracker\((\{[^]*?\n?\})\);/g)].flatMap(([, literal]) => {
    try {
      return [new Function(...names, `return ${literal}`)("acme", token, token, {}, token)];
    } catch {
      return [];
    }
  });
}

describe("nothing is loaded", () => {
  const ask = async () => "answer";
  const at = (hostname, given = {}) => {
    globalThis.location = { hostname };
    return advised(ask, { given, isTag: false });
  };

  test("where the address is not this machine's", () => {
    for (const name of ["shop.example", "localhost.shop.example", "127.0.0.1.shop.example", "notlocalhost", "192.168.0.7", ""]) assert.equal(at(name), ask, name);
  });

  test("with `inspect: false`", () => {
    for (const inspect of [false, "false"]) assert.equal(at("localhost", { inspect }), ask);
  });

  test("elsewhere than there; and the answer is the source's own", async () => {
    for (const name of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "shop.localhost"]) {
      const own = at(name);
      assert.notEqual(own, ask, name);
      assert.equal(await own(), "answer");
    }
  });
});

test("each consent platform has its options, and those only", () => {
  assert.deepEqual(Object.keys(OPTIONS).sort(), readdirSync(join(root, "js", "consent")).flatMap((name) => /^(\w+)\.js$/.exec(name)?.[1] ?? []).sort());
  const types = readFileSync(join(root, "js", "omneo-interactions.d.ts"), "utf8").split("export interface Platforms {")[1].split("\n}\n")[0];
  for (const [platform, options] of Object.entries(OPTIONS)) {
    const [, typed] = new RegExp(`\\n  ${platform}\\?: \\{([^]*?)\\};\\n(?=  /\\*\\*|  \\w|$)`).exec(`${types}\n`);
    assert.deepEqual([...typed.matchAll(/(\w+)\?:/g)].map(([, name]) => name), options, platform);
  }
});

test("docs/check.md lists the settings that are warned of, and no others", () => {
  const table = readFileSync(join(root, "docs", "check.md"), "utf8");
  const listed = [...table.matchAll(/^\| `([\w.[\]…]+)` \|/gm)].map(([, setting]) => setting);
  const general = (setting) => setting.replace(/\[\d\]/, "[…]").replace(/^consent\.\w+\.(?!dataLayer)\w+/, "consent.….…").replace(/^token\.shopify\.\w+/, "token.shopify.…").replace(/^capture\.\w+/, "capture.…");
  const warned = [...CASES.map(([setting]) => setting), ...ANSWERS.map(([, setting]) => setting)].map(general);
  assert.deepEqual([...new Set(listed)].sort(), [...new Set(warned)].sort());
});
