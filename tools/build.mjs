// `npm run build`: the files that a visitor's browser downloads and the types for their authors, in `dist/`.
//
//   src/ ─cargo─▶ wasm ─wasm-bindgen─▶ target/web/ ─wasm-opt─▶ dist/omneo-interactions.wasm
//   js/  ───────────────────────────────────└────esbuild────▶ dist/*.js

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { unlessCurrent } from "./current.mjs";
import { Failure, capture, doing, done, isProgram, main, root, run } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { TARGET, TARGET_DIRECTORY } from "./target.mjs";

/** What every step depends on besides its own sources. */
const TOOLS = ["package.json", "package-lock.json", "tools/build.mjs", "tools/target.mjs"];

/** What asks a consent platform, a file for each: a visitor downloads the one that the site names. */
export const PLATFORMS = readdirSync(join(root, "js", "consent"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => `consent/${name}`);

/** The ways into the package: beside the module, with a module of the site's own, with the module within, and on a server. */
const ENTRIES = ["omneo-interactions.js", "slim.js", "inline.js", "server.js"];

/** What of `js/` is shipped as it is: nothing that a visitor downloads. */
const AS_THEY_ARE = ["omneo-interactions.d.ts", "slim.d.ts", "inline.d.ts", "policy.schema.json", "consent/platform.d.ts"];

/** Brings `dist/` up to date; `tools` is what the set-up answered. */
export async function build(tools) {
  const module = await unlessCurrent(
    {
      stamp: "target/web/module.stamp",
      inputs: ["Cargo.toml", "Cargo.lock", "src", ...TOOLS],
      facts: [tools.wasm.version, tools.wasm.source],
      outputs: ["target/web/omneo_interactions.js", "dist/omneo-interactions.wasm", DEFLATED],
    },
    () => makeModule(tools),
  );
  const scripts = await unlessCurrent(
    {
      stamp: "target/web/scripts.stamp",
      inputs: ["js", "target/web/omneo_interactions.js", DEFLATED, ...TOOLS],
      outputs: [...ENTRIES, "snippet.js", ...PLATFORMS, ...AS_THEY_ARE].map((name) => `dist/${name}`),
    },
    makeScripts,
  );
  if (!module && !scripts) done("dist/ is up to date");
}

async function makeModule(tools) {
  const compiled = await timed("compiling the module for size", "module compiled", () => compile(tools));
  await timed("making its glue", "glue made", () => bind(tools, compiled));
  await timed("optimising the module", "dist/omneo-interactions.wasm", optimise);
}

async function compile({ wasm }) {
  // Compiled as what the browser downloads and as nothing else: beside an `rlib`, link-time optimisation leaves an eighth more.
  const profile = ["rustc", "--package", "omneo-interactions", "--lib", "--crate-type", "cdylib", "--profile", "wasm", "--target", TARGET];
  const forSize = wasm.source && (await abortsAtOnce(wasm));
  if (!forSize) doing("without a standard library built for size: the module gets about an eighth larger");
  await run(wasm.cargo, [...profile, ...(forSize ? STD_FOR_SIZE : [])], {
    // RUSTC_BOOTSTRAP lets a stable compiler build its own standard library. A panic ends the module at once, without a
    // message: the text of all messages and their formatting are a tenth of the module.
    env: {
      ...wasm.env,
      CARGO_TARGET_DIR: TARGET_DIRECTORY,
      ...(forSize && { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: ABORT_AT_ONCE.join(" ") }),
    },
    otherwise: "The module does not compile; the compiler's message above says why.",
  });
  return join(TARGET_DIRECTORY, TARGET, "wasm", "omneo_interactions.wasm");
}

const STD_FOR_SIZE = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const ABORT_AT_ONCE = ["-Zunstable-options", "-Cpanic=immediate-abort"];

// Older compilers do not know the flag.
async function abortsAtOnce({ env }) {
  const { code } = await capture(env.RUSTC ?? "rustc", [...ABORT_AT_ONCE, "--print", "cfg"], {
    env: { ...env, RUSTC_BOOTSTRAP: "1" },
  });
  return code === 0;
}

async function bind({ wasmBindgen }, compiled) {
  const web = join(root, "target", "web");
  rmSync(web, { recursive: true, force: true });
  const options = ["--target", "web", "--remove-name-section", "--remove-producers-section"];
  await run(wasmBindgen, [...options, "--out-dir", web, "--out-name", "omneo_interactions", compiled]);
}

/** The module as js/inline.js has it within. */
const DEFLATED = "target/web/omneo-interactions.wasm.deflated";

const BOUND = "omneo_interactions_bg.wasm";

async function optimise() {
  mkdirSync(join(root, "dist"), { recursive: true });
  const wasmOpt = join(root, "node_modules", "binaryen", "bin", "wasm-opt");
  const [from, to] = [join(root, "target", "web", BOUND), join(root, "dist", "omneo-interactions.wasm")];
  await run(process.execPath, [wasmOpt, ...OPTIMISE, from, "-o", to]);
  const module = readFileSync(to);
  if (!WebAssembly.validate(module)) throw new Failure("wasm-opt wrote a module that no engine would take.");
  writeFileSync(join(root, DEFLATED), deflateRawSync(module, { level: constants.Z_BEST_COMPRESSION }));
}

// The features are those that rustc and wasm-bindgen use, all of them in every browser since 2022. `--all-features` would let
// wasm-opt write types that no browser has yet.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "multivalue", "mutable-globals"].concat([
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
]);

// Measured: each of these makes the module smaller. `--low-memory-unused` holds because the linker puts the stack first: the
// lowest bytes are its far end. The features section is last read by wasm-bindgen, so it goes here and not earlier.
const OPTIMISE = [
  ...["--mvp-features", ...FEATURES.map((name) => `--enable-${name}`)],
  ...["--low-memory-unused", "-Oz", "--flatten", "--rereloop", "-Oz", "--local-cse", "-Oz", "--local-cse", "-Oz", "--reorder-functions"],
  ...["--strip-debug", "--strip-producers", "--strip-target-features"],
];

async function makeScripts() {
  await timed("bundling the scripts", "dist/*.js, dist/consent/", async () => {
    const { build } = await import("esbuild");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const bundle = (names, format, drop = []) =>
      build({
        absWorkingDir: root,
        entryPoints: names.map((name) => `js/${name}`),
        outdir: "dist",
        outbase: "js",
        external: ["./consent/*"],
        loader: { ".deflated": "binary" },
        drop,
        bundle: true,
        minify: true,
        format,
        target: "es2022",
        charset: "utf8",
        define: { __VERSION__: JSON.stringify(version) },
        legalComments: "none",
        logLevel: "warning",
      });
    // The glue's own warning is for who calls it in another way than js/module.js does.
    const scripts = bundle([...ENTRIES, ...PLATFORMS], "esm", ["console"]);
    await Promise.all([scripts, bundle(["snippet.js"], "iife")]).catch(() => {
      throw new Failure("The scripts in js/ cannot be bundled; esbuild's message above says why.");
    });
    for (const name of AS_THEY_ARE) copyFileSync(join(root, "js", name), join(root, "dist", name));
  });
}

async function timed(before, after, step) {
  doing(before);
  const start = performance.now();
  const result = await step();
  done(`${after} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

if (isProgram(import.meta.url)) main(async () => build(await setUp()));
