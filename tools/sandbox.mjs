// Omneo's Interactions API on this machine: the binary of `sandbox/`.

import { join } from "node:path";
import { Failure, capture, done, exe, run } from "./process.mjs";

/**
 * Builds the sandbox and answers the path of its binary. In the dev profile: it shares everything it is built from with the
 * tests, and a first build takes half as long as an optimised one. It serves one person, who would not see the difference.
 */
export async function sandbox({ host: { cargo, env } }) {
  await run(cargo, ["build", "--package", "omneo-sandbox"], {
    env,
    otherwise: "The sandbox does not compile; the compiler's message above says why.",
  });
  done("omneo-sandbox");
  return join(await targetDirectory(cargo, env), "debug", `omneo-sandbox${exe}`);
}

// Not always `target`: a variable or a configuration file of the developer may say otherwise.
async function targetDirectory(cargo, env) {
  const { code, stdout, stderr } = await capture(cargo, ["metadata", "--format-version", "1", "--no-deps"], { env });
  if (code !== 0) throw new Failure(`\`cargo metadata\` failed: ${stderr.trim()}`);
  return JSON.parse(stdout).target_directory;
}
