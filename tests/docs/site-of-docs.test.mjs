// The documentation as a site, at `/docs/` of the demo: every page, on a phone and at a desk, in light and dark, under the shop's own headers.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { PAGES, makeDocs } from "../../tools/demo/docs.mjs";
import { root } from "../../tools/process.mjs";
import { startSandbox } from "../e2e/sandbox.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ADDRESSES = PAGES.map((page) => page.replace(/^www/, "").replace(/index\.html$/, ""));

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME_BIN, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(() => browser.close());

for (const [width, colorScheme] of [[390, "light"], [1280, "dark"]]) {
  test(`every page opens without a complaint, is accessible, and fits into ${width} pixels, in ${colorScheme}`, async (t) => {
    const sandbox = await startSandbox(t);
    const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
    t.after(() => page.close());
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(`${page.url()} ${error}`));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`${page.url()} ${message.text()}`));
    for (const address of ADDRESSES) {
      const answer = await page.goto(sandbox.url(address));
      assert.match(answer.headers()["content-security-policy"], /style-src 'self'/);
      const [title, current, room] = await page.evaluate(`[
        document.querySelector("main h1").textContent,
        document.querySelector("#pages [aria-current]")?.textContent,
        document.documentElement.scrollWidth,
      ]`);
      if (address !== "/docs/") assert.equal(current, title);
      assert.ok(room <= width, `${address} is ${room} wide`);
      // The pages look alike: all of them once, and in the other light the one that has most on it.
      if (colorScheme === "light" && address !== "/docs/policy/") continue;
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${address} ${id} ${nodes[0].html}`), []);
    }
    assert.deepEqual(wrong, []);
  });
}

test("the shop leads to it", async (t) => {
  const sandbox = await startSandbox(t);
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(sandbox.url("/"));
  await page.getByRole("link", { name: "How the tracker works" }).click();
  await page.getByRole("heading", { name: "Documentation" }).waitFor();
});

test("every link of a page leads to a page that is there, and to a heading of it", async (t) => {
  const sandbox = await startSandbox(t);
  const text = async (path) => {
    const answer = await fetch(sandbox.url(path));
    return answer.ok ? answer.text() : undefined;
  };
  const pages = new Map(await Promise.all(ADDRESSES.map(async (address) => [address, await text(address)])));
  const lost = [];
  for (const [from, page] of pages) {
    for (const [, target] of page.matchAll(/ href="([/#][^"]*)"/g)) {
      const { pathname, hash } = new URL(target, sandbox.url(from));
      const there = pages.get(pathname) ?? (await text(pathname));
      if (there === undefined || (hash && !there.includes(` id="${decodeURIComponent(hash.slice(1))}"`))) lost.push(`${from}: ${target}`);
    }
  }
  assert.deepEqual(lost, []);
});

test("a link to what is not there stops the build, and is named", async (t) => {
  const folder = "target/docs/dead";
  t.after(() => rmSync(join(root, folder), { recursive: true, force: true }));
  mkdirSync(join(root, folder, "in"), { recursive: true });
  writeFileSync(join(root, folder, "in", "one.md"), "# One\n\n[a](two.md) [b](#there) [c](one.md#not-there) [d](#one)\n\n## There\n");
  const make = makeDocs({ from: `${folder}/in`, to: `${folder}/out` });
  await assert.rejects(make, { message: `In ${folder}/in/ these links lead nowhere:\n  one.md: two.md\n  one.md: one.md#not-there` });
});
