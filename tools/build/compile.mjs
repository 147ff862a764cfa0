// From Rust to WebAssembly and the JavaScript around it.

import { basename, join } from "node:path";
import { capture, doing, run } from "../process.mjs";
import { MODULE, TARGET, TARGET_DIRECTORY } from "../target.mjs";
import { specifyTarget } from "./spec.mjs";

/** How the files are called: `NAME.js`, `NAME_bg.wasm` and the like. */
export const NAME = "omneo-interactions";

/** Compiles the crate, as small as this compiler can, and writes to the folder the module and the JavaScript that a page reaches it by. */
export async function compileForWeb(tools, folder) {
  await bind(tools, await compile(tools.wasm), folder, "web");
}

/** The same with nothing that the first WebAssembly did not have, and JavaScript that leaves it open where the module comes from. */
export async function compileForFallback(tools, folder) {
  await bind(tools, await compile(tools.wasm, { mvp: true }), folder, "bundler");
}

function bind({ bindgen }, compiled, folder, environment) {
  return run(bindgen, [compiled, folder, NAME, environment]);
}

async function compile(wasm, { mvp = false } = {}) {
  const abortAtOnce = wasm.source && (await abortsAtOnce(wasm));
  const ownStd = mvp || abortAtOnce || !wasm.compiled;
  const spec = abortAtOnce && !mvp ? await specifyTarget(wasm) : undefined;
  const target = spec ?? TARGET;
  if (!abortAtOnce) doing("with the standard library as it comes: the module gets a sixth larger");
  // What a browser downloads; for Rust the crate is a library, beside which link-time optimisation leaves an eighth more.
  const profile = ["rustc", ...MODULE, "--lib", "--crate-type", "cdylib", "--profile", "wasm", "--target", target];
  // They throw each other's results out.
  const directory = `${TARGET_DIRECTORY}${mvp ? "-mvp" : ownStd ? "-small" : ""}`;
  const flags = [...(abortAtOnce ? ABORT_AT_ONCE : []), ...(mvp ? MVP : ownStd ? NO_REFERENCES : [])];
  await run(wasm.cargo, [...profile, ...(ownStd ? STD_FOR_SIZE : []), ...(spec ? ["-Z", "json-target-spec"] : []), "--", SMALL_STACK, NO_DUPLICATES, NO_TRAPS], {
    // RUSTC_BOOTSTRAP lets a stable compiler build its own standard library. A panic ends the module at once, without a
    // message: the text of all messages and their formatting are a tenth of the module.
    env: { ...wasm.env, CARGO_TARGET_DIR: directory, ...(ownStd && { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: flags.join(" ") }) },
    otherwise: "The module does not compile; the compiler's message above says why.",
  });
  return join(directory, basename(target, ".json"), "wasm", "omneo_interactions.wasm");
}

const STD_FOR_SIZE = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const ABORT_AT_ONCE = ["-Zunstable-options", "-Cpanic=immediate-abort"];

const MVP = ["-Ctarget-cpu=mvp"];

// All that rustc uses by itself but reference types: without these, what belongs to JavaScript is a number in the module, and the way in and
// out of it shorter.
const NO_REFERENCES = [...MVP, "-Ctarget-feature=+bulk-memory,+multivalue,+mutable-globals,+nontrapping-fptoint,+sign-ext"];

// Measured: of LLVM's passes, these two write code twice so that it runs faster. Loop strength reduction gives every address in a
// loop a counter of its own; partial redundancy elimination computes on one branch what the other has already.
const NO_DUPLICATES = "-Cllvm-args=-disable-lsr -enable-pre=false";

// Where a function is called with other values than it takes, the linker puts a trap in its place, and says so in a warning that nobody sees.
// It does for multiplication with 128 bits: LLVM calls `__multi3` with two results, and the standard library has one with a pointer.
const NO_TRAPS = "-Clink-arg=--fatal-warnings";

// 64 KiB instead of 1 MiB, so that the addresses of texts, which lie behind it, are short. The deepest that the tracker gets, in JSON
// of a hundred brackets, takes a few KiB: tests/js/module.test.mjs.
const SMALL_STACK = "-Clink-arg=-zstack-size=65536";

// Older compilers do not know the flag.
async function abortsAtOnce({ env }) {
  const { code } = await capture(env.RUSTC ?? "rustc", [...ABORT_AT_ONCE, "--print", "cfg"], {
    env: { ...env, RUSTC_BOOTSTRAP: "1" },
  });
  return code === 0;
}
