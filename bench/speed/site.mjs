// One site for one visit: the page with one tracker, and the receiver of what that sends. Each has a port of its own, so that no
// cache, storage or connection is left of another visit; the program is the same for all.

import { once } from "node:events";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";
import { documentOf } from "./files.mjs";

export class Site {
  /** The tracker's own, in their order: the bytes of both bodies, as they travelled. */
  requests = [];
  #arrived = new Set();
  #firstAt;
  #tracker;
  #files;
  #server = createServer((request, response) => this.#answer(request, response).catch(() => response.destroy()));

  #inDocument;

  #delay;
  #opened;

  /** `files` as of {@link filesOf}; the tracker's, and the customer's token, come after `delay` milliseconds. */
  constructor(tracker, files, { delay = 0 } = {}) {
    this.#tracker = tracker;
    this.#files = files;
    this.#delay = delay;
  }

  async start() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const { port } = this.#server.address();
    this.origin = `http://localhost:${port}`;
    // The trackers' requests go to another origin than the page's, as they mostly do.
    const { file, bytes } = documentOf(this.#tracker, `http://127.0.0.1:${port}`);
    this.#files = { ...this.#files, "/": file };
    this.#inDocument = bytes;
    return this;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** What the tracker needed until its first record had arrived: `{requests, bytes}`. */
  async first() {
    await until(() => this.#firstAt, `the first record at ${this.origin}`);
    const { requests, bytes } = sum(this.requests.slice(0, this.#firstAt));
    return { requests, bytes: bytes + this.#inDocument };
  }

  /** What the tracker has needed so far: `{requests, bytes}`. */
  soFar() {
    const { requests, bytes } = sum(this.requests);
    return { requests, bytes: bytes + this.#inDocument };
  }

  /** How long after the page was asked for the request of the first record came, in milliseconds. */
  async untilFirst() {
    await this.first();
    return this.requests[this.#firstAt - 1].at - this.#opened;
  }

  /** What it needed from `since`, a number of requests, until so many events had arrived. */
  async events(count, since) {
    await until(() => this.arrived >= count, () => `${count} events: ${this.arrived} arrived`);
    return sum(this.requests.slice(since));
  }

  /** How many events have arrived. */
  get arrived() {
    return this.#arrived.size;
  }

  async #answer(request, response) {
    const { method, url } = request;
    const [path] = url.split("?");
    const at = performance.now();
    if (path === "/") this.#opened = at;
    const file = this.#files[path];
    if (this.#delay > 0 && (file ? !file.isOfPage : path === "/token")) await pause(this.#delay);
    const sent = await bodyOf(request);
    const { status = 200, type, encoding, body } = file ?? answerTo(method, path, sent);
    const headers = { ...CORS, "Access-Control-Allow-Origin": request.headers.origin ?? "*" };
    headers["Access-Control-Allow-Headers"] = request.headers["access-control-request-headers"] ?? "*";
    if (type) headers["Content-Type"] = type;
    if (encoding) headers["Content-Encoding"] = encoding;
    if (!file?.isOfPage) this.#count({ method, path, at, bytes: sent.length + (body?.length ?? 0) }, sent);
    response.writeHead(status, headers).end(body);
  }

  #count(request, sent) {
    this.requests.push(request);
    if (request.method !== "POST") return;
    this.#firstAt ??= this.requests.length;
    for (const [, number] of textOf(sent).matchAll(/dress no\. (\d+)/g)) this.#arrived.add(number);
  }
}

// As Omneo and a relay answer, and as the others' receivers do.
function answerTo(method, path, sent) {
  if (method === "OPTIONS") return { status: 204 };
  if (path === "/token") return json(TOKEN);
  if (path === "/nobody") return { status: 401 };
  if (method === "POST" && path.startsWith("/id/api/v1/")) return { ...json({ data: { id: 1, ...JSON.parse(sent) } }), status: 201 };
  if (path.startsWith("/relay/")) return json(JSON.parse(textOf(sent)).map(({ meta }) => ({ event_id: meta.event_id, status: 201 })));
  return json({ code: 200 });
}

const json = (value) => ({ type: "application/json", body: Buffer.from(JSON.stringify(value)) });

/** Everything in a body that can be read: some are compressed, some are forms, and Snowplow has an event in base64. */
function textOf(body) {
  const text = (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString();
  const form = new URLSearchParams(text.startsWith("data=") ? text : "").get("data");
  if (form !== null) return form.startsWith("[") || form.startsWith("{") ? form : Buffer.from(form, "base64").toString();
  const inBase64 = [...text.matchAll(/"ue_px":"([^"]*)"/g)].map(([, event]) => Buffer.from(event, "base64url").toString());
  return [text, ...inBase64].join("\n");
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sum(requests) {
  return { requests: requests.length, bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function until(condition, what) {
  for (const end = Date.now() + PATIENCE_MS; !condition(); await pause(2)) {
    if (Date.now() > end) throw new Error(`waited in vain for ${typeof what === "function" ? what() : what}`);
  }
}

const PATIENCE_MS = 60_000;

// Isolation gives the page a clock of 5 µs instead of 100.
const CORS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Max-Age": "7200",
  "Cache-Control": "no-store",
};

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const TOKEN = {
  token: [part({ alg: "HS256" }), part({ pid: "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001", exp: 4_000_000_000 }), "signature"].join("."),
  exp: 4_000_000_000,
};
