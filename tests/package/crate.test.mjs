// The crate as Cargo would publish it, for front ends in Rust.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { capture } from "../../tools/process.mjs";
import { rust } from "../../tools/setup/rust.mjs";
import { forBrowsers } from "../../tools/target.mjs";

let toolchains;
before(async () => (toolchains = await rust()));

test("Cargo publishes the sources, and of the rest what they or the README name", async () => {
  const { host } = toolchains;
  const listed = await cargo(host.cargo, ["--list"], host.env);
  const files = listed.stdout.trim().split(/\r?\n/);
  const folders = new Set(files.map((file) => file.replace(/[^/]+$/, "")).filter((folder) => !/^(docs|src|tests)\//.test(folder)));
  assert.deepEqual([...folders].sort(), ["", "examples/", "js/"]);
  assert.deepEqual(
    files.filter((file) => file.endsWith(".js") && !file.startsWith("tests/")),
    [
      ...["document", "product-markup", "product-text", "seen"].map((name) => `js/${name}.js`),
      ...["forms", "guard", "products", "wrap"].map((name) => `src/browser/${name}.js`),
    ],
  );
});

test("what Cargo publishes compiles for a browser, and Cargo has nothing to complain of", async () => {
  const { wasm } = toolchains;
  const { args, env } = forBrowsers(wasm);
  const { stderr } = await cargo(wasm.cargo, args, env);
  assert.doesNotMatch(stderr, /^warning/m);
});

test("a program for a server has nothing of a browser in it", async () => {
  const { host } = toolchains;
  const { stdout } = await done(host.cargo, ["tree", "--package", "omneo-sandbox", "--edges", "normal", "--prefix", "none"], host.env);
  assert.doesNotMatch(stdout, /^(wasm-bindgen|js-sys|web-sys|gloo|serde-wasm-bindgen|talc)/m);
});

// Also where something is not committed yet.
const cargo = (program, args, env) => done(program, ["package", "--allow-dirty", "--package", "omneo-interactions", ...args], env);

async function done(program, args, env) {
  const result = await capture(program, args, { env });
  assert.equal(result.code, 0, result.stderr);
  return result;
}
