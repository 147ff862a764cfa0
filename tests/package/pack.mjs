// What `npm publish` would send.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, npm } from "../../tools/process.mjs";

/** Packs the package into a folder: what npm says of it, with the `path` of the tarball and its `bytes`. */
export async function pack(folder) {
  mkdirSync(folder, { recursive: true });
  const { code, stdout, stderr } = await capture(...npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder]));
  assert.equal(code, 0, stderr);
  const [packed] = JSON.parse(stdout);
  const path = join(folder, packed.filename);
  return { ...packed, path, bytes: new Uint8Array(readFileSync(path)) };
}

/** Installs a tarball into a folder, beside what is there. */
export async function install(tarball, folder) {
  const quiet = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, stderr } = await capture(...npm(["install", ...quiet, "--prefix", folder, tarball]));
  assert.equal(code, 0, stderr);
}
