// Whoever gives a module's locals anew must not change what it does.

import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";
import { shareLocals } from "../../tools/build/locals.mjs";

/** A module of one function `run` that takes two numbers and has four locals besides, before and after. */
function both(body) {
  const module = binaryen.parseText(`(module
    (func $two (param i32 i32) (result i32 i32) (tuple.make 2 (local.get 1) (i32.add (local.get 0) (i32.const 1))))
    (func $run (export "run") (param $0 i32) (param $1 i32) (result i32)
      (local $2 i32) (local $3 i32) (local $4 i32) (local $5 i32) (local $pair (tuple i32 i32))
      ${body}))`);
  module.setFeatures(binaryen.Features.Multivalue);
  const before = Buffer.from(module.emitBinary());
  module.dispose();
  return [before, shareLocals(before)];
}

const runs = (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.run;

function assertSame(body) {
  const [before, after] = both(body);
  const [one, other] = [runs(before), runs(after)];
  for (const first of [0, 1, 2, 7, -1]) {
    for (const second of [0, 3, 5]) assert.equal(other(first, second), one(first, second), `${first}, ${second} in ${body}`);
  }
  return [before.length, after.length];
}

const get = (local) => `(local.get $${local})`;
const set = (local, value) => `(local.set $${local} ${value})`;

test("the two values of a call go where they belong without a way round", () => {
  const call = set("pair", `(call $two ${get(0)} ${get(1)})`);
  const copies = set(2, `(tuple.extract 2 0 ${get("pair")})`) + set(3, `(tuple.extract 2 1 ${get("pair")})`);
  const [before, after] = assertSame(`${call} ${copies} (i32.sub (i32.mul ${get(3)} ${get(2)}) ${get(2)})`);
  assert.ok(after < before, `${after} of ${before} bytes`);
});

for (const [what, body] of [
  ["two that change places", `${set(2, get(0))} ${set(0, get(1))} ${set(1, get(2))} (i32.sub ${get(0)} ${get(1)})`],
  ["a copy that is changed while the other is needed", `${set(2, get(0))} ${set(2, `(i32.add ${get(2)} ${get(1)})`)} (i32.sub ${get(2)} ${get(0)})`],
  ["a local that begins as zero", `(if ${get(1)} (then ${set(2, get(0))})) ${set(3, get(2))} (i32.sub ${get(3)} ${get(1)})`],
  ["what is never read", `${set(2, get(0))} ${set(3, `(local.tee $4 ${get(2)})`)} ${get(1)}`],
]) {
  test(`${what} stay what they are`, () => void assertSame(body));
}

// Statements of blocks, loops, branches by table and assignments, at random; every loop ends by its counter.
function program(random, depth, labels) {
  const local = () => random(5);
  const value = () => [get(local()), `(i32.const ${random(9)})`, `(i32.add ${get(local())} ${get(local())})`][random(3)];
  const statement = () => {
    const kind = random(depth > 0 ? 8 : 4);
    if (kind < 3) return set(local(), value());
    if (kind === 3) return labels.length > 0 ? `(br_if $${labels[random(labels.length)]} (i32.and ${value()} (i32.const 1)))` : set(local(), value());
    const name = `l${depth}${labels.length}${random(1e6)}`;
    if (kind === 4) return `(block $${name} ${program(random, depth - 1, [...labels, name])})`;
    if (kind === 5) return `(if ${value()} (then ${program(random, depth - 1, labels)}) (else ${program(random, depth - 1, labels)}))`;
    if (kind === 6) {
      const tuple = set("pair", `(call $two ${value()} ${value()})`);
      return `${tuple} ${set(local(), `(tuple.extract 2 0 ${get("pair")})`)} ${set(local(), `(tuple.extract 2 1 ${get("pair")})`)}`;
    }
    const count = `(i32.lt_u ${`(local.tee $5 (i32.add ${get(5)} (i32.const 1)))`} (i32.const 40))`;
    const table = `(block $a${name} (block $b${name} (br_table $a${name} $b${name} ${get(local())})) ${set(local(), value())})`;
    return `(loop $${name} ${program(random, depth - 1, labels)} ${table} (br_if $${name} ${count}))`;
  };
  return Array.from({ length: 1 + random(5) }, statement).join(" ");
}

test("three hundred programs do what they did", () => {
  let state = 0x9e3779b9;
  // Xorshift (Marsaglia, 2003): the same programs every time.
  const random = (bound) => {
    for (const [shift, by] of [[13, "left"], [17, "right"], [5, "left"]]) state ^= by === "left" ? state << shift : state >>> shift;
    return (state >>> 0) % bound;
  };
  let saved = 0;
  for (let made = 0; made < 300; made += 1) {
    const result = [0, 1, 2, 3, 4].map(get).reduce((so, one) => `(i32.add (i32.mul ${so} (i32.const 31)) ${one})`);
    const [before, after] = assertSame(`${program(random, 3, [])} ${result}`);
    saved += before - after;
  }
  assert.ok(saved > 1000, `${saved} bytes`);
});
