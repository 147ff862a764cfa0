// The module as it is shipped, and what stands in for it, without a page: that both answer the same, and what becomes of memory.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../tools/process.mjs";

const compiled = new WebAssembly.Module(readFileSync(join(root, "dist", "omneo-interactions.wasm")));
const NOW = 1_764_000_000_000;
const SETTINGS = { tenant: "acme", consent: "granted", policy: { rules: [{ rule: "any", action: ["service"], url: ["*"] }] } };

const at = (path) => pathToFileURL(join(root, "target", path)).href;
let instances = 0;

/** A module of its own: `Handle` makes a tracker, `memory` is what all of them share. */
async function web() {
  const { initSync, Handle } = await import(`${at("web/omneo-interactions.js")}?${(instances += 1)}`);
  const { memory } = initSync({ module: compiled });
  return { Handle, memory };
}

/** The same Rust as JavaScript, as js/fallback.js puts it together. */
async function fallback() {
  const { __wbg_set_wasm, Handle } = await import(at("js/omneo-interactions_bg.js"));
  const { instantiate } = await import(at("js/omneo-interactions.compiled.js"));
  const exports = instantiate();
  __wbg_set_wasm(exports);
  return { Handle, memory: exports.memory };
}

/** A tracker, its clock and its dice in the test's hand. */
function opened({ Handle, memory }, settings = SETTINGS) {
  const open = (text) => new Handle(text, false, false);
  const handle = open(JSON.stringify(settings));
  let count = 0;
  return {
    input: (name, detail = "") => {
      count += 1;
      const lines = [name, `https://shop.example/${count}`, `Page ${count}`, detail].join("\n");
      return JSON.parse(handle.input(lines, NOW + count, new Uint8Array(new Uint32Array(4).fill(count).buffer)));
    },
    bytes: () => memory.buffer.byteLength,
    stop: () => handle.free(),
    mistake: (settings) => {
      try {
        open(settings);
      } catch (mistake) {
        return JSON.parse(mistake).mistake;
      }
    },
  };
}

const instance = async (settings) => opened(await web(), settings);

/** The visit of a customer who does what a page can tell, in an order that the seed decides. */
function* visit(seed, steps) {
  let state = seed;
  const any = (most) => (state = (state * 48_271) % 2_147_483_647) % most;
  const words = () => Array.from({ length: any(5) }, () => "añb c\n日😀".slice(any(4)));
  const record = () => ({ action: "service", channel: "app", signal: any(4) - 1, name: `n${words()}`, namespace: "n", meta: { words: words() } });
  yield ["start"];
  for (let step = 0; step < steps; step += 1) {
    const kept = `${NOW} ${["ada", "?", ""][any(3)]}  {"name":"n","meta":{"event_id":"${step}"}}`;
    yield [
      () => ["pageView", JSON.stringify({ title: `t${words()}`, meta: { words: words() } })],
      () => ["record", JSON.stringify(record())],
      () => ["explain", JSON.stringify(record())],
      () => ["look", ["", "load", "app", "push", "replace", "traverse", "leave"][any(7)]],
      () => [["viewed", "restored"][any(2)]],
      () => ["product", JSON.stringify({ said: [[{ "@type": "Product", name: `p${words()}`, productID: any(9) }]] })],
      () => ["shown", JSON.stringify({ name: `p${words()}`, productId: 1 + any(9) })],
      () => ["submitted", JSON.stringify(["form", "Form", [["size", "", "Size", "text", ""]]])],
      () => ["clienteling", JSON.stringify({ staffId: 1 + any(9) })],
      () => ["login", "{}"],
      () => ["token", JSON.stringify([`${1 + any(step)}`, any(4) ? { token: `t${any(9)}` } : null])],
      () => ["answered", JSON.stringify([1 + any(step), [201, 401, 422, 503, 0][any(5)], "", "{}"])],
      () => ["adopt", JSON.stringify([[`${step}`, kept]])],
      () => ["recalled", JSON.stringify([`${NOW} 0 ada`, `${NOW} ? {"staff_id":${any(9)}}`])],
      () => ["taken", JSON.stringify([`${any(step)}`])],
      () => ["consent", ["granted", "granted", "unknown", "denied", '["ads"]'][any(5)]],
      () => ["flush"],
      () => ["leaving"],
      () => [["signOut", "online", "woke", "unkept"][any(4)]],
    ][any(19)]();
  }
}

const without = !existsSync(join(root, "dist", "fallback.js")) && "there is no fallback here";

test("what stands in for the module answers the same, also when its memory has grown", { skip: without }, async () => {
  for (const seed of [1, 20, 300]) {
    const [module, other] = [opened(await web()), opened(await fallback())];
    const before = other.bytes();
    for (const [name, detail] of visit(seed, 400)) {
      assert.equal(JSON.stringify(other.input(name, detail)), JSON.stringify(module.input(name, detail)), `${seed} ${name} ${detail}`);
    }
    // Larger than all that there is: the answer lies in memory that was not there when the call began.
    const heavy = JSON.stringify({ action: "service", channel: "app", signal: 0, name: "é".repeat(before / 2), namespace: "n" });
    assert.equal(JSON.stringify(other.input("explain", heavy)), JSON.stringify(module.input("explain", heavy)));
    assert.ok(other.bytes() > before, `${other.bytes()}`);
  }
});

