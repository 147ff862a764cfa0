// Programs that only these tests need: Debian's, and hadolint.

import { firstOf, which } from "../../tools/process.mjs";

/** What a test needs to find on the PATH, or in the folder of the repository's own tools. */
export function need(t, name) {
  const path = which(name) ?? process.env[`${name.toUpperCase()}_BIN`] ?? firstOf(`/usr/sbin/${name}`);
  if (path) return path;
  if (process.env.CI) throw new Error(`${name} is missing`);
  t.skip(`${name} is not installed`);
}
