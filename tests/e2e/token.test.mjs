// What a site hears of a token source that fails: why, and never a token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name as browser, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";
import { servePages } from "./serve.mjs";
import { TOKEN, openShop, tag } from "./shop.mjs";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI3In0.c2lnbmF0dXJl";
const OPAQUE = "tok_9f2c";

// The body of a token source, and the reason that is told.
const CASES = [
  ["throw new Error('the shop is closed')", "Error: the shop is closed"],
  ["throw 503", "503"],
  ["return Promise.reject(new Response('', { status: 502 }))", "502"],
  [`throw new Error("${JWT} is void")`, "Error: (token) is void"],
  [`return new Response("${OPAQUE}").json()`, "SyntaxError"],
  [`return new Response("${JWT}").json()`, "SyntaxError"],
  [`return { data: { nothing: "${OPAQUE}" } }`, "its answer has none"],
  ["return { error: 'invalid_grant' }", "invalid_grant"],
  ["throw undefined", "undefined"],
];

test(`${browser}: a token source that fails is told with the reason`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  site.page = '<!doctype html><link rel="icon" href="data:,"><title>Shop</title>';
  await visitor.open(`${site.origin}/`);
  for (const [body, why] of CASES) {
    const reason = await visitor.run(
      `const { createTracker } = await import("/omneo/omneo-interactions.js");
       const tracker = await createTracker({ endpoint: "/", consent: "granted", token: new Function(given[0]) });
       const { reason } = await new Promise((told) => tracker.on("failed", told));
       tracker.signOut();
       tracker.stop();
       return reason;`,
      body,
    );
    assert.equal(reason, `The token source gave no token and will be asked again: ${why}`, body);
  }
});

test(`${browser}: the script tag tells the status of its token address`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const reason = await visitor.run(`
    window.omneo = (...given) => (omneo.q ??= []).push(given);
    const failed = new Promise((told) => omneo("on", "failed", told));
    const tag = Object.assign(document.createElement("script"), { src: "/omneo/snippet.js" });
    // Which takes no GET.
    Object.assign(tag.dataset, { endpoint: "/", consent: "granted", tokenUrl: "/id/api/v1/auth/token" });
    document.head.append(tag);
    return (await failed).reason;`);
  assert.equal(reason, "No token: 405");
});

test(`${browser}: the token address is asked for each page, whatever its answer says of caches`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  shop.page = `<title>Shop</title>${tag()}`;
  shop.answers["/omneo/token"] = (_, response) =>
    response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "private, max-age=300" }).end(JSON.stringify({ token: TOKEN }));
  for (const [path, records] of [["/first", 2], ["/second", 3]]) {
    await visitor.open(shop.origin + path);
    await visitor.until(async () => shop.records.length === records, `the records of ${path}`);
  }
  assert.equal(shop.asked("/omneo/token"), 2, "the answer of another customer's page must not be this one's");
});
