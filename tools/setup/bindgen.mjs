// wasm-bindgen's command and its test runner, built from this workspace.

import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { unlessCurrent } from "../current.mjs";
import { Failure, doing, done, exe, root, run } from "../process.mjs";

const COMMAND = "wasm-bindgen";
const RUNNER = "wasm-bindgen-test-runner";

/**
 * Builds what is missing, and answers the paths `{bindgen}`, for tests `{bindgen, testRunner}`.
 *
 * They lie in a folder named after their version: the version of the `wasm-bindgen` crate in Cargo.lock, as they speak a private
 * format that changes with every release.
 */
export async function bindgen({ cargo, env }, { tests = false } = {}) {
  const version = agreedVersion(readFileSync(join(root, "Cargo.lock"), "utf8"));
  const folder = join(root, ".tools", `wasm-bindgen-${version}`);
  const programs = tests ? [COMMAND, RUNNER] : [COMMAND];
  const paths = programs.map((name) => join(folder, name + exe));
  await unlessCurrent({ stamp: join(folder, "stamp"), inputs: ["tools/bindgen"], facts: [version], outputs: paths }, () => {
    doing(`building ${programs.join(" and ")} ${version} (${tests ? "a minute" : "half a minute"}, once)`);
    return build(cargo, env, programs, folder);
  });
  done(`${programs.join(" and ")} ${version}`);
  const [command, testRunner] = paths;
  return { bindgen: command, ...(tests && { testRunner }) };
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

async function build(cargo, env, programs, folder) {
  const target = join(root, "target", "tools");
  const features = programs.includes(RUNNER) ? ["--features", "tests"] : [];
  await run(cargo, ["build", "--package", "bindgen", ...features], {
    env: { ...env, ...quickly(target) },
    otherwise: "wasm-bindgen could not be built; cargo's message above says why.",
  });
  keep(join(target, "debug"), programs, folder);
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
function keep(built, programs, folder) {
  const half = `${folder}.half`;
  for (const path of [half, folder]) rmSync(path, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  for (const name of programs) copyFileSync(join(built, name + exe), join(half, name + exe));
  renameSync(half, folder);
}
