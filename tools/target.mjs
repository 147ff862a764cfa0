// Cargo and the target that browsers run.

import { join } from "node:path";
import { root } from "./process.mjs";

export const TARGET = "wasm32-unknown-unknown";

/** Away from the other builds: the two do not throw each other's results out, nor wait for each other. */
export const TARGET_DIRECTORY = join(root, "target", "wasm");

/** What the module that npm ships has, and a front end in Rust must not inherit: see Cargo.toml. */
export const MODULE = ["--package", "omneo-interactions", "--features", "module"];

/** The arguments and variables of a build of the module that is for tests and lints, where time counts and bytes do not. */
export function quick(wasm) {
  const { args, env } = forBrowsers(wasm);
  return { args: [...MODULE, ...args], env };
}

/** The arguments and variables of a build for browsers, whatever is built. */
export function forBrowsers({ env, compiled }) {
  const args = ["--target", TARGET];
  const variables = { ...env, CARGO_TARGET_DIR: TARGET_DIRECTORY };
  if (compiled) return { args, env: variables };
  // Debian compiles no standard library for the target. RUSTC_BOOTSTRAP lets a stable compiler build its own.
  return { args: [...args, "-Z", "build-std=std,panic_abort"], env: { ...variables, RUSTC_BOOTSTRAP: "1" } };
}
