// How an app is made and served.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { freePort, serve } from "../e2e/serve.mjs";
import { copied, home, hosted } from "./home.mjs";

const execute = promisify(execFile);

/** Builds the app and serves what came of it, and returns where. `endpoint` and `token` are for apps whose address does not say them. */
export async function made(t, { folder, tool, examples = {}, build, out, serves, pages = [], dist, env: own }, { endpoint, token } = {}) {
  const app = join(home, folder);
  for (const [example, place] of Object.entries(examples)) copied(example, join(folder, place));
  if (token) answered(app, token);
  const quiet = { NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1" };
  const env = { ...process.env, ...quiet, ...own, NEXT_PUBLIC_TOOL: tool, NEXT_PUBLIC_ENDPOINT: endpoint };
  if (build) {
    const [program, ...args] = build;
    await execute(process.execPath, [join(home, "node_modules", program), ...args], { cwd: app, env });
  }
  if (serves) return started(t, app, serves, env);
  for (const page of pages) cpSync(join(app, page), join(app, out, page.replace("../", "")));
  if (dist) hosted(folder);
  return serve(t, join(app, out));
}

/** A site's token endpoint that knows one customer, as a file that every tool serves. */
function answered(app, token) {
  const folder = join(app, "public", "omneo");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "token"), JSON.stringify({ token }));
}

/** A server of the tool's own, at a port that was free a moment ago. */
async function started(t, app, [program, ...args], env) {
  const port = `${await freePort()}`;
  const child = spawn(process.execPath, [join(home, "node_modules", program), ...args, port], { cwd: app, env: { ...env, HOST: "127.0.0.1", PORT: port } });
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });
  // What it says later is heard too: a server whose reader has gone ends.
  let said = "";
  await new Promise((listening, ended) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
        // In CI some print the port in a colour of its own.
        if (stripVTControlCharacters(said).includes(`:${port}`)) listening();
      });
    }
    child.on("exit", () => ended(new Error(`it ended: ${said}`)));
  });
  return `http://127.0.0.1:${port}/`;
}
