// The module that a visitor's browser compiles.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { Failure, binaryen, capture, root, timed } from "../process.mjs";
import { NAME, compileForWeb } from "./compile.mjs";
import { finishGlue, shortenNames } from "./glue.mjs";

/** Where js/module.js has its way into the module from. */
const FOLDER = "target/web";
export const GLUE = `${FOLDER}/${NAME}.js`;

/** The module as js/inline.js has it within. */
export const DEFLATED = `${FOLDER}/${NAME}.wasm.deflated`;

export async function makeModule(tools) {
  const compiled = await timed("compiling the module", "module compiled", () => compile(tools, FOLDER));
  await timed("optimising the module", `dist/${NAME}.wasm`, async () => {
    mkdirSync(join(root, "dist"), { recursive: true });
    const to = join(root, "dist", `${NAME}.wasm`);
    shortenNames(join(root, GLUE), JSON.parse(await optimise(compiled, to, SHIPPED)));
    writeFileSync(join(root, DEFLATED), deflateRawSync(readFileSync(to), { level: constants.Z_BEST_COMPRESSION }));
  });
}

/** Writes the module as it is shipped but for the names of its functions, which it has, and answers where. */
export async function nameFunctions(tools) {
  const folder = "target/named";
  const to = join(root, folder, "named.wasm");
  await optimise(await compile(tools, folder), to, NAMED);
  return to;
}

async function compile(tools, folder) {
  await compileForWeb(tools, join(root, folder));
  finishGlue(join(root, folder, `${NAME}.js`));
  return join(root, folder, `${NAME}_bg.wasm`);
}

/** Writes the module smaller, and answers what wasm-opt says of it. */
export async function optimise(from, to, options) {
  const [command, args] = binaryen("wasm-opt", [...FEATURES, ...SMALLER, ...options, from, "-o", to]);
  const { code, stdout, stderr } = await capture(command, args);
  if (code !== 0) throw new Failure(`wasm-opt failed: ${stderr.trim()}`);
  return stdout;
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

// Measured: flat code with its branches laid out anew is smaller once it is optimised again, by 1 %; compressed it is smaller by another half
// where functions of one caller stay apart if they are large, and what is never anything else is known.
const SMALLER = ["--one-caller-inline-max-function-size=100", "-Oz", "--gufa-optimizing", "--flatten", "--rereloop", "-Oz", "-Oz", "-Oz"];

const NAMED = ["-g"];
// Without what nobody reads in a browser.
const SHIPPED = ["--strip-debug", "--strip-producers", "--strip-target-features", "--minify-imports-and-exports-and-modules"];
