// The same Rust as JavaScript, for browsers that run no WebAssembly.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, binaryen, run, timed } from "../process.mjs";
import { NAME, bind, compile } from "./compile.mjs";

export async function makeFallback(tools) {
  const compiled = await timed("compiling the module for browsers without WebAssembly", "compiled", () => compile(tools, { mvp: true }));
  const folder = await bind(tools, compiled, "bundler", "js");
  await timed("making JavaScript of it", `target/js/${NAME}_bg.wasm.js`, () => toJavaScript(folder));
}

async function toJavaScript(folder) {
  const module = join(folder, `${NAME}_bg.wasm`);
  await run(...binaryen("wasm2js", ["--mvp-features", "--enable-mutable-globals", "-Os", module, "-o", `${module}.js`]));
  rmSync(module);
  mend(join(folder, `${NAME}.js`), /_bg\.wasm"/, '_bg.wasm.js"', 1);
  // Memory that grew is a new buffer. The glue looks for the old one's end, but in JavaScript the old one lives on.
  mend(join(folder, `${NAME}_bg.js`), /(cached\w+) === null \|\| .*\) \{/g, "$1 === null || $1.buffer !== wasm.memory.buffer) {", 2);
}

function mend(path, pattern, by, times) {
  const text = readFileSync(path, "utf8");
  const found = text.match(pattern)?.length ?? 0;
  if (found !== times) throw new Failure(`wasm-bindgen's glue has changed: ${pattern} is ${found} times in ${path}, and was ${times}.`);
  writeFileSync(path, text.replace(pattern, by));
}
