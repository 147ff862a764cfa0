// A customer of a Shopify theme: what `docs/shopify.md` puts into the theme, rendered as Shopify does, and Omneo's Shopify proxy.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { Liquid } from "liquidjs";
import { root } from "../../tools/process.mjs";
import { name as browser, openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { serve, servePages } from "./serve.mjs";
import { folderFor } from "./site.mjs";

const SECRET = "sandbox-shopify-secret";
const KEY = "shapes:omneo:shapestoken:7001";
const MINT = "POST /shopify/api/v1/auth/token";

const liquid = new Liquid();
liquid.registerFilter("hmac_sha256", (text, secret) => createHmac("sha256", secret).update(`${text}`).digest("hex"));
const example = (name, known) => liquid.parseAndRenderSync(readFileSync(join(root, "examples/shopify", name), "utf8"), known);

// Counts whoever so much as touches the storage from here on, and hears of what fails.
const WATCH = `
  window.touched = 0;
  const kept = localStorage;
  Object.defineProperty(window, "localStorage", { get: () => (touched++, kept) });
  window.warned = [];
  console.warn = (...words) => warned.push(words.join(" "));`;

/** Opens the theme's product page as `customer`, with `token` where the theme's other scripts keep theirs. */
async function openTheme(t, { customer, secret = SECRET, token }) {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  const files = await serve(t, folderFor(t), { "Access-Control-Allow-Origin": "*" });
  const site = await servePages(t);
  const entry = { entryPoints: [join(root, "tests/e2e/platforms/shopify.js")], bundle: true, format: "iife", write: false };
  const [{ text: privacy }] = (await build(entry)).outputFiles;
  const metafield = (value) => ({ value });
  const known = { customer, shop: { metafields: { omneo: { shopify_secret: metafield(secret) } } } };
  const tag = example("omneo.liquid", known)
    .replace("https://static.acme.example/", files)
    .replace('data-tenant="acme"', `data-endpoint="${sandbox.origin}"`);
  const product = example("product.liquid", { product: { metafields: { omneo: { product_id: metafield(1001) } } } });
  const keep = `localStorage[${JSON.stringify(KEY)}] = ${JSON.stringify(token?.(sandbox) ?? "")};`;
  site.page = `<!doctype html><meta charset="utf-8"><title>Linen wrap dress</title><link rel="icon" href="data:,">
    <script>${token ? keep : ""}${WATCH}</script>${tag}
    <body><h1>Linen wrap dress</h1>${product}
    <script type="application/ld+json">{ "@context": "https://schema.org", "@type": "Product", "name": "Linen wrap dress" }</script>
    <script>omneo("on", "failed", ({ reason }) => (window.reason = reason));
      omneo("on", "refused", ({ rule }) => (window.rule = rule));</script>
    <script>${privacy}</script>`;
  assert.ok(!site.page.includes(SECRET), "the secret stays on the server");
  await visitor.open(`${site.origin}/products/linen-wrap-dress`);
  await visitor.ready();
  return {
    sandbox,
    visitor,
    accept: () => visitor.click("Accept"),
    asked: async () => (await sandbox.requests()).map(({ method, path, status }) => `${method} ${path} ${status}`).filter((line) => line.startsWith(MINT)),
    arrives: () =>
      visitor.until(async () => (await sandbox.interactions()).some((one) => one.name === "Viewed product: Linen wrap dress"), "a record"),
    on: (what) => visitor.until(() => visitor.run(`return Boolean(window.${what})`), what).then(() => visitor.run(`return window.${what}`)),
  };
}

const customer = { id: 7001 };
const unsigned = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;
const inSeconds = (seconds) => Math.floor(Date.now() / 1000) + seconds;

test(`${browser}: a customer of the theme is recorded, and before consent nothing is read or asked`, async (t) => {
  const { visitor, accept, asked, arrives, sandbox } = await openTheme(t, { customer, token: () => unsigned({ pid: ADA, exp: inSeconds(-10) }) });
  await visitor.run(`await omneo("flush")`);
  assert.deepEqual([await asked(), await visitor.run("return touched")], [[], 0]);
  const [before] = await kept(visitor);
  await accept();
  await arrives();
  assert.deepEqual(await asked(), [`${MINT} 200`]);
  assert.ok((await sandbox.requests()).every(({ status }) => status !== 401), "a kept token that has ended is not used");
  assert.ok((await visitor.run("return touched")) > 0, "the watch works");
  assert.deepEqual(await kept(visitor), [before], "the tracker keeps no token");
  const [view] = (await sandbox.interactions()).filter(({ product_id }) => product_id);
  assert.equal(view.product_id, 1001);
  assert.deepEqual(await visitor.run("return warned"), []);
});

test(`${browser}: a token that the theme's other scripts keep is used while it is good`, async (t) => {
  const { sandbox, visitor, accept, asked, arrives } = await openTheme(t, { customer });
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.run(`localStorage[given[0]] = given[1]`, KEY, body.data.token);
  await accept();
  await arrives();
  assert.deepEqual(await asked(), []);
});

test(`${browser}: a kept token that is refused makes way for another`, async (t) => {
  const { accept, asked, arrives } = await openTheme(t, { customer, token: () => unsigned({ pid: ADA, exp: inSeconds(3600) }) });
  await accept();
  await arrives();
  assert.deepEqual(await asked(), [`${MINT} 200`]);
});

test(`${browser}: with a wrong signature nothing is recorded, the site hears of it, and the page goes on`, async (t) => {
  const { sandbox, visitor, accept, asked, on } = await openTheme(t, { customer, secret: "another shop's" });
  await accept();
  assert.match(await on("reason"), /token source gave no token/);
  assert.equal((await asked())[0], `${MINT} 401`);
  assert.deepEqual(await sandbox.interactions(), []);
  await visitor.click("Privacy choices");
  await visitor.click("Reject");
});

test(`${browser}: nobody signed in, and a customer without a profile, are refused as signed out`, async (t) => {
  for (const [customer, wanted] of [[null, []], [{ id: 404404 }, [`${MINT} 404`]]]) {
    const { accept, asked, on, sandbox } = await openTheme(t, { customer });
    await accept();
    assert.equal(await on("rule"), "signed-out");
    assert.deepEqual([await asked(), await sandbox.interactions()], [wanted, []]);
  }
});

test(`${browser}: a wrong option is named, and no signature is shown`, async (t) => {
  const { visitor, sandbox } = await openTheme(t, { customer: null });
  const mistakes = await visitor.run(
    `const { createTracker, OmneoError } = await import(document.querySelector("script[src]").src.replace("snippet", "omneo-interactions"));
     const mistake = (token) => createTracker({ endpoint: given[0], token }).catch((it) => [it instanceof OmneoError, it.code, it.field, it.message].join(" "));
     return Promise.all([{ shopify: { customer: "gid://7", signature: "" } }, { shopify: { customer: 7, signature: "5e55" } }, { shopify: { tenant: "[" } }, {}].map(mistake));`,
    sandbox.origin,
  );
  assert.deepEqual(mistakes, [
    "true invalid-settings shopify.customer `shopify.customer` is gid://7; accepted: Shopify's number of the customer",
    "true invalid-settings shopify.signature `shopify.signature` is wrong; accepted: 64 hexadecimal digits",
    "true invalid-settings shopify.endpoint `shopify.endpoint` is https://api.[.getomneo.com; accepted: an origin",
    "true invalid-settings token `token` is [object Object]; accepted: a function that answers a token, or null where nobody is signed in, or {shopify}",
  ]);
});

const kept = (visitor) => visitor.run(`return Object.entries(localStorage).filter(([key]) => !key.startsWith("omneo:"))`);
