// The example of a front end in Rust, word for word, on a site where Ada signs in. Only what is meant for Omneo goes to the sandbox.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { openBrowser } from "../e2e/browser.mjs";
import { startSandbox } from "../e2e/sandbox.mjs";

const HERE = `{
  const { fetch } = window;
  window.fetch = (url, ...given) => fetch(typeof url === "string" ? url.replace("https://api.acme.getomneo.com", location.origin) : url, ...given);
}`;

test("a Yew app records what a signed-in customer does, once they have agreed", async (t) => {
  const { sandbox, visitor } = await startSite(t);
  const names = async () => (await sandbox.interactions()).map(({ name }) => name);
  const arrived = (name) => visitor.until(async () => (await names()).includes(name), name);
  await visitor.see(By.css("a"));
  assert.deepEqual(await names(), []);

  await visitor.click("Convenient: remember what I look at");
  await arrived("Viewed page: Acme");
  await visitor.click("Linen wrap dress");
  await arrived("Viewed product: Linen wrap dress");
  await visitor.until(async () => (await names()).length === 4, "all of it");
  const records = await sandbox.interactions();
  const shown = records.map(({ name, url, product_id: product }) => [name, url && new URL(url).pathname, product]);
  assert.deepEqual(shown.sort(), [
    ["Logged in", null, null],
    ["Viewed page: Acme", "/", null],
    ["Viewed page: Linen wrap dress", "/dress", null],
    ["Viewed product: Linen wrap dress", "/dress", 1001],
  ]);
});

test("a Yew app records the product that its page's markup names", async (t) => {
  // Yew's app takes the whole body.
  const { sandbox, visitor } = await startSite(t, `<meta property="og:type" content="product"><meta property="og:title" content="Scarf"><meta property="product:price:amount" content="20">`);
  await visitor.click("Convenient: remember what I look at");
  await visitor.until(async () => (await sandbox.interactions()).some(({ name }) => name === "Viewed product: Scarf"), "the product");
});

test("the site has no more of the tracker's files than it needs", () => {
  const folder = process.env.OMNEO_FRONT;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const own = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1).replace(/-[0-9a-f]{16}/, ""));
  assert.deepEqual(
    own.filter((name) => name.startsWith("snippets/omneo-interactions/")).map((name) => name.replace("snippets/omneo-interactions/", "")).sort(),
    [
      ...["document", "product-markup", "product-text", "seen"].map((name) => `js/${name}.js`),
      ...["forms", "guard", "products", "wrap"].map((name) => `src/browser/${name}.js`),
    ],
  );
  const glue = readFileSync(join(folder, "shop.js"), "utf8");
  assert.doesNotMatch(glue, /class Handle\b/, "what only the npm package's module exports");
});

/** The example's site, with this markup more, and a visitor of it who is signed in as Ada. */
async function startSite(t, markup = "") {
  const www = mkdtempSync(join(tmpdir(), "omneo-front-"));
  t.after(() => rmSync(www, { recursive: true, force: true }));
  cpSync(process.env.OMNEO_FRONT, www, { recursive: true });
  writeFileSync(join(www, "here.js"), HERE);
  const page = readFileSync(join(www, "index.html"), "utf8");
  writeFileSync(join(www, "index.html"), page.replace("<head>", `<head>${markup}<script src="/here.js"></script>`));
  const sandbox = await startSandbox(t, { www });
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const login = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ email: "ada@example.com", password: "demo" }) };
  await visitor.run("await fetch('/shop/login', given[0])", login);
  await visitor.open(sandbox.url("/"));
  return { sandbox, visitor };
}
