// The applications are copied to `target/routers`, and built there with the packages of their locks.

import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../tools/process.mjs";
import { packages } from "../../tools/setup/packages.mjs";

const execute = promisify(execFile);
const source = join(root, "tests", "routers");

/** Where the copies are. */
export const home = join(root, "target", "routers");

/** Copies the applications as they are now, and installs what they are made of. */
export async function prepared(apps) {
  for (const app of apps) if (app.folder) copied(app.folder);
  for (const folder of new Set(apps.map(packagesOf))) await packages(folder, { strict: false });
}

/** Builds an application, and returns the folder of its files. */
export async function built(app) {
  if (!app.build) return undefined;
  const cwd = join(home, app.folder);
  const [program, ...args] = app.build;
  const node = app.newerNode ? await newerNode() : process.execPath;
  const options = { cwd, env: { ...process.env, ...QUIET, ...app.env }, maxBuffer: 1 << 26 };
  await execute(node, [join(root, packagesOf(app), "node_modules", program), ...args], options).catch(({ message, stdout }) => {
    throw new Error(`${app.folder} could not be built. ${message}\n${stdout}`);
  });
  return join(cwd, app.out);
}

/** The version of a package that an application is built with. */
export function versionOf({ folder }, name) {
  // Not every package shows its own description to `require`.
  const folders = createRequire(join(home, folder, "package.json")).resolve.paths(name);
  const path = folders.map((modules) => join(modules, name, "package.json")).find(existsSync);
  return JSON.parse(readFileSync(path, "utf8")).version;
}

const packagesOf = ({ folder, ownPackages }) => join("target", "routers", ownPackages ? folder : "");

function copied(folder) {
  const to = join(home, folder);
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) if (name !== "node_modules") rmSync(join(to, name), { recursive: true, force: true });
  cpSync(join(source, folder), to, { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const name of ["package.json", "package-lock.json"]) cpSync(join(source, name), join(home, name));
}

// Some build only with a newer Node.js than this repository asks for. The registry has it as a package, which takes the program of this
// system and processor when it is installed.
async function newerNode() {
  copied("node");
  await packages(packagesOf({ folder: "node", ownPackages: true }), { scripts: true });
  return join(home, "node", "node_modules", ".bin", "node");
}

const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  NG_CLI_ANALYTICS: "false",
  NO_UPDATE_NOTIFIER: "1",
};
