// When the script tag begins: after the site's own scripts, however late those come.

import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";

import { name, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";

// The page says when it has been read, and when the script tag has been carried out.
const PAGES = {
  "/": `<!doctype html><title>A slow site</title><link rel="icon" href="data:,"><script src="/stub.js"></script>
    <script async id="tag" src="/omneo/snippet.js" data-endpoint="/" data-token-url="/nobody" data-load="now"></script>
    <script type="module" src="/own.js"></script>`,
  "/stub.js": `window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
    document.addEventListener("readystatechange", () => document.readyState === "interactive" && fetch("/read"));
    document.addEventListener("load", (event) => event.target.id === "tag" && fetch("/begun"), true);`,
  "/own.js": `window.heard = []; omneo("on", "recorded", ({ kind }) => heard.push(kind));`,
  "/read": "",
  "/begun": "",
};
const HELD_UNTIL = { "/omneo/snippet.js": "/read", "/own.js": "/begun" };
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

test(`${name}: the script tag begins when the site's own scripts have run, however late they come`, async (t) => {
  const { origin, answered } = await slowSite(t);
  const visitor = await openBrowser(t);
  await visitor.open(origin);
  await visitor.until(() => visitor.run("return heard.length > 0"), "a view");
  assert.deepEqual(await visitor.run("return heard"), ["pageView"]);
  const scripts = ["/omneo/snippet.js", "/own.js", "/omneo/omneo-interactions.js"];
  assert.deepEqual(answered.filter((path) => scripts.includes(path)), scripts);
});

test(`${name}: the tag may be carried out again, as where a router swaps the body, and there is one tracker`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const heard = await visitor.run(`
    const carryOut = () => new Promise((loaded) => {
      const tag = Object.assign(document.createElement("script"), { src: "/omneo/snippet.js", onload: loaded });
      Object.assign(tag.dataset, { endpoint: "/", tokenUrl: "/nobody", load: "now", astroExec: "", turboTrack: "reload", otIgnore: "" });
      document.head.append(tag);
    });
    const heard = [];
    window.omneo = (...given) => (omneo.q ??= []).push(given);
    omneo("on", "recorded", ({ record }) => heard.push(record.name));
    await Promise.all([carryOut(), carryOut()]);
    await omneo("flush");
    await carryOut();
    omneo("productView", { name: "A" });
    await omneo("flush");
    return heard;
  `);
  assert.deepEqual(heard, ["Viewed page: Nothing but what a test puts here", "Viewed product: A"]);
});

/** A site that answers some files only when the page has asked for others. */
async function slowSite(t) {
  const answered = [];
  const asked = new Set();
  const asks = new EventEmitter();
  const server = createServer(async ({ url }, response) => {
    asked.add(url);
    asks.emit(url);
    const other = HELD_UNTIL[url];
    if (other && !asked.has(other)) await once(asks, other);
    answered.push(url);
    const body = PAGES[url] ?? file(url);
    if (body === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[url.split(".")[1]] ?? "text/html" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${server.address().port}/`, answered };
}

function file(url) {
  const [, name] = /^\/omneo\/([\w-]+\.\w+)$/.exec(url) ?? [];
  return name && readFileSync(new URL(`../../dist/${name}`, import.meta.url));
}
