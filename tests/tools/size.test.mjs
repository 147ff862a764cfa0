// The budgets are only worth something if the bytes are counted as a server would send them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../tools/size.mjs";
import { ledger } from "../../tools/size/functions.mjs";

const text = Buffer.from("the customer viewed a product; ".repeat(200));

test("raw is the number of bytes, and not of characters", () => {
  assert.equal(measure(Buffer.from("é")).raw, 2);
});

test("gzip and brotli shrink what repeats itself", () => {
  const { raw, gzip, brotli } = measure(text);
  assert.equal(raw, text.length);
  assert.ok(gzip < raw / 10 && brotli <= gzip, `${raw}, ${gzip}, ${brotli}`);
});

test("the ledger counts a module's functions by the names that its symbols hold", () => {
  const section = (id, ...bytes) => [id, bytes.length, ...bytes];
  const text = (words) => [words.length, ...Buffer.from(words)];
  const names = ["_RNvMNtCsa1b2C_18omneo_interactions5queueNtB2_5Queue4push", "_RNvNtCs9z_5alloc3vec4grow", "input"];
  const module = Uint8Array.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 3, 0, 0, 0),
    ...section(10, 3, ...[2, 0, 11], ...[4, 0, 1, 1, 11], ...[3, 0, 1, 11]),
    ...section(0, ...text("name"), 1, names.join("").length + 7, 3, ...names.flatMap((name, at) => [at, ...text(name)])),
  ]);
  assert.ok(WebAssembly.validate(module));
  assert.deepEqual(ledger(module).functions, [
    { name: "alloc::vec::grow", room: "the standard library and other crates", bytes: 4 },
    { name: "input", room: "what JavaScript calls, with what only that calls", bytes: 3 },
    { name: "queue::Queue::push", room: "queue", bytes: 2 },
  ]);
});
