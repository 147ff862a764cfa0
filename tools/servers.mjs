// The servers of this repository on this machine: Omneo's stand-in (`sandbox/`) and the relay (`relay/`).

import { join } from "node:path";
import { Failure, capture, done, exe, run } from "./process.mjs";

/**
 * Builds the sandbox and answers the path of its binary. In the dev profile: it shares everything it is built from with the
 * tests, and a first build takes half as long as an optimised one. It serves one person, who would not see the difference.
 */
export const sandbox = (tools) => server(tools, "omneo-sandbox");

/** The same of the relay. */
export const relay = (tools) => server(tools, "omneo-relay");

/** The relay with a fault that a test has to find, see relay/examples/planted.rs. */
export async function plantedRelay({ host: { cargo, env } }) {
  await compile(cargo, env, "omneo-relay", "--example", "planted", "--features", "planted-fault");
  return join(await targetDirectory(cargo, env), "debug", "examples", `planted${exe}`);
}

async function server({ host: { cargo, env } }, name) {
  await compile(cargo, env, name);
  done(name);
  return join(await targetDirectory(cargo, env), "debug", `${name}${exe}`);
}

function compile(cargo, env, name, ...more) {
  return run(cargo, ["build", "--package", name, ...more], {
    env,
    otherwise: `${name} does not compile; the compiler's message above says why.`,
  });
}

// Not always `target`: a variable or a configuration file of the developer may say otherwise.
async function targetDirectory(cargo, env) {
  const { code, stdout, stderr } = await capture(cargo, ["metadata", "--format-version", "1", "--no-deps"], { env });
  if (code !== 0) throw new Failure(`\`cargo metadata\` failed: ${stderr.trim()}`);
  return JSON.parse(stdout).target_directory;
}
