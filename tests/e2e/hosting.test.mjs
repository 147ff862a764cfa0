// How sites serve scripts: under a strict content security policy, from another origin, to browsers that run no WebAssembly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWebAssembly, name } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { folderFor, openSite } from "./site.mjs";

const MODULE = "omneo-interactions.wasm";
const JAVASCRIPT = "fallback.js";

// What does the work where the policy allows either.
const USUAL = process.env.WEBASSEMBLY === "off" ? JAVASCRIPT : MODULE;

test(`${name}: under the policy of docs/hosting.md, with Trusted Types enforced`, async (t) => {
  const site = await openSite(t, { scripts: "'self' 'wasm-unsafe-eval'" });
  await site.arrives();
  assert.deepEqual(await worked(site), [USUAL]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

test(`${name}: a policy that lets no WebAssembly compile gets JavaScript in its place`, async (t) => {
  const site = await openSite(t, { scripts: "'self'" });
  await site.arrives();
  // The start does not know the policy, and has asked for the module beside the script.
  assert.deepEqual(await worked(site), hasWebAssembly ? [USUAL, JAVASCRIPT] : [JAVASCRIPT]);
});

test(`${name}: a browser that runs no WebAssembly gets JavaScript in its place`, async (t) => {
  const site = await openSite(t, { scripts: "'self'", webAssembly: false });
  assert.equal(await site.visitor.run("return typeof WebAssembly"), "undefined");
  await site.arrives();
  assert.deepEqual(await worked(site), [JAVASCRIPT]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

test(`${name}: the scripts and the module come from another origin`, async (t) => {
  const host = await serve(t, folderFor(t), { "Access-Control-Allow-Origin": "*" });
  const site = await openSite(t, { scripts: `'self' 'wasm-unsafe-eval' ${host}`, host });
  await site.arrives();
  assert.deepEqual(await worked(site), [USUAL]);
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

/** Which of the two did the work. */
async function worked(site) {
  return (await site.loaded()).filter((file) => [MODULE, JAVASCRIPT].includes(file));
}
