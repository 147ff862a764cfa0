// The npm packages, at the versions of package-lock.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { doing, done, npm, root, run } from "../process.mjs";

/** Installs the packages that are missing or of another version than the lock of that folder says. */
export async function packages(folder = ".") {
  const wanted = lock(join(folder, "package-lock.json"));
  if (!isInstalled(wanted, lock(join(folder, "node_modules", ".package-lock.json")))) {
    doing("installing the npm packages (some seconds, once)");
    const ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", join(root, folder)];
    const otherwise = "`npm ci` failed: is the npm registry reachable?";
    await run(...npm(ci), { otherwise });
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
