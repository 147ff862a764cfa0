// From Rust to WebAssembly, as small as the compiler can make it.

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { capture, doing, root, run } from "../process.mjs";
import { TARGET, TARGET_DIRECTORY } from "../target.mjs";

/** Compiles the crate and answers where the module is. `mvp`: with nothing that the first WebAssembly did not have. */
export async function compile({ wasm }, { mvp = false } = {}) {
  const atOnce = wasm.source && (await abortsAtOnce(wasm));
  const ownStd = atOnce || mvp;
  if (!atOnce) doing("without a standard library built for size: the module gets about an eighth larger");
  const own = atOnce && !mvp ? await ownTarget(wasm) : undefined;
  const target = own?.path ?? TARGET;
  // Compiled as what the browser downloads and as nothing else: beside an `rlib`, link-time optimisation leaves an eighth more.
  const profile = ["rustc", "--package", "omneo-interactions", "--lib", "--crate-type", "cdylib", "--profile", "wasm", "--target", target];
  // The two throw each other's results out.
  const directory = mvp ? `${TARGET_DIRECTORY}-mvp` : TARGET_DIRECTORY;
  const flags = [...(atOnce ? ABORT_AT_ONCE : []), ...(mvp ? ["-Ctarget-cpu=mvp"] : [])];
  const cargoFlags = [...(ownStd ? STD_FOR_SIZE : []), ...(own ? [OWN_TARGETS] : [])];
  const layout = own?.layout ?? LAYOUT;
  await run(wasm.cargo, [...profile, ...cargoFlags, "--", ...layout.map((option) => `-Clink-arg=${option}`), NO_DUPLICATES], {
    // RUSTC_BOOTSTRAP lets a stable compiler build its own standard library. A panic ends the module at once, without a
    // message: the text of all messages and their formatting are a tenth of the module.
    env: { ...wasm.env, CARGO_TARGET_DIR: directory, ...(ownStd && { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: flags.join(" ") }) },
    otherwise: "The module does not compile; the compiler's message above says why.",
  });
  return join(directory, basename(target, ".json"), "wasm", "omneo_interactions.wasm");
}

const STD_FOR_SIZE = ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];
const ABORT_AT_ONCE = ["-Zunstable-options", "-Cpanic=immediate-abort"];
const OWN_TARGETS = "-Zjson-target-spec";

// Measured: of LLVM's passes, these two write code twice so that it runs faster. Loop strength reduction gives every address in a
// loop a counter of its own; partial redundancy elimination computes on one branch what the other has already.
const NO_DUPLICATES = "-Cllvm-args=-disable-lsr -enable-pre=false";

// A stack of 64 KiB instead of 1 MiB, so that the addresses of texts are short. The deepest that the tracker gets, in JSON of a
// hundred brackets, takes a few KiB: tests/js/module.test.mjs.
const LAYOUT = ["-zstack-size=65536"];

// The target as the compiler has it, but for two things that no option can say: functions may answer two values, which is what a
// text is, and data lies before the stack, where addresses are shorter still. Undefined where cargo takes no targets of one's own.
async function ownTarget({ cargo, env }) {
  const asked = { env: { ...env, RUSTC_BOOTSTRAP: "1" } };
  const rustc = (args) => capture(env.RUSTC ?? "rustc", args, asked);
  const [help, version, print] = await Promise.all([
    capture(cargo, ["-Z", "help"], asked),
    rustc(["-vV"]),
    rustc(["-Zunstable-options", "--print", "target-spec-json", "--target", TARGET]),
  ]);
  if (!help.stdout.includes("json-target-spec") || print.code !== 0) return undefined;
  const spec = { ...JSON.parse(print.stdout), "llvm-abiname": "experimental-mv" };
  for (const args of Object.values(spec["pre-link-args"])) args.splice(0, args.length, ...args.filter((arg) => !arg.endsWith("stack-first")));
  const { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker } = env;
  const path = join(root, "target", "wasm32-omneo.json");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(linker ? { ...spec, linker } : spec));
  // That was the linker's own choice before LLVM 22, and must be said since.
  const isSaid = !linker && Number(/LLVM version: (\d+)/.exec(version.stdout)?.[1]) >= 22;
  return { path, layout: [...LAYOUT, "--global-base=1024", ...(isSaid ? ["--no-stack-first"] : [])] };
}

// Older compilers do not know the flag.
async function abortsAtOnce({ env }) {
  const { code } = await capture(env.RUSTC ?? "rustc", [...ABORT_AT_ONCE, "--print", "cfg"], {
    env: { ...env, RUSTC_BOOTSTRAP: "1" },
  });
  return code === 0;
}
