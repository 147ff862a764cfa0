// wasm-bindgen's command and test runner, built from this workspace.

import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, capture, doing, done, exe, isExecutable, root, run } from "../process.mjs";

const PROGRAMS = ["wasm-bindgen", "wasm-bindgen-test-runner"];

/**
 * Builds both programs unless they are there, and answers their paths.
 *
 * They lie in a folder named after their version: the version of the `wasm-bindgen` crate in Cargo.lock, as the two speak a
 * private format that changes with every release.
 */
export async function bindgen({ cargo, env }) {
  const version = agreedVersion(readFileSync(join(root, "Cargo.lock"), "utf8"));
  const folder = join(root, ".tools", `wasm-bindgen-${version}`);
  if (!PROGRAMS.every((name) => isExecutable(join(folder, name + exe)))) {
    doing(`building wasm-bindgen ${version} (about a minute, once)`);
    await build(cargo, env, version, folder);
  }
  done(`wasm-bindgen ${version}`);
  return { wasmBindgen: join(folder, PROGRAMS[0] + exe), testRunner: join(folder, PROGRAMS[1] + exe) };
}

/** The one version that Cargo.lock holds of the crate and of the command. Throws a Failure where they differ. */
export function agreedVersion(lock) {
  const [crate, command] = ["wasm-bindgen", "wasm-bindgen-cli"].map((name) => lockedVersion(lock, name));
  if (crate === command) return crate;
  throw new Failure(
    `Cargo.lock has wasm-bindgen ${crate} and wasm-bindgen-cli ${command}, which must be the same version: ` +
      `write \`wasm-bindgen-cli = "=${crate}"\` in tools/bindgen/Cargo.toml and run \`cargo update -p wasm-bindgen-cli\`.`,
  );
}

function lockedVersion(lock, name) {
  const version = lock.match(new RegExp(`^name = "${name}"\\r?\\nversion = "([^"]+)"`, "m"))?.[1];
  if (!version) throw new Failure(`Cargo.lock does not hold the crate ${name}: is it the lock file of this workspace?`);
  return version;
}

async function build(cargo, env, version, folder) {
  const target = join(root, "target", "tools");
  await run(cargo, ["build", "--package", "bindgen"], {
    env: { ...env, ...quickly(target) },
    otherwise: "wasm-bindgen could not be built; cargo's message above says why.",
  });
  const built = join(target, "debug", PROGRAMS[0] + exe);
  const { stdout } = await capture(built, ["--version"]);
  if (stdout.trim() !== `wasm-bindgen ${version}`) {
    throw new Failure(`The program built as wasm-bindgen ${version} says that it is "${stdout.trim()}".`);
  }
  keep(join(target, "debug"), folder);
  rmSync(target, { recursive: true, force: true });
}

/** The variables of a build of a tool: it works for seconds only, so what counts is how soon it is there. */
export function quickly(target) {
  return {
    CARGO_TARGET_DIR: target,
    CARGO_PROFILE_DEV_DEBUG: "false",
    CARGO_INCREMENTAL: "0",
    CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY: "never",
  };
}

// Renamed into place as a whole, so that an interrupted copy never passes for a finished one.
function keep(built, folder) {
  const half = `${folder}.half`;
  for (const path of [half, folder]) rmSync(path, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  for (const name of PROGRAMS) copyFileSync(join(built, name + exe), join(half, name + exe));
  renameSync(half, folder);
}
