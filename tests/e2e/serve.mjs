// A web server as a site has one: files of a folder, each with its type.

import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };

/** Lets a server listen until the test is over, and answers its origin. */
export async function listen(t, server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** A port that nobody listens at. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Serves `folder` until the test is over, with these headers besides, and answers the address. */
export async function serve(t, folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = found(join(folder, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname))));
    if (!path) return response.writeHead(404).end();
    response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }).end(readFileSync(path));
  });
  return `${await listen(t, server)}/`;
}

/**
 * A site whose every address shows `page`, which the test sets, with what `npm run build` made under /omneo/. What is posted to it is
 * answered with `page` too. The file `missing` of these is not there.
 */
export async function servePages(t) {
  const site = { page: "", origin: "", missing: "" };
  const server = createServer((request, response) => {
    const [, file] = /^\/omneo\/(.*)$/.exec(request.url) ?? [];
    if (file && file === site.missing) return response.writeHead(404).end();
    const type = TYPES[extname(file ?? ".html")];
    response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`.replace("wasm; charset=utf-8", "wasm") });
    response.end(file ? readFileSync(join("dist", file)) : site.page);
  });
  site.origin = await listen(t, server);
  return site;
}

function found(path) {
  return [path, join(path, "index.html")].find((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
}