test("ten thousand records leave the memory as it was after the first two thousand", async () => {
  const page = await instance();
  const round = () => {
    for (let count = 0; count < 1_000; count += 1) page.input("pageView", '{"meta":{"a":"b"}}');
    return page.bytes();
  };
  round();
  const after = round();
  for (let rounds = 0; rounds < 8; rounds += 1) assert.equal(round(), after, "with a full queue of 500");
  assert.ok(after < 2 * 2 ** 20, `${after}`);
});

test("a thousand trackers that are stopped leave the memory as the first hundred did", async () => {
  const module = await web();
  const hundred = () => {
    for (let count = 0; count < 100; count += 1) {
      const page = opened(module);
      for (const [name, detail] of visit(1 + count, 10)) page.input(name, detail);
      page.stop();
    }
    return module.memory.buffer.byteLength;
  };
  const after = hundred();
  for (let rounds = 0; rounds < 9; rounds += 1) assert.equal(hundred(), after);
});

const deep = (depth) => "[".repeat(depth) + "]".repeat(depth);
const many = (count, one) => Array.from({ length: count }, (_, at) => one(at));
const TOKEN = "e30.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";
const RECORD = { action: "service", channel: "app", signal: 0, name: "n", namespace: "n" };

test("nothing is deep enough to leave the stack", async () => {
  for (const depth of [127, 128, 129, 4_100, 100_000]) {
    const nodes = [`{"@type":${deep(depth)},"name":"x"}`, `${'{"@graph":['.repeat(depth)}1${"]}".repeat(depth)}`, deep(depth)];
    const inputs = [
      ...nodes.map((node) => ["product", `{"said":[[${node}]]}`]),
      ["record", JSON.stringify({ ...RECORD, meta: { deep: 0 } }).replace("0}}", `${deep(depth)}}}`)],
      ["answered", JSON.stringify([1, 200, "", deep(depth)])],
      ["adopt", JSON.stringify([["7", `1 ada  {"meta":{"event_id":"7","deep":${deep(depth)}}}`]])],
      ["token", `["1",{"data":${deep(depth)}}]`],
      ["consent", deep(depth)],
      ["submitted", `["f","F","",${deep(depth)}]`],
    ];
    const page = await instance();
    for (const [name, detail] of inputs) {
      const taken = page.input(name, detail);
      assert.equal(Boolean(taken.mistake), ["record", "consent"].includes(name), `${name}, ${depth} deep: ${JSON.stringify(taken)}`);
    }
    assert.equal(page.input("pageView", "{}").mistake, undefined, `and the page goes on, ${depth}`);
    for (const settings of [`{"tenant":${deep(depth)}}`, `{"tenant":"acme","policy":${deep(depth)}}`, `{"tenant":"acme","policy":{"rules":${deep(depth)}}}`]) {
      assert.ok((await instance()).mistake(settings), settings.slice(0, 50));
    }
  }
});

test("nothing is large enough to take the memory of a page", async () => {
  // Of what storage has, each record that finds no room is told.
  const inputs = {
    "a record of unknown names": [8, "record", JSON.stringify({ ...RECORD, ...Object.fromEntries(many(100_000, (at) => [`a${at}`, 1])) })],
    "a name": [8, "productView", JSON.stringify({ name: "x".repeat(5e6) })],
    "what storage has": [32, "adopt", JSON.stringify(many(20_000, (at) => [`i${at}`, `${NOW + at} ada  {"meta":{"event_id":"i${at}"}}`]))],
    "a token": [8, "token", JSON.stringify(["1", `e30.${"a".repeat(5e6)}`])],
  };
  for (const [what, [times, name, detail]] of Object.entries(inputs)) {
    const page = await instance();
    page.input("pageView", "{}");
    page.input(name, detail);
    assert.ok(page.bytes() < 2 ** 20 + times * detail.length, `${what}: ${page.bytes()} for ${detail.length}`);
    assert.equal(page.input("pageView", "{}").mistake, undefined, `and the page goes on behind ${what}`);
  }
});

test("a relay's answer takes no more than its memory, however many records it is for", async () => {
  const page = await instance({ tenant: "acme", consent: "granted", route: "relay", batch: { records: 100, seconds: 60 }, capture: { logins: false } });
  for (let count = 0; count < 99; count += 1) page.input("pageView", "{}");
  page.input("token", JSON.stringify(["1", TOKEN]));
  const sent = page.input("flush").effects.find(([name]) => name === "request");
  assert.equal(JSON.parse(sent[5]).length, 99);
  const answer = JSON.stringify(many(200_000, (at) => ({ event_id: `000000${at}`, status: 201 })));
  page.input("answered", JSON.stringify([sent[1], 200, "", answer]));
  assert.ok(page.bytes() < 2 ** 20 + 8 * answer.length, `${page.bytes()}`);
});

test("a title of 300 MB ends no module, and neither does anything else of that size", async () => {
  globalThis.__FALLBACK__ = false;
  const { input, load, open } = await import(join(root, "js", "module.js"));
  await load(compiled);
  const { tracker } = open(JSON.stringify(SETTINGS), assert.fail, false, false);
  const large = "x".repeat(300 << 20);
  assert.ok(input(tracker, `pageView\nhttps://shop.example/\n${large}\n{}`).mistake, "what cannot be told is a mistake");
  assert.ok(input(tracker, `record\nhttps://shop.example/\nTitle\n{"name":"${large}"}`).mistake);
  assert.equal(input(tracker, "pageView\nhttps://shop.example/\nTitle\n{}").mistake, undefined);
});
