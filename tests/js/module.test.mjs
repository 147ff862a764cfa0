// The module as it is shipped, and what stands in for it, on a page that has nothing but an address, a title and a clock: that both do the
// same, and what becomes of memory.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { root } from "../../tools/process.mjs";

const compiled = new WebAssembly.Module(readFileSync(join(root, "dist", "omneo-interactions.wasm")));
const NOW = 1_764_000_000_000;
const SETTINGS = { tenant: "acme", consent: "granted", policy: { rules: [{ rule: "any", action: ["service"], url: ["*"] }] } };

/** What the modules find of a page. Each call is one tick later, and throws the dice anew. */
const page = { title: "Shop", ticks: 0 };
const { setTimeout } = globalThis;
Object.assign(globalThis, {
  Document: class {
    get title() {
      return page.title;
    }
    get readyState() {
      return "complete";
    }
  },
  window: globalThis,
  location: { href: "https://shop.example/" },
  // What a tracker still waits for ends with this process.
  setTimeout: (...given) => setTimeout(...given).unref(),
  // What browsers call it as well.
  webkitURL: URL,
  BroadcastChannel: class extends EventTarget {
    postMessage() {}
    close() {}
  },
});
globalThis.document = new globalThis.Document();
Date.now = () => NOW + page.ticks;
Object.defineProperty(globalThis, "crypto", { value: { getRandomValues: dice } });

// Each word another one, thrown in whatever amount.
function dice(bytes) {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) words.setUint32(at, page.ticks * 4_096 + at);
  return bytes;
}

const at = (path) => pathToFileURL(join(root, "target", path)).href;
let instances = 0;

/** A module of its own: `Handle` makes a tracker, `memory` is what all of them share. */
async function web() {
  const { initSync, Handle } = await import(`${at("web/omneo-interactions.js")}?${(instances += 1)}`);
  const exports = Object.values(initSync({ module: compiled }));
  return { Handle, memory: exports.find((one) => one instanceof WebAssembly.Memory) };
}

/** The same Rust as JavaScript, as js/fallback.js puts it together. */
async function fallback() {
  const { __wbg_set_wasm, Handle } = await import(at("js/omneo-interactions_bg.js"));
  const { instantiate } = await import(at("js/omneo-interactions.compiled.js"));
  const exports = instantiate();
  __wbg_set_wasm(exports);
  return { Handle, memory: exports.memory };
}

/** A tracker, and all that it tells. */
function opened({ Handle, memory }, settings = SETTINGS, token = () => null) {
  const ended = new AbortController();
  const told = [];
  const host = {
    page: "omneo:1",
    ended: ended.signal,
    enter: (run, given) => (ended.signal.aborted ? undefined : run(...given)),
    end: () => ended.abort(),
    askToken: async () => token(),
    consent() {},
    hears: () => true,
    emit: (event, detail) => told.push([event, detail]),
    failed: (reason) => told.push(["failed", { reason }]),
    mistake: (code, field, given, accepted, message) => ({ code, field, given, accepted, message }),
  };
  const handle = new Handle(settings, host);
  return {
    /** What a call returns, or the mistake in it. */
    call(name, ...given) {
      page.ticks += 1;
      try {
        return handle[name](...given);
      } catch (mistake) {
        if (!mistake.code) throw mistake;
        return { mistake };
      }
    },
    told,
    bytes: () => memory.buffer.byteLength,
    async stop() {
      handle.stop();
      if (!ended.signal.aborted) await new Promise((end) => ended.signal.addEventListener("abort", end));
      handle.free();
    },
  };
}

const instance = async (settings, token) => opened(await web(), settings, token);

/** The calls of a site, in an order that the seed decides. */
function* visit(seed, steps) {
  let state = seed;
  const any = (most) => (state = (state * 48_271) % 2_147_483_647) % most;
  const words = () => Array.from({ length: any(5) }, () => "añb c\n日😀".slice(any(4)));
  const record = () => ({ action: "service", channel: "app", signal: any(4) - 1, name: `n${words()}`, namespace: "n", meta: { words: words() } });
  yield ["start", false];
  for (let step = 0; step < steps; step += 1) {
    yield [
      () => ["pageView", { title: `t${words()}`, meta: { words: words() } }],
      () => ["productView", { name: `p${words()}`, productId: any(9) }],
      () => ["formSubmission", { form: `f${any(9)}` }],
      () => ["login", { method: `m${any(3)}` }],
      () => ["record", record()],
      () => ["explain", record()],
      () => ["clienteling", { staffId: any(9) }],
      () => ["hear", "pageView", { title: `t${words()}` }],
      () => ["consent", ["granted", "granted", "unknown", "denied", ["ads"], "none"][any(6)]],
      () => ["flush"],
      () => ["signOut"],
    ][any(11)]();
  }
}

const without = !existsSync(join(root, "dist", "fallback.js")) && "there is no fallback here";

test("what stands in for the module does the same, also when its memory has grown", { skip: without }, async () => {
  for (const seed of [1, 20, 300]) {
    const module = await visited(web, seed);
    const other = await visited(fallback, seed);
    assert.deepEqual(other.done, module.done, `${seed}`);
    assert.ok(module.grown > 0 && other.grown > 0, `${module.grown} and ${other.grown} bytes more`);
  }
});

