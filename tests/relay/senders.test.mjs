// A back-office system hands records in, by the examples.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { need } from "./programs.mjs";
import { ADA, SERVER_KEY, until, world } from "./world.mjs";

for (const [name, file] of [
  ["node", "relay/examples/send.mjs"],
  ["php", "relay/examples/send.php"],
]) {
  test(`${file} hands its records in, also to a relay that is away for a moment`, async (t) => {
    const program = name === "node" ? process.execPath : need(t, name);
    if (!program) return;
    const sandbox = await world(t);
    await sandbox.relay.stop();
    const sent = run(program, [file, "ada@example.com"], { ...process.env, RELAY: sandbox.relay.origin, RELAY_KEY: SERVER_KEY });
    await sandbox.relay.start(sandbox.origin);
    const { code, said } = await sent;
    assert.equal(code, 0, said);
    assert.equal(said.trim().split("\n").filter((line) => / 202 /.test(`${line} `)).length, 2, said);
    await until(async () => (await sandbox.interactions(ADA)).length >= 1, "what is Ada's is on her profile");
    const refused = await run(program, [file, "nobody"], { ...process.env, RELAY: sandbox.relay.origin, RELAY_KEY: "wrong" });
    assert.notEqual(refused.code, 0);
    assert.match(refused.said, /401/);
  });
}

function run(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.on("exit", (code) => resolve({ code, said }));
  });
}
