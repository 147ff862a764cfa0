// The hashes by which a page, and one file of the tracker the next, knows that a file is the one that was built.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../process.mjs";

/** All files that a page may load, with their hashes. */
export const INTEGRITY = "integrity.json";

/** The hash of a file of `dist/`, as `integrity` takes it: <https://www.w3.org/TR/SRI/>. */
export function integrity(name, algorithm) {
  return `${algorithm}-${createHash(algorithm).update(readFileSync(join(root, "dist", name))).digest("base64")}`;
}

/** Writes down the hashes of these files, for whoever makes the pages. */
export function writeIntegrity(names) {
  const hashes = Object.fromEntries(names.map((name) => [name, integrity(name, "sha384")]));
  writeFileSync(join(root, "dist", INTEGRITY), `${JSON.stringify(hashes, undefined, 2)}\n`);
}

/** Prints the hashes of these files as they were written down. */
export function printIntegrity(names) {
  const hashes = JSON.parse(readFileSync(join(root, "dist", INTEGRITY), "utf8"));
  const width = Math.max(...names.map(({ length }) => length));
  console.log(`\ndist/${INTEGRITY} has the hashes of all files; for the script tag:`);
  for (const name of names) console.log(`${name.padEnd(width)}  ${hashes[name]}`);
}
