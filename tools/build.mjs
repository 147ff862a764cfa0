// `npm run build`: the files that a visitor's browser downloads and the types for their authors, in `dist/`. As small as the compiler
// can make them, which takes the standard library's source; with `--plain`, or where that is missing, by a stable compiler and nothing else.
//
//   src/ ─cargo─▶ wasm-bindgen ─wasm─▶ wasm-opt ─▶ dist/omneo-interactions.wasm
//     │                     └────────glue────────┐
//     └───cargo─▶ wasm-bindgen ─wasm─▶ wasm2js ──┤
//   js/ ──────────────────────────────────────esbuild─▶ dist/*.js, dist/versioned/
//   check/ ───────────────────────────────────esbuild─▶ dist/check.js ─▶ www/privacy/policy/
//   docs/ ───────────────────────────────────Eleventy─▶ www/docs/

import { DEFLATED, GLUE, makeModule } from "./build/module.mjs";
import { FALLBACK, makeFallback } from "./build/fallback.mjs";
import { printIntegrity } from "./build/integrity.mjs";
import { HOSTED, VERSIONED, made, makeScripts } from "./build/scripts.mjs";
import { unlessCurrent } from "./current.mjs";
import * as docs from "./demo/docs.mjs";
import * as policy from "./demo/policy.mjs";
import { doing, done, isProgram, main } from "./process.mjs";
import { setUp } from "./setup.mjs";

/** What every step depends on besides its own sources. */
const TOOLS = ["package.json", "package-lock.json", "tools/build.mjs", "tools/build", "tools/bindgen", "tools/target.mjs"];
const RUST = ["Cargo.toml", "Cargo.lock", "src", ...TOOLS];

/** Brings `dist/` up to date; `tools` is what the set-up answered. */
export async function build(tools) {
  const facts = [tools.wasm.version, tools.wasm.source];
  const module = await unlessCurrent(
    {
      stamp: "target/web/module.stamp",
      inputs: RUST,
      facts,
      outputs: ["dist/omneo-interactions.wasm", GLUE, DEFLATED],
    },
    () => makeModule(tools),
  );
  // JavaScript has no place for what newer features of WebAssembly do, and the compiled standard library has them.
  const canFallBack = tools.wasm.source;
  if (!canFallBack) doing("without fallback.js for browsers that run no WebAssembly: it needs the standard library's source (rust-src)");
  const fallback =
    canFallBack &&
    (await unlessCurrent(
      { stamp: "target/js/module.stamp", inputs: RUST, facts, outputs: FALLBACK },
      () => makeFallback(tools),
    ));
  const scripts = await unlessCurrent(
    {
      stamp: "target/web/scripts.stamp",
      inputs: ["js", "check", "docs/privacy-officer.md", "src/browser", "src/privacy/field-words.txt", "target/js", GLUE, DEFLATED, ...TOOLS],
      facts: [canFallBack],
      outputs: made(canFallBack).map((name) => `dist/${name}`),
    },
    () => makeScripts(canFallBack),
  );
  const page = await unlessCurrent(
    {
      stamp: "target/web/policy.stamp",
      inputs: ["dist/check.js", "dist/omneo-interactions.wasm", ...policy.INPUTS],
      outputs: policy.PAGE,
    },
    policy.makePolicyPage,
  );
  const site = await unlessCurrent(
    {
      stamp: "target/web/docs.stamp",
      inputs: [...docs.INPUTS, "package-lock.json"],
      outputs: docs.PAGES,
    },
    () => docs.makeDocs(),
  );
  if (!module && !fallback && !scripts && !page && !site) done("dist/ is up to date");
}

/** The tools of who has a stable compiler and nothing else. */
export const plain = ({ wasm, ...tools }) => ({ ...tools, wasm: { ...wasm, source: false } });

if (isProgram(import.meta.url)) {
  main(async (args) => {
    const tools = await setUp();
    await build(args.includes("--plain") ? plain(tools) : tools);
    printIntegrity([...HOSTED, ...VERSIONED]);
  });
}
