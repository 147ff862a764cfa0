// `npm start`: set-up, build, and in the foreground the sandbox with the demo storefront, behind which the relay takes records in.
//
// `npm start -- --direct` leaves the relay out: records go from the page to the sandbox. What else stands after `--` goes to the
// sandbox: `npm start -- --fresh --port 9000`; `npm start -- --help` lists it all.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { shopPolicy } from "./demo/policy.mjs";
import { Failure, done, main, root } from "./process.mjs";
import { relay, sandbox } from "./servers.mjs";
import { setUp } from "./setup.mjs";

main(async (args) => {
  const isDirect = args.includes("--direct");
  const own = ["--story", ...args.filter((arg) => arg !== "--direct")];
  const tools = await setUp();
  await build(tools);
  const binary = await sandbox(tools);
  if (isDirect || own.includes("--help")) return serve(binary, own);
  const behind = await startRelay(await relay(tools), portOf(own), own.includes("--fresh"));
  try {
    return await serve(binary, [...own, "--relay", RELAY]);
  } finally {
    behind.kill("SIGTERM");
  }
});

const RELAY = "http://127.0.0.1:8790";
const FOLDER = join(root, ".relay");

function portOf(args) {
  const { port } = parseArgs({ args, options: { port: { type: "string" } }, strict: false }).values;
  return port ?? process.env.PORT ?? "8787";
}

// With the settings of the relay's own demo, for the sandbox at that port, and the policy of the shop. What it logs is kept beside its
// records.
async function startRelay(binary, port, isFresh) {
  if (isFresh) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const [config, policy] = ["relay.toml", "policy.json"].map((name) => join(FOLDER, name));
  writeFileSync(policy, JSON.stringify((await shopPolicy()) ?? {}));
  const demo = readFileSync(join(root, "relay", "demo.toml"), "utf8").replaceAll(":8787", `:${port}`);
  writeFileSync(config, demo.replace("[tenants.demo]", (table) => `${table}\npolicy = ${JSON.stringify(policy)}`));
  const child = spawn(binary, ["--config", config], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  child.stderr.on("data", (chunk) => log.push(chunk));
  const listens = new Promise((resolve) => child.stdout.on("data", (chunk) => `${chunk}`.includes("Listening") && resolve(true)));
  if (!(await Promise.race([listens, once(child, "exit").then(() => false)]))) {
    throw new Failure(`${Buffer.concat(log)}`.trim() || "The relay could not be started.");
  }
  done(`records go from the page to the relay (${RELAY}/) and on to the sandbox; --direct leaves it out`);
  done("what the relay has: http://127.0.0.1:8791/status/ (any name, password demo-admin-key)");
  return child;
}

// Answers the sandbox's exit code once it has ended. It is told to end when this program is: a terminal's Ctrl+C reaches all,
// a `kill` only this one.
function serve(binary, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: root, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", ({ message }) => reject(new Failure(`The sandbox could not be started: ${message}`)));
    // A stop that was asked for is no failure.
    child.on("exit", (code, signal) => resolve(signal ? 0 : code));
  });
}
