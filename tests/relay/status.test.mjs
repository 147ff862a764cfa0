// The page for whoever runs the relay, in a browser: it reads well, and fits a phone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { ADA, ADMIN_KEY, SERVER_KEY, until, world } from "./world.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME_BIN, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(() => browser.close());

test("the status page shows what waits and what is dead, in light and dark, on a phone and a desk", async (t) => {
  const sandbox = await world(t);
  await sandbox.faults({ route: "records", status: 422, times: 1 });
  const record = (event_id) => ({ action: "service", channel: "support", signal: 1, name: "Asked", namespace: "support", meta: { event_id } });
  const headers = { Authorization: `Bearer ${SERVER_KEY}`, "Content-Type": "application/json" };
  const records = ["<img src=x onerror=alert(1)>", "b"].map(record);
  await fetch(`${sandbox.relay.origin}/relay/v1/profiles/${ADA}/interactions`, { method: "POST", headers, body: JSON.stringify(records) });
  await until(async () => (await sandbox.interactions()).length === 1, "one is delivered, and one is dead");
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, httpCredentials: { username: "any", password: ADMIN_KEY } });
      const page = await context.newPage();
      await page.goto(`${sandbox.relay.admin}/status/`);
      assert.equal(await page.locator("dt:text('Dead') + dd").innerText(), "1");
      assert.match(await page.locator("tbody").innerText(), /rejected\s+422.*<img src=x/s);
      const [scrolls, inner] = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]");
      assert.ok(scrolls <= inner, `${colorScheme} ${width}: ${scrolls} of ${inner}`);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/status-${colorScheme}-${width}.png`, fullPage: true });
      // The page has no script of its own, and lets none in: axe comes by way of the browser's own tools.
      const own = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true, httpCredentials: { username: "any", password: ADMIN_KEY } });
      const looked = await own.newPage();
      await looked.goto(`${sandbox.relay.admin}/status/`);
      await looked.evaluate(axe);
      const { violations } = await looked.evaluate("axe.run()");
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], `${colorScheme} ${width}`);
      await Promise.all([context.close(), own.close()]);
    }
  }
});
