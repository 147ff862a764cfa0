// From Rust to WebAssembly, as small as the compiler can make it.

import { join } from "node:path";
import { capture, doing, run } from "../process.mjs";
import { TARGET, TARGET_DIRECTORY } from "../target.mjs";

/** Compiles the crate and answers where the module is. `mvp`: with nothing that the first WebAssembly did not have. */
export async function compile({ wasm }, { mvp = false } = {}) {
  // Compiled as what the browser downloads and as nothing else: beside an `rlib`, link-time optimisation leaves an eighth more.
  const profile = ["rustc", "--package", "omneo-interactions", "--lib", "--crate-type", "cdylib", "--profile", "wasm", "--target", TARGET];
  const atOnce = wasm.source && (await abortsAtOnce(wasm));
  const ownStd = atOnce || mvp;
  if (!atOnce) doing("without a standard library built for size: the module gets about an eighth larger");
  // The two throw each other's results out.
  const directory = mvp ? `${TARGET_DIRECTORY}-mvp` : TARGET_DIRECTORY;
  const flags = [...(atOnce ? ABORT_AT_ONCE : []), ...(mvp ? ["-Ctarget-cpu=mvp"] : [])];
  await run(wasm.cargo, [...profile, ...(ownStd ? STD_FOR_SIZE : []), "--", ...LAYOUT], {
    // RUSTC_BOOTSTRAP lets a stable compiler build its own standard library. A panic ends the module at once, without a
    // message: the text of all messages and their formatting are a tenth of the module.
    env: { ...wasm.env, CARGO_TARGET_DIR: directory, ...(ownStd && { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: flags.join(" ") }) },
    otherwise: "The module does not compile; the compiler's message above says why.",
  });
  return join(directory, TARGET, "wasm", "omneo_interactions.wasm");
}

const STD_FOR_SIZE = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const ABORT_AT_ONCE = ["-Zunstable-options", "-Cpanic=immediate-abort"];

// Data first, where an address is written in two or three bytes, not four; and a stack of 64 KiB instead of 1 MiB in front of it.
// The deepest that the tracker gets, in JSON of a hundred brackets, takes a few KiB: tests/js/module.test.mjs.
const LAYOUT = ["--no-stack-first", "--global-base=1024", "-zstack-size=65536"].map((option) => `-Clink-arg=${option}`);

// Older compilers do not know the flag.
async function abortsAtOnce({ env }) {
  const { code } = await capture(env.RUSTC ?? "rustc", [...ABORT_AT_ONCE, "--print", "cfg"], {
    env: { ...env, RUSTC_BOOTSTRAP: "1" },
  });
  return code === 0;
}
