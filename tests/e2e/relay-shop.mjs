// A shop with a relay on its own origin, by the relay's contract: what comes is noted, and each test says what is answered.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ADA } from "./sandbox.mjs";
import { listen } from "./serve.mjs";

const INTERACTIONS = "/relay/v1/profiles/me/interactions";
const WAITING = "/relay/v1/profiles/me/waiting";
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** Serves every other address as `page`, until the test is over. */
export async function startRelay(t) {
  const shop = new Shop();
  const server = createServer((request, response) => shop.take(request, response).catch(() => response.destroy()));
  shop.origin = await listen(t, server);
  return shop;
}

class Shop {
  page = '<!doctype html><link rel="icon" href="data:,"><title>A page</title>';
  /** What the token source answers, each time; null where nobody is signed in. */
  token = () => jwt("first");
  /** What the relay says of a batch: a status, headers and a body, or nothing at all where it takes its time. */
  answer = (batch) => accepted(batch);
  /** `{method, path, headers, bytes, records}` of each request to the relay; `bytes` are those of the request with its headers. */
  seen = [];

  get batches() {
    return this.seen.filter(({ path }) => path === INTERACTIONS).map(({ records }) => records);
  }

  get withdrawals() {
    return this.seen.filter(({ method, path }) => method === "DELETE" && path === WAITING);
  }

  async take(request, response) {
    const { url: path } = request;
    if (path.startsWith("/relay/")) return this.#relay(request, response);
    if (path === "/token") {
      const token = this.token();
      return token ? json(response, 200, { token }) : response.writeHead(401).end();
    }
    const [, file] = /^\/omneo\/(.*)$/.exec(path) ?? [];
    const type = TYPES[extname(file ?? "")] ?? "text/html; charset=utf-8";
    response.writeHead(200, { "Content-Type": type }).end(file ? readFileSync(join("dist", file)) : this.page);
  }

  async #relay(request, response) {
    const { method, url: path, headers } = request;
    const body = await bodyOf(request);
    const text = headers["content-encoding"] === "gzip" ? gunzipSync(body).toString() : body.toString();
    const records = text && JSON.parse(text);
    this.seen.push({ method, path, headers, bytes: headBytes(request) + body.length, records });
    if (method === "DELETE") return json(response, 200, { withdrawn: 0 });
    const answer = this.answer(records, headers);
    if (answer) json(response, answer.status, answer.body, answer.headers);
  }
}

/** Each record of a batch is on the relay's disk. */
export const accepted = (batch) => ({ status: 200, body: batch.map(({ meta }) => ({ event_id: meta.event_id, status: 202 })) });

/** A token of a customer's as a shop may make one; nobody here checks who signed it. */
export const jwt = (signature) => ["{}", JSON.stringify({ pid: ADA }), signature].map((part) => Buffer.from(part).toString("base64url")).join(".");

function json(response, status, body, headers = {}) {
  response.writeHead(status, { ...headers, "Content-Type": "application/json" }).end(JSON.stringify(body));
}

// As HTTP/1.1 has them: the line of the request, and a line for each header.
function headBytes({ method, url, rawHeaders }) {
  const line = `${method} ${url} HTTP/1.1\r\n\r\n`.length;
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, line);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