/** What came of each call of a visit, and by how much memory has grown. */
async function visited(make, seed) {
  page.ticks = 0;
  const tracker = opened(await make());
  const before = tracker.bytes();
  const returned = [...visit(seed, 400)].map((call) => tracker.call(...call));
  // Larger than all that there is: the answer lies in memory that was not there when the call began.
  const heavy = tracker.call("explain", { action: "service", channel: "app", signal: 0, name: "é".repeat(before / 2), namespace: "n" });
  return { done: { returned, heavy, told: tracker.told.slice() }, grown: tracker.bytes() - before };
}

test("ten thousand records leave the memory as it was after the first two thousand", async () => {
  const tracker = await instance();
  const round = () => {
    for (let count = 0; count < 1_000; count += 1) tracker.call("pageView", { meta: { a: "b" } });
    tracker.told.length = 0;
    return tracker.bytes();
  };
  round();
  const after = round();
  for (let rounds = 0; rounds < 8; rounds += 1) assert.equal(round(), after, "with a full queue of 500");
  assert.ok(after < 2 * 2 ** 20, `${after}`);
});

test("a thousand trackers that are stopped leave the memory as the first hundred did", async () => {
  const module = await web();
  const hundred = async () => {
    for (let count = 0; count < 100; count += 1) {
      const tracker = opened(module);
      for (const call of visit(1 + count, 10)) tracker.call(...call);
      await tracker.stop();
    }
    return module.memory.buffer.byteLength;
  };
  const after = await hundred();
  for (let rounds = 0; rounds < 9; rounds += 1) assert.equal(await hundred(), after);
});

const deep = (depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const many = (count, one) => Array.from({ length: count }, (_, at) => one(at));
const TOKEN = "e30.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";
const RECORD = { action: "service", channel: "app", signal: 0, name: "n", namespace: "n" };

test("nothing is deep enough to leave the stack", async () => {
  for (const depth of [127, 128, 129, 4_100, 100_000]) {
    const tracker = await instance(SETTINGS, () => ({ data: deep(depth) }));
    tracker.call("start", false);
    const calls = [
      ["record", { ...RECORD, meta: { deep: deep(depth) } }],
      ["pageView", { meta: { deep: deep(depth) } }],
      ["consent", deep(depth)],
    ];
    for (const [name, given] of calls) {
      const { mistake } = tracker.call(name, given) ?? {};
      assert.ok(mistake?.message.length < 200, `${name}, ${depth} deep: ${mistake?.message}`);
    }
    await sleep(0);
    const reasons = tracker.told.filter(([event]) => event === "failed").map(([, { reason }]) => reason);
    assert.ok(reasons.some((reason) => reason.includes("gave no token")), `${depth} deep: ${reasons}`);
    assert.equal(tracker.call("pageView", {}), undefined, `and the page goes on, ${depth}`);
    for (const settings of [{ tenant: deep(depth) }, { tenant: "acme", policy: deep(depth) }, { tenant: "acme", policy: { rules: deep(depth) } }]) {
      await assert.rejects(instance(settings), { code: "invalid-settings" });
    }
  }
});

test("nothing is large enough to take the memory of a page", async () => {
  const inputs = {
    "a record of unknown names": [8, "record", { ...RECORD, ...Object.fromEntries(many(100_000, (at) => [`a${at}`, 1])) }],
    "a name": [8, "productView", { name: "x".repeat(5e6) }],
    "an array without items": [8, "record", { ...RECORD, tags: Array(1e6) }],
    "an object without end": [2 ** 24, "record", new Proxy({}, { get: (_, name) => (name === "toJSON" ? undefined : new Proxy({}, {})), ownKeys: () => many(1e5, String) })],
  };
  for (const [what, [times, name, given]] of Object.entries(inputs)) {
    const tracker = await instance();
    tracker.call("pageView", {});
    tracker.call(name, given);
    const size = JSON.stringify(given)?.length ?? 1;
    assert.ok(tracker.bytes() < 2 ** 20 + times * size, `${what}: ${tracker.bytes()} for ${size}`);
    assert.equal(tracker.call("pageView", {}), undefined, `and the page goes on behind ${what}`);
  }
});

test("a relay's answer takes no more than its memory, however many records it is for", async () => {
  const settings = { tenant: "acme", consent: "granted", route: "relay", batch: { records: 100, seconds: 60 }, capture: { logins: false } };
  const tracker = await instance(settings, () => TOKEN);
  for (let count = 0; count < 99; count += 1) tracker.call("pageView", {});
  const answer = JSON.stringify(many(200_000, (at) => ({ event_id: `000000${at}`, status: 201 })));
  const sent = [];
  globalThis.fetch = async (_, { body }) => {
    sent.push(...(await new Response(body.stream().pipeThrough(new DecompressionStream("gzip"))).json()));
    return new Response(answer);
  };
  await sleep(0);
  tracker.call("flush");
  while (sent.length === 0) await sleep(0);
  assert.equal(sent.length, 99);
  while (!tracker.told.some(([event]) => event === "settled")) await sleep(0);
  assert.ok(tracker.bytes() < 2 ** 20 + 8 * answer.length, `${tracker.bytes()}`);
});

test("a title of 300 MB ends no module, and neither does anything else of that size", async () => {
  const tracker = await instance();
  const large = "x".repeat(300 << 20);
  page.title = large;
  assert.equal(tracker.call("pageView", {}), undefined);
  page.title = "Shop";
  assert.ok(tracker.call("record", { ...RECORD, name: large }).mistake);
  assert.equal(tracker.call("pageView", {}), undefined);
});
