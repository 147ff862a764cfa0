// The receiver of the other trackers: it serves a page with the tracker and takes what the tracker sends.

import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What each tracker puts into the body of a request: the names of the events, and the id that tells copies apart. */
const READ = {
  snowplow: ({ data }) => data.map(({ se_ac: name, eid: id }) => ({ name, id })),
  segment: ({ batch, ...one }) => (batch ?? [one]).map(({ event: name, messageId: id }) => ({ name, id })),
  posthog: (body) => [body.batch ?? body].flat().map(({ event: name, uuid: id }) => ({ name, id })),
};

export const PEERS = {
  snowplow: "@snowplow/browser-tracker",
  segment: "@segment/analytics-next",
  posthog: "posthog-js",
};

export class Collector {
  #server;
  #port = 0;
  #script;
  #received = [];
  // `{status, after, drop, times}`, as the sandbox's faults.
  #fault;

  constructor(peer, host = "127.0.0.1") {
    this.peer = peer;
    this.host = host;
  }

  async start() {
    this.#script ??= await bundle(this.peer);
    this.#server = createServer((request, response) => this.#answer(request, response).catch(() => response.destroy()));
    this.#server.listen(this.#port, this.host);
    await once(this.#server, "listening");
    this.#port = this.#server.address().port;
    this.origin = `http://${this.host}:${this.#port}`;
  }

  async stop() {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async close() {
    if (this.#server.listening) await this.stop();
  }

  async fault({ rules: [rule] = [] } = {}) {
    this.#fault = rule && { times: Infinity, ...rule };
  }

  /** The names that were written and how often; second copies are told by their id, and dropped. */
  async arrived() {
    const written = new Map();
    for (const { name, id } of this.#received) written.set(name, (written.get(name) ?? new Set()).add(id));
    return { names: new Map([...written].map(([name, ids]) => [name, ids.size])) };
  }

  async #answer(request, response) {
    const page = { "/": ["text/html", '<!doctype html><title>Bench</title><script src="/visit.js" type="module"></script>'] };
    const [type, text] = { ...page, "/visit.js": ["text/javascript", this.#script] }[request.url.split("?")[0]] ?? [];
    if (request.method === "GET" && text) return response.setHeader("Content-Type", type).end(text);
    const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    if (request.method !== "POST") return response.writeHead(200, cors).end("{}");
    const body = await textOf(request);
    const fault = this.#fault?.times > 0 ? this.#fault : undefined;
    if (fault) fault.times -= 1;
    if (!fault || fault.after || fault.drop === "after") this.#received.push(...this.#events(body));
    if (fault?.drop) return request.socket.destroy();
    response.writeHead(fault?.status ?? 200, { ...cors, "Content-Type": "application/json" }).end("{}");
  }

  #events(body) {
    return READ[this.peer](JSON.parse(decoded(body))).filter(({ name }) => /^r\d/.test(name));
  }
}

// PostHog's beacons are forms with the JSON in base64.
function decoded(body) {
  const data = new URLSearchParams(body.startsWith("data=") ? body : "").get("data");
  return data === null ? body : Buffer.from(data, "base64").toString();
}

async function textOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

async function bundle(peer) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`peers/${peer}.js`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}
