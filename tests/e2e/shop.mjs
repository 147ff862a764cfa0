// A shop that has the script tag, with its token endpoint and a receiver of its own: what a page did is seen at the server alone, so the
// page may be as hostile as it likes, to the driver too.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/** The queue stub, as README has it, and the script tag with what else is in it. */
export const STUB = `<script>if (typeof omneo !== "function") window.omneo = function () { (omneo.q = omneo.q || []).push(arguments) }</script>`;
export const tag = (attributes = "") =>
  `<script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" data-consent="granted" ${attributes}></script>`;

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const TOKEN = `${part({ alg: "HS256" })}.${part({ pid: "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001", exp: 9_999_999_999 })}.c2ln`;

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const RECORDS = "/id/api/v1/profiles/me/interactions";

/** Every address shows `page`, but those that `answers` has: by path, what is to be done with request and response. */
export async function openShop(t) {
  const shop = new Shop();
  const server = createServer((request, response) => shop.answer(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  shop.origin = `http://127.0.0.1:${server.address().port}`;
  return shop;
}

class Shop {
  page = "";
  answers = {};
  /** `{method, path, token, body}` of each request. */
  seen = [];

  /** The names of what was recorded, in the order of the alphabet: requests overtake each other. */
  get records() {
    return this.seen.filter(({ method, path }) => method === "POST" && path === RECORDS).map(({ body }) => JSON.parse(body).name).sort();
  }

  asked(path) {
    return this.seen.filter((request) => request.path === path).length;
  }

  async answer(request, response) {
    const path = new URL(request.url, "http://shop").pathname;
    const { authorization: token = "" } = request.headers;
    this.seen.push({ method: request.method, path, token, body: await textOf(request) });
    const json = (status, body) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    if (this.answers[path]) return this.answers[path](request, response);
    if (path === "/omneo/token") return json(200, { token: TOKEN });
    if (path === RECORDS) return request.method === "POST" ? json(201, {}) : json(200, { data: [] });
    if (path.startsWith("/omneo/")) return response.writeHead(200, { "Content-Type": TYPES[extname(path)] }).end(readFileSync(join("dist", path.slice(7))));
    return response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html><link rel="icon" href="data:,">${this.page}`);
  }
}

async function textOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
