// What a person sees of the demo: no page and no state of one is blank, or wider than the screen. `npm run shots` keeps the pictures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { startSandbox } from "../e2e/sandbox.mjs";
import { colours, seed, shoot } from "./shoot.mjs";

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME_BIN, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(() => browser.close());

// A sample of what `npm run shots` looks at: each state once on a phone and once at a desk, and in both lights.
for (const [width, scheme] of [[390, "dark"], [1280, "light"]]) {
  test(`no state is blank, or wider than ${width} pixels, in ${scheme}`, async (t) => {
    const sandbox = await startSandbox(t, { story: true });
    await seed(sandbox);
    const looker = await browser.newPage();
    const wrong = [];
    for await (const { name, wide, picture } of shoot(browser, sandbox, width, scheme)) {
      if (wide > width) wrong.push(`${name} is ${wide} wide`);
      const seen = await colours(looker, picture);
      if (seen < 4) wrong.push(`${name} has ${seen} colours`);
    }
    assert.deepEqual(wrong, []);
  });
}

test("a blank picture is told from a page", async () => {
  const page = await browser.newPage();
  const looker = await browser.newPage();
  assert.ok((await colours(looker, await page.screenshot())) < 4);
  await page.setContent("<body style='background: teal; color: white'><h1 style='background: maroon'>Fern</h1><p style='background: gold'>and</p><p style='background: navy'>Field</p>");
  assert.ok((await colours(looker, await page.screenshot())) >= 4);
});
