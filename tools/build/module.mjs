// The module that a visitor's browser compiles.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { Failure, binaryen, root, run, timed } from "../process.mjs";
import { compile } from "./compile.mjs";
import { shareLocals } from "./locals.mjs";

/** The module as js/inline.js has it within. */
export const DEFLATED = "target/web/omneo-interactions.wasm.deflated";

export async function makeModule(tools) {
  const compiled = await timed("compiling the module for size", "module compiled", () => compile(tools));
  await timed("optimising the module", "dist/omneo-interactions.wasm", () => optimise(compiled));
}

/** Writes the module as it is shipped but for the names of its functions, which it has, and answers where. */
export async function nameFunctions(tools) {
  const to = join(root, "target", "web", "named.wasm");
  await run(...binaryen("wasm-opt", [...OPTIMISE, "-g", await compile(tools), "-o", to]));
  writeFileSync(to, shareLocals(readFileSync(to)));
  return to;
}

async function optimise(from) {
  for (const folder of [join(root, "dist"), dirname(join(root, DEFLATED))]) mkdirSync(folder, { recursive: true });
  const to = join(root, "dist", "omneo-interactions.wasm");
  await run(...binaryen("wasm-opt", [...OPTIMISE, ...STRIP, from, "-o", to]));
  const module = shareLocals(readFileSync(to));
  if (!WebAssembly.validate(module)) throw new Failure("wasm-opt wrote a module that no engine would take.");
  writeFileSync(to, module);
  writeFileSync(join(root, DEFLATED), deflateRawSync(module, { level: constants.Z_BEST_COMPRESSION }));
}

// The features are those that rustc uses, all of them in every browser since 2022. `--all-features` would let
// wasm-opt write types that no browser has yet.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "multivalue", "mutable-globals"].concat([
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
]);

// Measured: each of these makes the module smaller. `--low-memory-unused` holds because the data begins at 1024. The linker
// exports two addresses for who asks.
const OPTIMISE = [
  ...["--mvp-features", ...FEATURES.map((name) => `--enable-${name}`), "--remove-exports=__*"],
  ...["--low-memory-unused", "-Oz", "--flatten", "--rereloop", "-Oz", "--code-folding", "--local-cse", "-Oz", "--code-folding", "-Oz", "--reorder-functions"],
];

const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];
