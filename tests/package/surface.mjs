// The package's public surface as one text: its entries, and the declarations of each without what is said of them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

export const REPORT = join(root, "tests", "types", "api.txt");

/** All declarations that are published. */
export const DECLARATIONS = [
  ...["omneo-interactions", "inline", "slim", "testing", "shopify", "privacy"],
  ...["frameworks/settings", "frameworks/react", "frameworks/vue", "frameworks/svelte"],
  ...["consent/platform", "events/source", "forms/embed"],
].map((name) => `dist/${name}.d.ts`);

/** `read(path)` answers a file of the package. */
export function surface(read) {
  const { exports } = JSON.parse(read("package.json"));
  const entries = Object.keys(exports).join("\n");
  const declared = DECLARATIONS.map((path) => `── ${path} ──\n${bare(read(path))}`);
  return `${["── entries ──", entries, ...declared].join("\n")}\n`;
}

export const ofThisPackage = () => surface((path) => readFileSync(join(root, path), "utf8"));

function bare(text) {
  const lines = text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "").split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "").join("\n");
}
