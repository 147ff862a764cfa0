// Where the apps are made: a folder of its own, so that whatever the tools write is nowhere in the repository. What was installed
// there stays.

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";
import { packages } from "../../tools/setup/packages.mjs";
import { install, pack } from "../package/pack.mjs";

export const home = join(root, "target", "apps");

/** Brings along what the apps of these folders need, and the package as `npm pack` makes it. */
export async function settle(folders) {
  mkdirSync(home, { recursive: true });
  for (const folder of folders) rmSync(join(home, folder), { recursive: true, force: true });
  cpSync(join(root, "tests", "apps"), home, { recursive: true });
  await packages("target/apps", { strict: false });
  const { path } = await pack(home);
  await install(path, home);
}

/** Copies an example into an app, as a reader of the docs does, with the settings that the apps have. */
export function copied(example, folder) {
  cpSync(join(root, "examples", example), join(home, folder), { recursive: true });
  cpSync(join(root, "tests", "apps", "settings.ts"), join(home, folder, "settings.ts"));
}

/** The script tag's files, where a site has them. */
export function hosted(folder) {
  cpSync(join(home, "node_modules", "omneo-interactions", "dist"), join(home, folder, "omneo"), { recursive: true });
}
