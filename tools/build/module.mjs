// The module that a visitor's browser compiles.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { binaryen, root, run, timed } from "../process.mjs";
import { NAME, compileForWeb } from "./compile.mjs";
import { finishGlue } from "./glue.mjs";

/** Where js/module.js has its way into the module from. */
const FOLDER = "target/web";
export const GLUE = `${FOLDER}/${NAME}.js`;

/** The module as js/inline.js has it within. */
export const DEFLATED = `${FOLDER}/${NAME}.wasm.deflated`;

export async function makeModule(tools) {
  const compiled = await timed("compiling the module", "module compiled", () => compile(tools));
  await timed("optimising the module", `dist/${NAME}.wasm`, async () => {
    mkdirSync(join(root, "dist"), { recursive: true });
    const to = join(root, "dist", `${NAME}.wasm`);
    await optimise(compiled, to);
    writeFileSync(join(root, DEFLATED), deflateRawSync(readFileSync(to), { level: constants.Z_BEST_COMPRESSION }));
  });
}

/** Writes the module as it is shipped but for the names of its functions, which it has, and answers where. */
export async function nameFunctions(tools) {
  const to = join(root, FOLDER, "named.wasm");
  await optimise(await compile(tools), to, NAMED);
  return to;
}

async function compile(tools) {
  await compileForWeb(tools, join(root, FOLDER));
  finishGlue(join(root, GLUE));
  return join(root, FOLDER, `${NAME}_bg.wasm`);
}

/** Writes the module smaller, and without what nobody reads in a browser. */
export function optimise(from, to, names = STRIP) {
  return run(...binaryen("wasm-opt", [...FEATURES, ...SMALLER, ...names, from, "-o", to]));
}

// Those that rustc uses, all of them in every browser since 2022. `--all-features` would let wasm-opt write types that no browser
// has yet.
const FEATURES = [
  "--mvp-features",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-call-indirect-overlong",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

// Measured: flat code with its branches laid out anew is smaller once it is optimised again, by 1 %.
const SMALLER = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

const NAMED = ["-g"];
const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];
