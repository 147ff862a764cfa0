// Whoever builds the module needs no more than a stable compiler with the target, and gets one that works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { plain } from "../../tools/build.mjs";
import { NAME, compileForWeb } from "../../tools/build/compile.mjs";
import { optimise } from "../../tools/build/module.mjs";
import { root } from "../../tools/process.mjs";
import { bindgen } from "../../tools/setup/bindgen.mjs";
import { rust } from "../../tools/setup/rust.mjs";

test("a stable compiler and nothing else makes a module that works", async (t) => {
  const { host, wasm } = await rust();
  if (!wasm.compiled) return t.skip("Debian's compiler has no standard library for the target but its source");
  const folder = join(root, "target", "plain");
  await compileForWeb(plain({ wasm, ...(await bindgen(host)) }), folder);
  const module = join(folder, "optimised.wasm");
  await optimise(join(folder, `${NAME}_bg.wasm`), module, []);
  const { initSync, Handle } = await import(pathToFileURL(join(folder, `${NAME}.js`)).href);
  initSync({ module: readFileSync(module) });
  const site = { mistake: (code, field) => ({ code, field }), ended: new AbortController().signal };
  assert.throws(() => new Handle({}, site), { code: "invalid-settings", field: "tenant" });
});
