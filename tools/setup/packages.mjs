// The npm packages, at the versions of package-lock.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { doing, done, npm, root, run } from "../process.mjs";

/**
 * Installs the packages that are missing or of another version than the lock of that folder says.
 *
 * `strict: false` is for locks that were written where the registry did not have every package for other systems yet: `npm ci`
 * refuses such a lock, though nothing of it is missing here; `npm install` takes the versions it holds all the same.
 * `scripts: true` is for packages that are nothing before their own scripts have run.
 */
export async function packages(folder = ".", { strict = true, scripts = false } = {}) {
  const wanted = lock(join(folder, "package-lock.json"));
  if (!isInstalled(wanted, lock(join(folder, "node_modules", ".package-lock.json")))) {
    doing("installing the npm packages (some seconds, once)");
    const command = strict ? "ci" : "install";
    const quiet = [...(scripts ? [] : ["--ignore-scripts"]), "--no-audit", "--no-fund", "--loglevel=error"];
    const otherwise = `\`npm ${command}\` failed: is the npm registry reachable?`;
    await run(...npm([command, ...quiet, "--prefix", join(root, folder)]), { otherwise });
  }
  done(`npm packages ${Object.keys({ ...wanted[""].dependencies, ...wanted[""].devDependencies }).join(", ")}`);
}

/**
 * Whether the packages of one lock are all there according to the other, which npm keeps of what it installed. Optional ones,
 * for other systems and processors, may be absent.
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path]) => path !== "")
    .every(([path, { version, optional }]) => (installed[path] ? installed[path].version === version : optional));
}

function lock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return {};
  }
}
