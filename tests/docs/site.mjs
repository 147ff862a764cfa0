// A brand's site as the documentation takes it for granted: the tracker's files under /omneo/, and a token for who is signed in.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { root } from "../../tools/process.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

const NAMES = ["", "/inline", "/slim", "/shopify", "/testing"];
const imports = Object.fromEntries(NAMES.map((name) => [`omneo-interactions${name}`, `/omneo${name || "/entry"}.js`]));

/** What a snippet finds on the page that it stands on. */
const PRELUDE = `
  import { createTracker } from "omneo-interactions";
  const token = () => fetch("/omneo/token").then((answer) => answer.json());
  const myPlatform = { answer: () => "granted" };
  Object.assign(globalThis, { createTracker, token, myPlatform });`;

/** Starts a sandbox and a site beside it. */
export async function startSite(t) {
  const sandbox = await startSandbox(t);
  const pages = new Map();
  const token = async () => JSON.stringify((await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA })).body.data);
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    // Once the test is over there is no sandbox to ask any more.
    const { body, headers } = pages.get(pathname) ?? (await own(pathname, token).catch(() => undefined)) ?? {};
    if (body === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(pathname)] ?? "text/html", ...headers }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    sandbox,
    origin,
    /** Serves a text there, as of its type; answers the address. */
    put(path, body, headers) {
      pages.set(path, { body, headers });
      return origin + path;
    },
    /** What is written for Omneo goes to the sandbox, and what stands for a hash is the hash. */
    here: (text) =>
      hashed(text)
        .replaceAll(/https:\/\/api\.acme\.getomneo\.com|http:\/\/127\.0\.0\.1:8787/g, sandbox.origin)
        .replaceAll(/\btenant(: "acme")?(?=[,}\s])/g, `endpoint: "${sandbox.origin}"`)
        .replaceAll('data-tenant="acme"', `data-endpoint="${sandbox.origin}"`),
  };
}

async function own(pathname, token) {
  if (pathname === "/omneo/token") return { body: await token() };
  if (pathname === "/prelude.js") return { body: PRELUDE };
  if (pathname.startsWith("/omneo/products/")) return { body: JSON.stringify({ productId: 1001 }) };
  const [, file] = /^\/omneo\/([\w/.-]+)$/.exec(pathname) ?? [];
  return file && { body: readFileSync(join(root, "dist", file)) };
}

/** A page around a piece of markup. */
export const page = (markup) => `<!doctype html><html lang="en"><title>Docs</title><link rel="icon" href="data:,">${markup}</html>`;

/** Markup that runs a module after the prelude. */
export const module = (path) =>
  `<script type="importmap">${JSON.stringify({ imports })}</script>
   <script type="module" src="/prelude.js"></script><script type="module" src="${path}"></script>`;

function hashed(text) {
  const hashes = JSON.parse(readFileSync(join(root, "dist", "integrity.json"), "utf8"));
  const hash = (file) => hashes[file] ?? "no such file";
  return text
    .replaceAll(/(src="\/omneo\/([^"]+)" integrity=)"sha384-…"/g, (_, before, file) => `${before}"${hash(file)}"`)
    .replaceAll(/("\/omneo\/([^"]+)": )"sha384-…"/g, (_, before, file) => `${before}"${hash(file)}"`);
}
