// Debian's packages, where they may be installed: by root, with apt-get.

import { existsSync, rmSync, writeFileSync } from "node:fs";
import { Failure, doing, run, which } from "../process.mjs";

export const canInstall = () => process.getuid?.() === 0 && which("apt-get") !== undefined;

let updated;

/**
 * Installs packages. Throws a Failure that names them where that is not possible. Without `services`, none of them starts a server by
 * itself.
 */
export async function apt(packages, { services = true } = {}) {
  const names = packages.join(" ");
  if (!canInstall()) {
    throw new Failure(`Debian's packages ${names} are needed and only root with apt-get can install them.`);
  }
  doing(`installing Debian's packages ${names}`);
  const options = { env: { DEBIAN_FRONTEND: "noninteractive" }, otherwise: `apt-get could not install ${names}.` };
  updated ??= run("apt-get", ["update", "--quiet"], options);
  await updated;
  const started = services ? () => {} : withoutServices();
  await run("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", ...packages], options).finally(started);
}

// Debian's packages ask this program whether a service may start (invoke-rc.d(8)); 101 is no.
function withoutServices() {
  const policy = "/usr/sbin/policy-rc.d";
  if (existsSync(policy)) return () => {};
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return () => rmSync(policy);
}
