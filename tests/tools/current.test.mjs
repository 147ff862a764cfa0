// A build that is skipped although it was due ships old code; one that is not skipped makes every start slow.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { unlessCurrent } from "../../tools/current.mjs";

let folder;
const at = (name) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "current-"));
  mkdirSync(at("src/deep"), { recursive: true });
  writeFileSync(at("src/deep/a"), "one");
  writeFileSync(at("src/b"), "two");
});
afterEach(() => rmSync(folder, { recursive: true }));

const make = (facts, step = () => writeFileSync(at("made"), "")) =>
  unlessCurrent({ stamp: at("out/stamp"), inputs: [at("src")], facts, outputs: [at("made")] }, step);

test("nothing is made a second time, whatever the times of the files say", async () => {
  assert.equal(await make(), true);
  utimesSync(at("src/b"), new Date(), new Date(Date.now() + 60_000));
  assert.equal(await make(), false);
});

for (const [what, change] of [
  ["content", () => writeFileSync(at("src/deep/a"), "other")],
  ["name", () => (rmSync(at("src/b")), writeFileSync(at("src/c"), "two"))],
  ["number", () => writeFileSync(at("src/deep/new"), "")],
  ["share of the content", () => (writeFileSync(at("src/b"), "twoo"), writeFileSync(at("src/deep/a"), "ne"))],
]) {
  test(`inputs of another ${what} are made anew`, async () => {
    await make();
    change();
    assert.equal(await make(), true);
    assert.equal(await make(), false);
  });
}

test("another fact, such as the compiler's version, makes it anew", async () => {
  await make(["1.95.0"]);
  assert.equal(await make(["1.95.0"]), false);
  assert.equal(await make(["1.96.0"]), true);
});

test("a lost output is made anew", async () => {
  await make();
  rmSync(at("made"));
  assert.equal(await make(), true);
});

test("what failed half way is not current, even where an earlier output lies around", async () => {
  await make();
  writeFileSync(at("src/b"), "broken");
  await assert.rejects(make([], () => Promise.reject(new Error("does not compile"))), /does not compile/);
  writeFileSync(at("src/b"), "two");
  assert.equal(await make(), true);
});
