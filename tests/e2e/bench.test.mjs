// The page that the benches and the soak drive, so that they do not rot between two runs, which take an hour.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Omneo } from "../../bench/omneo.mjs";
import { name, openBrowser } from "./browser.mjs";

const skip = process.env.WEBASSEMBLY === "off" && "without WebAssembly there is no module to see the memory of";

test(`${name}: the benches' page records, and shows the module's memory`, { skip }, async (t) => {
  const site = new Omneo();
  await site.start();
  t.after(() => site.close());
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  await visitor.until(() => visitor.run("return Boolean(window.visit)"), "the page's tracker");
  await visitor.run(`visit.record(["r1", "r2"])`);
  await visitor.until(async () => (await site.arrived()).names.size === 2, "both to arrive");
  assert.deepEqual(await visitor.run("return failures"), []);
  assert.ok((await visitor.run("return memory.buffer.byteLength")) > 0);
});
