// The module as it is shipped, without a page: what becomes of its memory, which it never gives back piece by piece.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";

const compiled = new WebAssembly.Module(readFileSync(join(root, "dist", "omneo-interactions.wasm")));
const NOW = 1_764_000_000_000;
const SETTINGS = { tenant: "acme", consent: "granted", policy: { rules: [{ rule: "any", action: ["service"], url: ["*"] }] } };

/** A module of its own, its clock and its dice in the test's hand; `js/module.js` is how a page goes through the same door. */
function instance(settings = SETTINGS) {
  const core = new WebAssembly.Instance(compiled).exports;
  let count = 0;
  const call = (name, text, ...given) => {
    const bytes = new TextEncoder().encode(text);
    const room = core.room(16 + bytes.length);
    new Uint32Array(core.memory.buffer, room, 4).fill(count);
    new Uint8Array(core.memory.buffer).set(bytes, room + 16);
    const answer = core[name](room, bytes.length, ...given);
    const from = new Uint8Array(core.memory.buffer, answer);
    return JSON.parse(new TextDecoder().decode(from.subarray(0, from.indexOf(0))));
  };
  const open = (settings) => call("open", settings, 0, 0);
  const { answer: tracker } = open(JSON.stringify(settings));
  return {
    open,
    input: (name, detail = "") => {
      count += 1;
      return call("input", [name, `https://shop.example/${count}`, `Page ${count}`, detail].join("\n"), tracker, NOW + count);
    },
    bytes: () => core.memory.buffer.byteLength,
  };
}

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

test("a tracker that is written anew all the time answers the same as one that stays where it is", () => {
  for (const seed of [1, 20, 300]) {
    const [still, moving] = [instance(), instance()];
    const heavy = JSON.stringify({ words: "x".repeat(200_000) });
    const before = still.bytes();
    for (const [name, detail] of visit(seed, 400)) {
      const wanted = JSON.stringify([still.input("nothing", ""), still.input(name, detail)]);
      // Over a quarter of a megabyte: what is no longer needed is taken for something else at the next call.
      assert.equal(JSON.stringify([moving.input("nothing", heavy), moving.input(name, detail)]), wanted, `${seed} ${name} ${detail}`);
    }
    assert.ok(still.bytes() < before + 2 ** 20, `${still.bytes()}`);
  }
});

test("ten thousand records leave the memory as it was after the first thousand", () => {
  const page = instance();
  const round = () => {
    for (let count = 0; count < 1_000; count += 1) page.input("pageView", '{"meta":{"a":"b"}}');
    return page.bytes();
  };
  round();
  const after = Math.max(round(), round());
  for (let rounds = 0; rounds < 7; rounds += 1) assert.equal(round(), after, "with a full queue of 500");
  assert.ok(after < 3 * 2 ** 20, `${after}`);
});

const deep = (depth) => "[".repeat(depth) + "]".repeat(depth);
const many = (count, one) => Array.from({ length: count }, (_, at) => one(at));
const TOKEN = "e30.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";
const RECORD = { action: "service", channel: "app", signal: 0, name: "n", namespace: "n" };

test("nothing is deep enough to leave the stack", () => {
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
    const page = instance();
    for (const [name, detail] of inputs) {
      const taken = page.input(name, detail);
      assert.equal(Boolean(taken.mistake), ["record", "consent"].includes(name), `${name}, ${depth} deep: ${JSON.stringify(taken)}`);
    }
    assert.equal(page.input("pageView", "{}").mistake, undefined, `and the page goes on, ${depth}`);
    for (const settings of [`{"tenant":${deep(depth)}}`, `{"tenant":"acme","policy":${deep(depth)}}`, `{"tenant":"acme","policy":{"rules":${deep(depth)}}}`]) {
      assert.ok(instance().open(settings).mistake, settings.slice(0, 50));
    }
  }
});

test("nothing is large enough to take the memory of a page", () => {
  // Of what storage has, each record that finds no room is told.
  const inputs = {
    "a record of unknown names": [8, "record", JSON.stringify({ ...RECORD, ...Object.fromEntries(many(100_000, (at) => [`a${at}`, 1])) })],
    "a name": [8, "productView", JSON.stringify({ name: "x".repeat(5e6) })],
    "what storage has": [32, "adopt", JSON.stringify(many(20_000, (at) => [`i${at}`, `${NOW + at} ada  {"meta":{"event_id":"i${at}"}}`]))],
    "a token": [8, "token", JSON.stringify(["1", `e30.${"a".repeat(5e6)}`])],
  };
  for (const [what, [times, name, detail]] of Object.entries(inputs)) {
    const page = instance();
    page.input("pageView", "{}");
    page.input(name, detail);
    assert.ok(page.bytes() < 2 ** 20 + times * detail.length, `${what}: ${page.bytes()} for ${detail.length}`);
    assert.equal(page.input("pageView", "{}").mistake, undefined, `and the page goes on behind ${what}`);
  }
});

test("a relay's answer is read once, however much it is and however many records it is for", () => {
  const page = instance({ tenant: "acme", consent: "granted", route: "relay", batch: { records: 100, seconds: 60 }, capture: { logins: false } });
  for (let count = 0; count < 99; count += 1) page.input("pageView", "{}");
  page.input("token", JSON.stringify(["1", TOKEN]));
  const sent = page.input("flush").effects.find(([name]) => name === "request");
  assert.equal(JSON.parse(sent[5]).length, 99);
  // The memory tells it: nothing is given back within a call.
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
