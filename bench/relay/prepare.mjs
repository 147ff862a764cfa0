// What this bench needs in place of browsers and a built tracker: relay, sandbox and load, compiled as they are measured.

import { Failure, capture, doing, done } from "../../tools/process.mjs";

/** Sets the variables that name the programs. `profile` is cargo's; only `release` is worth measuring. */
export async function prepare({ host: { cargo, env } }, { profile = "release" } = {}) {
  doing(`building the relay, the sandbox and the load (${profile}; some minutes, once)`);
  const packages = ["--package", "omneo-relay", "--package", "omneo-sandbox"];
  const args = ["build", "--profile", profile, ...packages, "--bins", "--example", "load", "--message-format=json-render-diagnostics"];
  const { code, stdout, stderr } = await capture(cargo, args, { env });
  if (code !== 0) throw new Failure(`The relay does not compile:\n${stderr}`);
  const programs = executables(stdout);
  Object.assign(process.env, { OMNEO_RELAY: programs["omneo-relay"], OMNEO_SANDBOX: programs["omneo-sandbox"], OMNEO_LOAD: programs.load });
  done("omneo-relay, omneo-sandbox, load");
}

// Cargo says where each program lies, wherever that is.
function executables(messages) {
  const artifacts = messages.split("\n").filter((line) => line.includes('"executable":"')).map((line) => JSON.parse(line));
  return Object.fromEntries(artifacts.map(({ target, executable }) => [target.name, executable]));
}
