// The package as `npm pack` makes it, in apps made with the tools that sites are made with: each is built, opened in a browser, and
// a record of it arrives.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../tools/process.mjs";
import { packages } from "../../tools/setup/packages.mjs";
import { snippets } from "../docs/snippets.mjs";
import { openBrowser } from "../e2e/browser.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { serve } from "../e2e/serve.mjs";
import { install, pack } from "../package/pack.mjs";
import { APPS } from "./apps.mjs";

const execute = promisify(execFile);
const home = join(root, "target", "apps");
const rows = [];

before(async () => {
  // A folder of its own, so that whatever the tools write is nowhere in the repository. What was installed there stays.
  mkdirSync(home, { recursive: true });
  for (const { folder } of Object.values(APPS)) rmSync(join(home, folder), { recursive: true, force: true });
  cpSync(join(root, "tests", "apps"), home, { recursive: true });
  await packages("target/apps", { strict: false });
  const { path } = await pack(home);
  await install(path, home);
});

after(() => {
  console.log("| made with | the visitor gets | requests | a record arrived |\n| --- | --- | --- | --- |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
});

for (const [title, app] of Object.entries(APPS)) {
  test(title, async (t) => {
    const sandbox = await startSandbox(t);
    const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
    const address = await made(t, app);
    const visitor = await openBrowser(t);
    await visitor.open(`${address}?${new URLSearchParams({ endpoint: sandbox.origin, token: body.data.token })}`);
    const arrived = async () => (await sandbox.interactions()).filter(({ name }) => name === `Viewed product: ${app.tool}`);
    const said = () => visitor.run("return document.body.dataset.visited");
    await visitor.until(async () => (await arrived()).length > 0 || (await said()), "a record, or a word of why there is none");
    assert.equal((await arrived()).length, 1, await said());
    rows.push([title, ...(await downloaded(visitor)), "yes"]);
  });
}

/** Builds the app and serves what came of it, and answers where. */
async function made(t, { folder, tool, build, serves, out, pages = [], dist, docs = [] }) {
  const app = join(home, folder);
  for (const title of docs) writeFileSync(join(app, title), documented(title));
  const env = { ...process.env, NEXT_PUBLIC_TOOL: tool, NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };
  if (serves) return started(t, app, serves, env);
  if (build) {
    const [program, ...args] = build;
    await execute(process.execPath, [join(home, "node_modules", program), ...args], { cwd: app, env });
  }
  for (const page of pages) cpSync(join(app, page), join(app, out, page.replace("../", "")));
  if (dist) cpSync(join(home, "node_modules", "omneo-interactions", "dist"), join(app, "omneo"), { recursive: true });
  return serve(t, join(app, out));
}

/** A component of the documentation, with records going where the page's address says, and the visitor's consent. */
function documented(title) {
  const { text } = snippets("docs/frameworks.md").find((snippet) => snippet.title === title);
  const given = (name) => `new URLSearchParams(globalThis.location?.search).get("${name}")`;
  return text
    .replace('tenant: "acme"', `endpoint: ${given("endpoint")}`)
    .replace('fetch("/omneo/token")', `Promise.resolve(Response.json({ token: ${given("token")} }))`)
    .replace('consent: "unknown"', 'consent: "granted"');
}

/** A server of the tool's own, at a port that was free a moment ago. */
async function started(t, app, [program, ...args], env) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(home, "node_modules", program), ...args, `${port}`], { cwd: app, env });
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes(`:${port}`)) return `http://127.0.0.1:${port}/`;
  }
  throw new Error(`it ended: ${said}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** How many bytes the page's scripts have as they lie there, and in how many files. */
function downloaded(visitor) {
  return visitor.run(`
    const files = performance.getEntriesByType("resource").filter(({ name }) => /[.](m?js|wasm)\\b/.test(name));
    const bytes = files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
    return [\`\${Math.round(bytes / 1024)} KiB\`, files.length];
  `);
}
