// wasm-bindgen's test runner, built from this workspace.

import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, capture, doing, done, exe, isExecutable, root, run } from "../process.mjs";

const RUNNER = `wasm-bindgen-test-runner${exe}`;

/**
 * Builds the runner unless it is there, and answers its path.
 *
 * It lies in a folder named after its version: the version of the `wasm-bindgen` crate in Cargo.lock, as the two speak a
 * private format that changes with every release.
 */
export async function bindgen({ cargo, env }) {
  const version = agreedVersion(readFileSync(join(root, "Cargo.lock"), "utf8"));
  const folder = join(root, ".tools", `wasm-bindgen-${version}`);
  if (!isExecutable(join(folder, RUNNER))) {
    doing(`building wasm-bindgen's test runner ${version} (about a minute, once)`);
    await build(cargo, env, version, folder);
  }
  done(`wasm-bindgen's test runner ${version}`);
  return { testRunner: join(folder, RUNNER) };
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
    otherwise: "wasm-bindgen's test runner could not be built; cargo's message above says why.",
  });
  const built = join(target, "debug", RUNNER);
  const { stdout } = await capture(built, ["--version"]);
  if (stdout.trim() !== `wasm-bindgen-test-runner ${version}`) {
    throw new Failure(`The program built as wasm-bindgen-test-runner ${version} says that it is "${stdout.trim()}".`);
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
  copyFileSync(join(built, RUNNER), join(half, RUNNER));
  renameSync(half, folder);
}
