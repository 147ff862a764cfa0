// The package as `npm pack` makes it, in apps made with the tools that sites are made with: each is built, opened in a browser, and
// a record of it arrives.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify, stripVTControlCharacters } from "node:util";
import { openBrowser } from "../e2e/browser.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { serve } from "../e2e/serve.mjs";
import { APPS } from "./apps.mjs";
import { freePort } from "../e2e/serve.mjs";
import { copied, home, hosted, settle } from "./home.mjs";

const execute = promisify(execFile);
const rows = [];

before(() => settle(Object.values(APPS).map(({ folder }) => folder)));

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
    const named = async (start) => (await sandbox.interactions()).filter(({ name }) => name.startsWith(start));
    const arrived = () => named(`Viewed product: ${app.tool}`);
    const said = () => visitor.run("return document.body.dataset.visited");
    await visitor.until(async () => (await arrived()).length > 0 || (await said()), "a record, or a word of why there is none");
    // An example starts one tracker, also where the framework mounts twice, and stops it when it is unmounted.
    if (app.examples) {
      await visitor.until(said, "the end of the tracker");
      assert.equal((await named("Viewed page: ")).length, 1, await said());
    }
    assert.equal((await arrived()).length, 1, await said());
    rows.push([title, ...(await downloaded(visitor)), "yes"]);
  });
}

/** Builds the app and serves what came of it, and answers where. */
async function made(t, { folder, tool, examples = {}, build, serves, out, pages = [], dist }) {
  const app = join(home, folder);
  for (const [example, place] of Object.entries(examples)) copied(example, join(folder, place));
  const env = { ...process.env, NEXT_PUBLIC_TOOL: tool, NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1" };
  if (serves) return started(t, app, serves, env);
  if (build) {
    const [program, ...args] = build;
    await execute(process.execPath, [join(home, "node_modules", program), ...args], { cwd: app, env });
  }
  for (const page of pages) cpSync(join(app, page), join(app, out, page.replace("../", "")));
  if (dist) hosted(folder);
  return serve(t, join(app, out));
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
    // In CI some print the port in a colour of its own.
    if (stripVTControlCharacters(said).includes(`:${port}`)) return `http://127.0.0.1:${port}/`;
  }
  throw new Error(`it ended: ${said}`);
}

/** How many bytes the page's scripts have as they lie there, and in how many files. */
function downloaded(visitor) {
  return visitor.run(`
    const files = performance.getEntriesByType("resource").filter(({ name }) => /[.](m?js|wasm)\\b/.test(name));
    const bytes = files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
    return [\`\${Math.round(bytes / 1024)} KiB\`, files.length];
  `);
}
