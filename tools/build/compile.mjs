// From Rust to WebAssembly and the glue that JavaScript calls it by, as small as the compiler can make it.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { capture, doing, root, run } from "../process.mjs";
import { TARGET, TARGET_DIRECTORY } from "../target.mjs";

/** What wasm-bindgen calls its files. */
export const NAME = "omneo_interactions";

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
  await run(wasm.cargo, [...profile, ...(ownStd ? STD_FOR_SIZE : [])], {
    // RUSTC_BOOTSTRAP lets a stable compiler build its own standard library. A panic ends the module at once, without a
    // message: the text of all messages and their formatting are a tenth of the module.
    env: { ...wasm.env, CARGO_TARGET_DIR: directory, ...(ownStd && { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: flags.join(" ") }) },
    otherwise: "The module does not compile; the compiler's message above says why.",
  });
  return join(directory, TARGET, "wasm", `${NAME}.wasm`);
}

const STD_FOR_SIZE = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const ABORT_AT_ONCE = ["-Zunstable-options", "-Cpanic=immediate-abort"];

// Older compilers do not know the flag.
async function abortsAtOnce({ env }) {
  const { code } = await capture(env.RUSTC ?? "rustc", [...ABORT_AT_ONCE, "--print", "cfg"], {
    env: { ...env, RUSTC_BOOTSTRAP: "1" },
  });
  return code === 0;
}

/** Makes the glue of a module for one of wasm-bindgen's targets, beside what it makes of the module, in `target/{folder}`. */
export async function bind({ wasmBindgen }, compiled, target, folder) {
  const out = join(root, "target", folder);
  rmSync(out, { recursive: true, force: true });
  const options = ["--target", target, "--remove-name-section", "--remove-producers-section"];
  await run(wasmBindgen, [...options, "--out-dir", out, "--out-name", NAME, compiled]);
  return out;
}
