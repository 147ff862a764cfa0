// The budgets are only worth something if the bytes are counted as a server would send them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DOWNLOADED, HOSTED } from "../../tools/build/scripts.mjs";
import { measure } from "../../tools/size.mjs";
import { budgets, verdict } from "../../tools/size/budgets.mjs";
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

test("every file that a browser may download has a budget, and together what each recorded visitor does", () => {
  const all = budgets(DOWNLOADED);
  assert.ok(all.every(({ limit, wanted = 0 }) => limit > 0 && wanted <= limit));
  const [recorded] = all.filter(({ files }) => files.length === HOSTED.length);
  assert.deepEqual(recorded.files.toSorted(), HOSTED.toSorted());
});

test("a budget for each file of a folder is one for each", () => {
  const all = budgets(["consent/a.js", "consent/b.js"], [{ what: "a platform", each: "consent/", limit: 600 }]);
  assert.deepEqual(all.map(({ what, files, limit }) => [what, files, limit]), [
    ["a platform, consent/a.js", ["consent/a.js"], 600],
    ["a platform, consent/b.js", ["consent/b.js"], 600],
  ]);
});

test("a file without a budget, and a budget without its file, are told", () => {
  const limit = 600;
  assert.throws(() => budgets(["a.js", "b.js"], [{ what: "a", files: ["a.js"], limit }]), /has no limit for b\.js/);
  assert.throws(() => budgets(["a.js"], [{ what: "both", files: ["a.js", "b.js"], limit }]), /names b\.js, which is not built/);
});

test("a budget is kept up to its last byte, and says by how much what was wanted is missed", () => {
  const told = (bytes, wanted) => verdict({ what: "both", files: ["a.js", "b.js"], limit: 2000, wanted }, () => bytes / 2);
  assert.deepEqual(told(2000), { isKept: true, line: "✓ both: 2,000 of 2,000 bytes brotli" });
  assert.deepEqual(told(2002), { isKept: false, line: "✗ both: 2,002 of 2,000 bytes brotli" });
  assert.match(told(1600, 1500).line, / \(wanted: 1,500, missed by 100\)$/);
  assert.match(told(1500, 1500).line, / \(wanted: 1,500\)$/);
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
