// The package as `npm pack` makes it, in apps made with the tools that sites are made with: each is built, opened in a browser, and
// a record of it arrives.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../e2e/browser.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { APPS } from "./apps.mjs";
import { settle } from "./home.mjs";
import { made } from "./made.mjs";

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
    const given = { endpoint: sandbox.origin, token: body.data.token };
    const address = await made(t, app, app.given && given);
    const visitor = await openBrowser(t);
    await visitor.open(app.given ? address : `${address}?${new URLSearchParams(given)}`);
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
    assert.deepEqual(await visitor.run(AHEAD), [], "nothing that only those need who are recorded is fetched ahead");
    rows.push([title, ...(await downloaded(visitor)), "yes"]);
  });
}

const AHEAD = `
  const ours = async ({ href }) => (await (await fetch(href)).text()).includes("omneo") ? [href] : [];
  return (await Promise.all([...document.querySelectorAll("link[rel=prefetch]")].map(ours))).flat();
`;

/** How many bytes the page's scripts have as they lie there, and in how many files. */
function downloaded(visitor) {
  return visitor.run(`
    const files = performance.getEntriesByType("resource").filter(({ name }) => /[.](m?js|wasm)\\b/.test(name));
    const bytes = files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
    return [\`\${Math.round(bytes / 1024)} KiB\`, files.length];
  `);
}
