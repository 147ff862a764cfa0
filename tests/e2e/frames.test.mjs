// What lies in frames: a page that nobody is shown is no view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { openStart } from "./start-site.mjs";

for (const [what, attributes, isSeen] of [
  ["display: none", 'style="display: none"', false],
  ["no width", 'width="0" height="0" style="border: 0"', false],
  ["some room", "", true],
]) {
  test(`${name}: a page in a frame that has ${what} is ${isSeen ? "" : "no "}view`, async (t) => {
    const site = await openStart(t);
    const frame = `<script>if (top === window) document.write('<iframe name="inner" src="/page?inner" ${attributes}></iframe>');</script>`;
    await site.open(`data-consent="granted" data-signed-in="true"`, { body: frame });
    await site.run(`
      const inner = frames.inner;
      while (!inner.omneo || inner.omneo.q) await new Promise((later) => setTimeout(later, 10));
      await inner.omneo("flush");`);
    await site.call("");
    const views = site.records.filter((record) => record === "Viewed page: A page").length;
    assert.equal(views, isSeen ? 2 : 1);
  });
}
