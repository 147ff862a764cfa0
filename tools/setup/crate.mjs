// Programs that come as a crate, built on this machine.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { doing, exe, firstOf, root, run, which } from "../process.mjs";
import { quickly } from "./bindgen.mjs";

/** Where the program of that name lies: on the PATH, or as {@link installCrate} left it. */
export const findCrate = (name) => firstOf(which(name), join(root, ".tools", "bin", name + exe));

/** Builds a crate's program, with the dependencies that its authors locked. `otherwise` says what to do where that fails. */
export async function installCrate({ cargo, env }, name, version, otherwise) {
  doing(`building ${name} ${version} (a minute or two, once)`);
  const target = join(root, "target", "tools");
  await run(cargo, ["install", "--debug", "--locked", name, "--version", version, "--root", join(root, ".tools")], {
    env: { ...env, ...quickly(target) },
    otherwise: `${name} could not be built; ${otherwise}`,
  });
  rmSync(target, { recursive: true, force: true });
}
