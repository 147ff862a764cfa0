// Whether something made from files is still what those files would make.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { root } from "./process.mjs";

/**
 * Calls `make()` unless all `outputs` are there and were made from the very `inputs` (files and folders) and `facts` (texts)
 * that are there now. Answers whether it was called. `stamp` is the file that remembers. Paths start at the
 * root of the repository.
 *
 * By content and not by time: a fresh checkout or a change of branch sets every time anew.
 */
export async function unlessCurrent({ stamp, inputs, facts = [], outputs }, make) {
  const now = fingerprint(inputs, facts);
  const path = resolve(root, stamp);
  const whole = outputs.every((output) => existsSync(resolve(root, output)));
  if (whole && existsSync(path) && readFileSync(path, "utf8") === now) return false;
  // Gone while it is being made: what is interrupted half way is not current.
  rmSync(path, { force: true });
  await make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, now);
  return true;
}

function fingerprint(inputs, facts) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const file of inputs.flatMap(files)) hash.update(JSON.stringify(file)).update(readFileSync(resolve(root, file)));
  return hash.digest("hex");
}

function files(path) {
  const stat = statSync(resolve(root, path), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [path] : [];
  return readdirSync(resolve(root, path)).sort().flatMap((name) => files(`${path}/${name}`));
}
