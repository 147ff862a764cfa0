// ARCHITECTURE.md is for who does not know the code, so what it names must be where it says.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";

const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const files = ["src", "js", "tests", "fuzz", "sandbox"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path}`),
);

test("it is one page", () => {
  assert.ok(page.split("\n").length <= 120);
});

test("each room has the words that are told of it", () => {
  const rooms = [...page.matchAll(/^\| `(\w+\/|api\.rs)` \| .+? \| (.+?) \| .+ \|$/gm)];
  assert.equal(rooms.length, 8);
  const lost = rooms.flatMap(([, room, words]) => {
    const code = textOf(room);
    return [...words.matchAll(/`([^`]+)`/g)].map(([, word]) => word).filter((word) => !code.includes(word)).map((word) => `${room}: ${word}`);
  });
  assert.deepEqual(lost, []);
});

test("each file that it names is there", () => {
  const named = [...page.matchAll(/`([\w/-]+\.(?:rs|js|mjs|d\.ts)|[\w-]+\/[\w/-]*\/)`/g)].map(([, name]) => name);
  assert.ok(named.length > 10);
  const isThere = (name) => existsSync(join(root, name)) || files.some((file) => `${file}/`.includes(`/${name.replace(/\/$/, "")}`));
  assert.deepEqual(named.filter((name) => !isThere(name)), []);
});

test("the JavaScript beside Rust is what it lists", () => {
  const listed = [...page.matchAll(/^\| `(\w+\.js)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(listed.toSorted(), readdirSync(join(root, "src/browser")).filter((name) => name.endsWith(".js")).toSorted());
});

function textOf(room) {
  const own = files.filter((file) => file.endsWith(".rs") && (file.startsWith(`src/${room}`) || file === `src/${room.replace("/", ".rs")}`));
  return own.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
}
