// `npm run size`: what a visitor downloads, in bytes, and whether that is within the budget. With `--functions`, also what the
// module's bytes are spent on.
//
// Brotli at its best is what the budgets are in, because that is what a content delivery network sends of files it keeps.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { ADAPTERS, build } from "./build.mjs";
import { nameFunctions } from "./build/module.mjs";
import { isProgram, main, root } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { printLedger } from "./size/functions.mjs";

const FILES = ["snippet.js", "omneo-interactions.js", "omneo-interactions.wasm"];

// In place of these: all in one file; all but the module; and the module, where the browser runs no WebAssembly.
const OTHERS = ["inline.js", "slim.js", "fallback.js"];

// Besides, where a page has other markup of its product than JSON-LD.
const MARKUP = "product-markup.js";

// What it is now, rounded up to the next KB, as compilers differ a little; "What is left" in CONTRIBUTING.md says why it is not 15.
const BUDGETS = [
  { what: "everything a visitor downloads", files: FILES, limit: 45 * 1024 },
  { what: "the loader", files: ["snippet.js"], limit: 0.8 * 1024 },
  { what: MARKUP, files: [MARKUP], limit: 1024 },
  ...ADAPTERS.map((name) => ({ what: name, files: [name], limit: name === "shopify.js" ? 620 : 600 })),
];

/** Prints the ledger and how it keeps each budget; answers how many are kept and broken. */
export function checkSizes() {
  const sizes = new Map([...FILES, MARKUP, ...ADAPTERS, ...OTHERS].map((name) => [name, measure(readFileSync(join(root, "dist", name)))]));
  print(sizes);
  const broken = BUDGETS.filter(({ what, files, limit }) => {
    const { brotli } = sum(files.map((name) => sizes.get(name)));
    console.log(`${brotli <= limit ? "✓" : "✗"} ${what}: ${bytes(brotli)} of ${bytes(limit)} bytes brotli`);
    return brotli > limit;
  });
  return { passed: BUDGETS.length - broken.length, failed: broken.length };
}

/** The bytes of a file as it is, as `gzip -9` and as `brotli -q 11` send it. */
export function measure(content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return {
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}

function print(sizes) {
  const row = (name, { raw, gzip, brotli }) =>
    console.log(name.padEnd(26) + [raw, gzip, brotli].map((cell) => bytes(cell).padStart(9)).join(""));
  row("bytes", { raw: "raw", gzip: "gzip -9", brotli: "brotli" });
  for (const [name, size] of sizes) row(name, size);
  row(`sum of the first ${FILES.length}`, sum(FILES.map((name) => sizes.get(name))));
}

function sum(sizes) {
  const total = (kind) => sizes.reduce((so, size) => so + size[kind], 0);
  return { raw: total("raw"), gzip: total("gzip"), brotli: total("brotli") };
}

const bytes = (count) => count.toLocaleString("en");

if (isProgram(import.meta.url)) {
  main(async (args) => {
    const tools = await setUp();
    await build(tools);
    const { failed } = checkSizes();
    if (args.includes("--functions")) printLedger(readFileSync(await nameFunctions(tools)), (bytes) => measure(bytes).brotli);
    return failed > 0 ? 1 : 0;
  });
}
