// Which of a shop's tokens is used, by what it says of its end. `tests/e2e/shopify.test.mjs` has the theme and Omneo's API.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { shopify } from "../../js/shopify.js";

const KEY = "shapes:omneo:shapestoken:7001";
const SIGNATURE = "7eddedec5745c64768aaa479564b1682eb16667f78cc0c04f488e9ff52865532";

// Answers `answer`, a status and a text, to each request, and keeps what was sent.
const proxy = { requests: [] };
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  proxy.requests.push([request.method, request.url, request.headers["content-type"], body]);
  const [status, text] = proxy.answer;
  response.writeHead(status).end(text);
});

before(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  proxy.endpoint = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  proxy.requests = [];
  proxy.answer = [200, '{"token":"minted"}'];
  globalThis.localStorage = {};
});

const source = (more) => shopify({ customer: 7001, signature: SIGNATURE, endpoint: proxy.endpoint, ...more });
const inSeconds = (seconds) => Math.floor(Date.now() / 1000) + seconds;
const jwt = (claims) => `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

test("the proxy is asked with the id and its signature", async () => {
  assert.deepEqual(await source()(), { token: "minted" });
  assert.deepEqual(proxy.requests, [
    ["POST", "/shopify/api/v1/auth/token", "application/json", `{"id":7001,"signature":"${SIGNATURE}"}`],
  ]);
});

const good = jwt({ pid: "ada", exp: inSeconds(3600), note: "~~~???ÿÿ" });
assert.match(good, /[-_]/, "what base64 writes otherwise is in it");

for (const [what, kept, isUsed] of [
  ["good", good, true],
  ["good, as JSON", JSON.stringify(good), true],
  ["good, in an object", JSON.stringify({ token: good }), true],
  ["ended", jwt({ exp: inSeconds(-1) }), false],
  ["about to end", jwt({ exp: inSeconds(50) }), false],
  ["without an end", jwt({ pid: "ada" }), false],
  ["whose end is no time", jwt({ exp: "soon" }), false],
  ["no token", "a.b.c", false],
  ["empty", "", false],
]) {
  test(`a kept token that is ${what} is ${isUsed ? "used" : "not"}`, async () => {
    localStorage[KEY] = kept;
    assert.deepEqual([await source()(), proxy.requests.length], isUsed ? [good, 0] : [{ token: "minted" }, 1]);
    assert.deepEqual(localStorage, { [KEY]: kept });
  });
}

test("a kept token is another customer's, or was refused, and is not used", async () => {
  localStorage[KEY] = good;
  assert.deepEqual(await source({ customer: "7002" })(), { token: "minted" });
  const own = source();
  assert.deepEqual([await own(), await own()], [good, { token: "minted" }]);
});

test("a storage that is closed keeps no token", async () => {
  delete globalThis.localStorage;
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => assert.fail("SecurityError") });
  assert.deepEqual(await source()(), { token: "minted" });
  delete globalThis.localStorage;
});

test("nobody signed in is asked for nothing", async () => {
  for (const customer of [undefined, null, "", 0]) assert.equal(await source({ customer, signature: null })(), null);
  assert.deepEqual(proxy.requests, []);
});

test("no profile is nobody; a signature that is refused, a limit and an outage are failures", async () => {
  proxy.answer = [404, "{}"];
  assert.equal(await source()(), null);
  for (const status of [401, 403, 422, 429, 500, 503]) {
    proxy.answer = [status, "{}"];
    await assert.rejects(source()(), new Error(`Shopify proxy: ${status}`));
  }
  proxy.answer = [200, "<html>"];
  await assert.rejects(source()());
});

test("a wrong option is named, and no signature is shown", () => {
  for (const [options, field, given] of [
    [{ customer: "gid://shopify/Customer/7001" }, "shopify.customer", "gid://shopify/Customer/7001"],
    [{ signature: undefined }, "shopify.signature", ""],
    [{ signature: "Liquid error: no secret" }, "shopify.signature", ""],
    [{ endpoint: undefined }, "shopify.endpoint", ""],
    [{ endpoint: "/" }, "shopify.endpoint", "/"],
  ]) {
    assert.throws(() => source(options), { name: "TypeError", field, given, message: /accepted: / });
  }
  source({ endpoint: undefined, tenant: "acme" });
});
