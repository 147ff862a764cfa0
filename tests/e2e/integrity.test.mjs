// Files that are not those that were built: none is run, and the page goes on.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../tools/process.mjs";
import { hasWebAssembly, name } from "./browser.mjs";
import { openSite } from "./site.mjs";

const HASHES = JSON.parse(readFileSync(join(root, "dist", "integrity.json"), "utf8"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const POLICY = "'self' 'wasm-unsafe-eval'";

const [SCRIPT, MODULE, FALLBACK] = ["omneo-interactions.js", "omneo-interactions.wasm", "fallback.js"];
const integrity = (file) => `integrity="${HASHES[file]}"`;

test("integrity.json has the hash of every file as it lies there", () => {
  for (const [file, hash] of Object.entries(HASHES)) {
    const content = readFileSync(join(root, "dist", file));
    assert.equal(hash, `sha384-${createHash("sha384").update(content).digest("base64")}`, file);
  }
});

test(`${name}: the files that are named by their version, all of them by their hashes`, async (t) => {
  const snippet = `versioned/snippet-${version}.js`;
  const { head, scripts } = mapped((file) => file.startsWith("versioned/"));
  const site = await openSite(t, { scripts, head, snippet, attributes: integrity(snippet) });
  await site.arrives();
  const views = (await site.visitor.run("return 'navigation' in window")) ? [] : [`versioned/history-${version}.js`];
  const files = [snippet, ...views, `versioned/omneo-interactions-${version}.js`];
  files.push(hasWebAssembly ? `versioned/omneo-interactions-${version}.wasm` : `versioned/fallback-${version}.js`);
  // On this machine only.
  const advice = `versioned/advice-${version}.js`;
  files.push(advice);
  await site.visitor.until(async () => (await site.loaded()).includes(advice), "the advice");
  // Script and module come side by side.
  assert.deepEqual([...new Set(await site.loaded())].sort(), files.sort());
  assert.deepEqual(await site.visitor.run("return broken"), []);
});

test(`${name}: of the versioned files, a consent platform's too`, async (t) => {
  const platform = `consent: { google: {} }`;
  const site = await openSite(t, { scripts: POLICY, snippet: "nothing.js" });
  const { createTracker } = await site.visitor.run(`
    window.dataLayer = [["consent", "update", { analytics_storage: "granted" }]];
    const { createTracker } = await import("/omneo/versioned/omneo-interactions-${version}.js");
    await createTracker({ endpoint: "/", token: () => null, ${platform} });
    return { createTracker: typeof createTracker };
  `);
  assert.equal(createTracker, "function");
  assert.ok((await site.loaded()).includes(`versioned/consent/google-${version}.js`));
});

// WebKit takes the hash of the script from the page's import map alone.
const { head, scripts } = mapped((file) => !file.startsWith("versioned/"));
const byTheLoader = name === "webkit" ? { head, scripts } : { scripts: POLICY };

for (const [file, options, says] of [
  [SCRIPT, byTheLoader, /omneo-interactions\.js|integrity|module script failed/i],
  ...(hasWebAssembly ? [[MODULE, { scripts: POLICY }, /fetch|network|load failed/i]] : []),
  [FALLBACK, { scripts: scripts.replace("'wasm-unsafe-eval'", ""), head }, /What `module` names could not be loaded/],
]) {
  test(`${name}: a changed ${file} is not run, and the page goes on with one warning`, async (t) => {
    const change = (folder) => appendFileSync(join(folder, file), file.endsWith(".js") ? "\nwindow.harmed = true;" : "\0\x01\0");
    const site = await openSite(t, { ...options, change });
    await site.visitor.until(() => site.visitor.run("return warned.length > 0"), "a warning");
    const { warned, harmed, kept } = await site.visitor.run(`omneo("pageView"); return { warned, harmed: window.harmed, ...await omneo("flush") };`);
    assert.equal(warned.length, 1);
    assert.match(warned[0], says);
    // The view, and the call.
    assert.deepEqual([harmed ?? false, kept], [false, 2]);
  });
}

test(`${name}: a changed snippet.js is not run where the tag has its hash`, async (t) => {
  const change = (folder) => appendFileSync(join(folder, "snippet.js"), "\nwindow.harmed = true;");
  const site = await openSite(t, { scripts: POLICY, attributes: integrity("snippet.js"), change });
  await site.visitor.until(() => site.visitor.run("return document.readyState === 'complete'"), "the page");
  assert.ok(!(await site.loaded()).includes(SCRIPT));
  assert.deepEqual(await site.visitor.run("return [window.harmed ?? false, warned]"), [false, []]);
});

/** An import map with the hashes of some of the scripts, and the policy that allows it. */
function mapped(includes) {
  const files = Object.entries(HASHES).filter(([file]) => file.endsWith(".js") && includes(file));
  const map = JSON.stringify({ integrity: Object.fromEntries(files.map(([file, hash]) => [`/omneo/${file}`, hash])) });
  const hash = createHash("sha256").update(map).digest("base64");
  return { head: `<script type="importmap">${map}</script>`, scripts: `${POLICY} 'sha256-${hash}'` };
}
