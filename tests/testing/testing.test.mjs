// The test kit as a site's tests use it, with each of the tools that drive browsers.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { watch } from "omneo-interactions/testing";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { startSandbox } from "../e2e/sandbox.mjs";

const { CHROME_BIN, FIREFOX_BIN } = process.env;
const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];

const TOOLS = {
  "Playwright, Chromium": () => chromium.launch({ executablePath: CHROME_BIN, args }),
  "Puppeteer, Chromium": () => puppeteer.launch({ executablePath: CHROME_BIN, args }),
  "Puppeteer, Firefox": () => puppeteer.launch({ browser: "firefox", executablePath: FIREFOX_BIN }),
};

const NOON = "2026-01-01T12:00:00.000Z";
const DRESS = "/products/linen-wrap-dress.html";

for (const [name, launch] of Object.entries(TOOLS)) {
  describe(name, () => {
    let browser;
    before(async () => (browser = await launch()));
    after(() => browser.close());

    test("what is recorded, refused and delivered, over several pages, by a clock that stands still", async (t) => {
      const { sandbox, page } = await opened(t, browser);
      const omneo = await watch(page, { now: NOON });
      await page.goto(sandbox.url("/knitwear/"));
      await omneo.none("recorded");
      await signIn(page);
      // A page that is left tells nobody what arrives of it later.
      await omneo.flush();
      await page.goto(sandbox.url(DRESS));
      const { kind, record } = await omneo.recorded({ kind: "productView", record: { product_id: 1001, url: /linen-wrap-dress/ } });
      // A millisecond later than the page's own view, so that their order can be told.
      assert.deepEqual([kind, record.interacted_at], ["productView", "2026-01-01T12:00:00.001Z"]);
      await omneo.recorded({ kind: "pageView", record: { name: /dress/, interacted_at: NOON } });
      await omneo.flush();

      await omneo.advance(60_000);
      await page.goto(sandbox.url("/knitwear/"));
      await omneo.recorded({ kind: "pageView", record: { name: /^Viewed page: Knitwear/, interacted_at: "2026-01-01T12:01:00.000Z" } });
      await page.evaluate(buy, "");
      assert.equal((await omneo.refused({ kind: "record" })).rule, "own-model");

      const { refused, kept, failed } = await omneo.flush();
      assert.deepEqual([refused, kept, failed], [1, 0, 0]);
      const delivered = omneo.events("delivered").map(({ record }) => record.name);
      assert.deepEqual(delivered.sort(), (await sandbox.interactions()).map(({ name }) => name).sort());
    });

    test("what is waited for in vain is told, with all that there was instead", async (t) => {
      const { sandbox, page } = await opened(t, browser);
      const omneo = await watch(page);
      await page.goto(sandbox.url("/knitwear/"));
      await signIn(page);
      await page.goto(sandbox.url(DRESS));
      await omneo.recorded({ kind: "productView" });
      await assert.rejects(
        omneo.recorded({ record: { product_id: 7 } }, { timeout: 1 }),
        /^Error: Nothing was recorded that is like {"record":{"product_id":7}} within 1 ms\. There was:\n(.*\n)* {2}recorded productView "Viewed product: Linen wrap dress"/,
      );
      // The page before was left as soon as somebody was signed in: it may have been told of, or not yet.
      await assert.rejects(omneo.none("recorded", { kind: "pageView" }), /^Error: [12] recorded that is like {"kind":"pageView"}, and none was to be/);
      omneo.clear();
      await omneo.none("recorded");
    });

    test("a tracker that was imported, once the page exposes it", async (t) => {
      const { sandbox, page } = await opened(t, browser, { www: "tests/testing/site" });
      const omneo = await watch(page);
      await page.goto(sandbox.url("/"));
      await omneo.none("recorded");
      await signIn(page);
      await page.goto(sandbox.url("/"));
      await omneo.recorded({ kind: "pageView" });
      assert.equal((await omneo.failed()).error, "Error: what a site's listener throws");
    });

    test("a page without a tracker is told of", async (t) => {
      const { page } = await opened(t, browser);
      const omneo = await watch(page, { timeout: 1 });
      await page.goto("data:text/html,<title>Nothing</title>");
      await assert.rejects(omneo.flush(), /No tracker within 1 ms/);
      await assert.rejects(omneo.advance(1), /There is no clock to advance/);
      await assert.rejects(watch(page, { now: "noon" }), /`now` is "noon"; accepted: a Date/);
    });
  });
}

async function opened(t, browser, options) {
  const sandbox = await startSandbox(t, options);
  const page = await browser.newPage();
  t.after(() => page.close());
  return { sandbox, page };
}

/** Ada signs in, and agrees: of nobody else anything is recorded. */
async function signIn(page) {
  await page.evaluate(logIn, "");
  await page.evaluate(agree, "");
}

// What the page does; the drivers send these as text.
const logIn = () => {
  const body = JSON.stringify({ email: "ada@example.com", password: "demo" });
  return fetch("/shop/login", { method: "POST", headers: { "Content-Type": "application/json" }, body }).then(({ status }) => status);
};
const buy = () => omneo("record", { action: "product", channel: "website", signal: 1, name: "order_completed", namespace: "web-engagement" });
const agree = () => {
  localStorage.setItem("shop:consent", "granted");
  omneo("consent", "granted");
};
