// `npm run size`: what a visitor downloads, in bytes, and whether that is within the budget; and how much of the source is plumbing.
// With `--functions`, also what the module's bytes are spent on; with `--plumbing`, only which files are plumbing, and nothing is built.
//
// Brotli at its best is what the budgets are in, because that is what a content delivery network sends of files it keeps.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "./build.mjs";
import { DOWNLOADED, HOSTED } from "./build/scripts.mjs";
import { nameFunctions } from "./build/module.mjs";
import { isProgram, main, root } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { budgets, verdict } from "./size/budgets.mjs";
import { printLedger } from "./size/functions.mjs";
import { checkPlumbing } from "./size/plumbing.mjs";

/** Prints the ledger and how it keeps each budget; returns how many are kept and broken. */
export function checkSizes() {
  const sizes = new Map(DOWNLOADED.map((name) => [name, measure(readFileSync(join(root, "dist", name)))]));
  print(sizes);
  const verdicts = budgets(DOWNLOADED).map((budget) => verdict(budget, (name) => sizes.get(name).brotli));
  for (const { line } of verdicts) console.log(line);
  const passed = verdicts.filter(({ isKept }) => isKept).length;
  return { passed, failed: verdicts.length - passed };
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
  row(`sum of the first ${HOSTED.length}`, sum(HOSTED.map((name) => sizes.get(name))));
}

function sum(sizes) {
  const total = (kind) => sizes.reduce((so, size) => so + size[kind], 0);
  return { raw: total("raw"), gzip: total("gzip"), brotli: total("brotli") };
}

const bytes = (count) => count.toLocaleString("en");

if (isProgram(import.meta.url)) {
  main(async (args) => {
    if (args.includes("--plumbing")) return checkPlumbing({ details: true }) ? 0 : 1;
    const tools = await setUp();
    await build(tools);
    const { failed } = checkSizes();
    const isLittle = checkPlumbing();
    if (args.includes("--functions")) printLedger(readFileSync(await nameFunctions(tools)), (bytes) => measure(bytes).brotli);
    return failed > 0 || !isLittle ? 1 : 0;
  });
}
