// The target as the compiler has it, but for what no option can say.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { capture, root } from "../process.mjs";
import { TARGET } from "../target.mjs";

/**
 * Where the specification of a target lies whose functions may answer two values: a text is two, where it lies and how long it is. Written
 * to memory and read back, they are a twenty-fifth of the module. Undefined where cargo takes no target of one's own.
 */
export async function specifyTarget({ cargo, env }) {
  const asked = { env: { ...env, RUSTC_BOOTSTRAP: "1" } };
  const [help, print] = await Promise.all([
    capture(cargo, ["-Z", "help"], asked),
    capture(env.RUSTC ?? "rustc", ["-Zunstable-options", "--print", "target-spec-json", "--target", TARGET], asked),
  ]);
  if (!help.stdout.includes("json-target-spec") || print.code !== 0) return undefined;
  const { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker } = env;
  const spec = { ...JSON.parse(print.stdout), ...(linker && { linker }), "llvm-abiname": "experimental-mv" };
  const path = join(root, "target", "wasm32-omneo.json");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(spec));
  return path;
}
