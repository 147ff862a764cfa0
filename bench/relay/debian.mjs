// Debian's packages of what we are compared with. None of their services starts by itself: this bench starts its own, and ends them.

import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "../../tools/process.mjs";
import { apt, canInstall } from "../../tools/setup/apt.mjs";

/** What is measured is not here, and cannot be brought. */
export class Missing extends Failure {}

/** Installs the packages whose program is not there yet. */
export async function debian(program, ...packages) {
  if (existsSync(program)) return;
  if (!canInstall()) throw new Missing(`only root with apt-get can install ${packages.join(" and ")}`);
  // Debian's way to say so (see the policy manual, "invoke-rc.d").
  const isOurs = !existsSync(POLICY);
  if (isOurs) {
    writeFileSync(POLICY, "#!/bin/sh\nexit 101\n");
    chmodSync(POLICY, 0o755);
  }
  try {
    await apt(packages);
  } finally {
    if (isOurs) rmSync(POLICY);
  }
}

const POLICY = "/usr/sbin/policy-rc.d";
