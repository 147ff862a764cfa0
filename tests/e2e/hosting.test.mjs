// How sites serve scripts: under a strict content security policy, from another origin, to browsers that run no WebAssembly.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";
import { name, openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { serve } from "./serve.mjs";

const MODULE = "omneo-interactions.wasm";
const JAVASCRIPT = "fallback.js";

// What the page itself sees of its policy being broken.
const STUB = `window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
  window.broken = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => broken.push(\`\${effectiveDirective} \${blockedURI}\`));`;

test(`${name}: under the policy of the README, with Trusted Types enforced`, async (t) => {
  const site = await openSite(t, { scripts: "'self' 'wasm-unsafe-eval'" });
  await site.arrives();
  assert.deepEqual(await site.loaded(), [MODULE]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

test(`${name}: a policy that lets no WebAssembly compile gets JavaScript in its place`, async (t) => {
  const site = await openSite(t, { scripts: "'self'" });
  await site.arrives();
  assert.deepEqual(await site.loaded(), [JAVASCRIPT]);
});

test(`${name}: a browser that runs no WebAssembly gets JavaScript in its place`, async (t) => {
  const site = await openSite(t, { scripts: "'self'", webAssembly: false });
  assert.equal(await site.visitor.run("return typeof WebAssembly"), "undefined");
  await site.arrives();
  assert.deepEqual(await site.loaded(), [JAVASCRIPT]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

test(`${name}: the scripts and the module come from another origin`, async (t) => {
  const folder = folderFor(t);
  cpSync(join(root, "dist"), join(folder, "omneo"), { recursive: true });
  const host = await serve(t, folder, { "Access-Control-Allow-Origin": "*" });
  const site = await openSite(t, { scripts: `'self' 'wasm-unsafe-eval' ${host}`, host });
  await site.arrives();
  assert.deepEqual(await site.loaded(), [MODULE]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

/** A site with the script tag, whose policy allows these `scripts`; `host` is where they come from, itself where it is not said. */
async function openSite(t, { scripts, host = "/", webAssembly = true }) {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const folder = folderFor(t);
  cpSync(join(root, "dist"), join(folder, "omneo"), { recursive: true });
  const tag = `src="${host}omneo/snippet.js" data-endpoint="${sandbox.origin}" data-token-url="/token.json" data-consent="granted"`;
  writeFileSync(join(folder, "stub.js"), STUB);
  writeFileSync(join(folder, "token.json"), JSON.stringify({ token: body.data.token }));
  writeFileSync(join(folder, "index.html"), `<!doctype html><title>Strict</title><link rel="icon" href="data:,"><script src="/stub.js"></script><script async crossorigin ${tag}></script>`);
  const connect = `connect-src 'self' ${host === "/" ? "" : host} ${sandbox.origin}`;
  const policy = `default-src 'none'; img-src data:; script-src ${scripts}; ${connect}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const visitor = await openBrowser(t, { webAssembly });
  await visitor.open(await serve(t, folder, { "Content-Security-Policy": policy }));
  return {
    visitor,
    arrives: () => visitor.until(async () => (await sandbox.interactions()).some(({ name }) => name === "Viewed page: Strict"), "a record"),
    /** Which of the two did the work. */
    loaded: () =>
      visitor.run(
        `return performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop()).filter((name) => given.includes(name))`,
        MODULE,
        JAVASCRIPT,
      ),
  };
}

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-site-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
