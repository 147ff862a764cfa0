// Cargo's runner for wasm32-unknown-unknown: runs what `cargo test` compiled in the browser that `BROWSER` names, with a sandbox beside it.
//
// wasm-bindgen's runner serves the tests, and our own launcher opens them: that runner drives no WebKitGTK. Between the two a proxy asks
// for one file at a time: of several connections that come at once, the runner's server may never answer one (tiny_http 0.12, where
// `TaskPool::spawn` counts a thread as waiting that has already been given a task).

import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import { ADA, startSandbox } from "../../tests/e2e/sandbox.mjs";
import { launch, name } from "../../tests/e2e/launch.mjs";

const LONGEST_MS = 4 * 60_000;

const [, , compiled, ...filters] = process.argv;
const ends = [];
process.exitCode = await test().catch((error) => (console.error(error), 1));
for (const end of ends.reverse()) await end();

async function test() {
  const sandbox = await startSandbox({ after: (end) => ends.push(end) }, { www: "tests/e2e/blank" });
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const port = await serve(await freePort(), { "/sandbox.json": { origin: sandbox.origin, token: body.data.token } });
  const driver = await launch(name);
  ends.push(() => driver.quit());
  await driver.get(`http://127.0.0.1:${port}/`);
  let shown = "";
  for (const until = Date.now() + LONGEST_MS; Date.now() < until; await new Promise((later) => setTimeout(later, 200))) {
    const text = await driver.executeScript('return document.querySelector("#output").textContent');
    process.stdout.write(text.slice(text.startsWith(shown) ? shown.length : 0));
    shown = text;
    const result = /^test result: (\w+)/m.exec(text);
    if (result) return result[1] === "ok" ? 0 : 1;
  }
  console.error(`No result after ${LONGEST_MS / 1000} seconds.`);
  return 1;
}

/** Serves the tests, and these answers; returns the port. */
async function serve(behind, answers) {
  const runner = spawn(process.env.WASM_BINDGEN_TEST_RUNNER, [compiled, ...filters], {
    env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: `127.0.0.1:${behind}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  ends.push(() => runner.kill());
  await Promise.race([once(runner.stdout, "data"), once(runner, "exit")]);
  const agent = new Agent({ maxSockets: 1 });
  const server = createServer((asked, answer) => {
    if (answers[asked.url]) return answer.end(JSON.stringify(answers[asked.url]));
    const ask = request({ port: behind, host: "127.0.0.1", path: asked.url, method: asked.method, agent }, (answered) => {
      answer.writeHead(answered.statusCode, answered.headers);
      answered.pipe(answer);
    });
    ask.on("error", () => answer.destroy());
    asked.pipe(ask);
  });
  return listen(server);
}

async function freePort() {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

async function listen(server) {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  ends.push(() => (server.closeAllConnections(), server.close()));
  return server.address().port;
}
