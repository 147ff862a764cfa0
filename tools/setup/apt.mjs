// Debian's packages, where they may be installed: by root, with apt-get.

import { Failure, doing, run, which } from "../process.mjs";

export const canInstall = () => process.getuid?.() === 0 && which("apt-get") !== undefined;

let updated;

/** Installs packages. Throws a Failure that names them where that is not possible. */
export async function apt(packages) {
  const names = packages.join(" ");
  if (!canInstall()) {
    throw new Failure(`Debian's packages ${names} are needed and only root with apt-get can install them.`);
  }
  doing(`installing Debian's packages ${names}`);
  const options = { env: { DEBIAN_FRONTEND: "noninteractive" }, otherwise: `apt-get could not install ${names}.` };
  updated ??= run("apt-get", ["update", "--quiet"], options);
  await updated;
  await run("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", ...packages], options);
}
