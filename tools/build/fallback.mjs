// The same Rust as JavaScript, for browsers that run no WebAssembly.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { binaryen, root, run, timed } from "../process.mjs";
import { compile } from "./compile.mjs";

/** Where it lies for js/fallback.js. */
export const FALLBACK = "target/js/omneo-interactions.js";

export async function makeFallback(tools) {
  const compiled = await timed("compiling the module for browsers without WebAssembly", "compiled", () => compile(tools, { mvp: true }));
  await timed("making JavaScript of it", FALLBACK, () => toJavaScript(compiled));
}

async function toJavaScript(module) {
  const to = join(root, FALLBACK);
  mkdirSync(dirname(to), { recursive: true });
  await run(...binaryen("wasm2js", ["--mvp-features", "--enable-mutable-globals", "-Os", module, "-o", to]));
  // Nobody's style, and nobody's types; and not one instance, but as many as are asked for.
  const text = readFileSync(to, "utf8").replace(/\nvar retasmFunc = [^]*$/, "\nexport const instantiate = () => asmFunc({});\n");
  writeFileSync(to, `// @ts-nocheck\n${text}`);
}
