// What stands before the sandbox on an address of its own: the shop's pages on one origin, Omneo on another, as in the field. Omneo
// may be slow: its preflight, the moment at which it writes a record, and its answer. It notes when each record came in.

import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

/**
 * Nothing held back. `preflight` and `answer` are milliseconds, or "never"; `writes` is "on arrival" or "at the end". With `isDown`
 * it hangs up.
 */
export const PROMPT = { preflight: 0, answer: 0, writes: "on arrival" };

export class Front {
  #servers = [];
  #slow = PROMPT;
  /** What is never to be answered. */
  #held = new Set();
  /**
   * Whether a connection serves more than one request. Where one did, and then ends without an answer, Chromium and Firefox send the
   * request again, also a `POST`, and no page learns of it.
   */
  reuses = false;
  /** When each record's name came in: `[{name, at}]`. */
  came = [];
  /** How many preflights came. */
  preflights = 0;
  /** How many requests may still write something. */
  #open = 0;

  /** `behind` is the sandbox's origin, `host` the address of the shop, `known` for how many seconds browsers may know a preflight. */
  constructor(behind, host = "127.0.0.1", known) {
    this.behind = new URL(behind);
    this.known = known;
    this.shop = this.#serve(host, (...exchange) => this.#page(...exchange));
    // The one address that the tracker takes without TLS.
    this.omneo = this.#serve("127.0.0.1", (...exchange) => this.#receive(...exchange));
  }

  async start() {
    for (const side of this.#servers) {
      side.server.listen(side.port, side.host);
      await once(side.server, "listening");
      side.port = side.server.address().port;
      side.origin = `http://${side.host}:${side.port}`;
    }
  }

  /** Nobody answers there any more. */
  async stop() {
    for (const { server } of this.#servers.filter(({ server }) => server.listening)) {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }

  /** How slow it is from now on. What it holds for ever is let go as by a receiver that is started again. */
  set slow(how) {
    this.#slow = how;
    for (const response of this.#held) response.destroy();
    this.#held.clear();
  }

  /** Whether no request that has come in can write anything any more. */
  isStill() {
    return this.#open === 0;
  }

  #serve(host, answer) {
    const server = createServer((request, response) => answer(request, response).catch(() => response.destroy()));
    Object.assign(server, { requestTimeout: 0, headersTimeout: 0, timeout: 0 });
    const side = { server, host, port: 0, origin: "" };
    this.#servers.push(side);
    return side;
  }

  // The pages' policy names Omneo's address, as that of any shop does.
  async #page(request, response) {
    const answer = await this.#ask(request, await bodyOf(request));
    const policy = answer.headers["content-security-policy"];
    if (policy) answer.headers["content-security-policy"] = policy.replace("connect-src 'self'", `$& ${this.omneo.origin}`);
    give(response, answer);
  }

  async #receive(request, response) {
    const slow = this.#slow;
    response.shouldKeepAlive = this.reuses;
    if (slow.isDown) return response.destroy();
    if (!request.url.includes("interactions")) return this.#pass(request, response);
    if (request.method === "OPTIONS") return this.#preflight(slow, request, response);
    if (request.method === "POST") return this.#record(slow, request, response);
    return this.#pass(request, response);
  }

  async #preflight({ preflight }, request, response) {
    this.preflights += 1;
    if (preflight === "never") return void this.#held.add(response);
    // What waits behind it may still come, if its page lives.
    this.#open += 1;
    if (preflight > 0) await pause(preflight);
    setTimeout(() => (this.#open -= 1), preflight > 0 ? AFTER_PREFLIGHT_MS : 0);
    const answer = await this.#ask(request, await bodyOf(request));
    if (this.known !== undefined) answer.headers["access-control-max-age"] = `${this.known}`;
    give(response, answer);
  }

  async #record({ answer, writes }, request, response) {
    const at = Date.now();
    this.#open += 1;
    let isOpen = true;
    const close = () => isOpen && ((isOpen = false), (this.#open -= 1));
    try {
      const body = await bodyOf(request);
      this.came.push(...namesIn(request, body).map((name) => ({ name, at })));
      const isLate = writes === "at the end";
      if (answer === "never") this.#held.add(response);
      if (isLate && answer === "never") return;
      if (isLate && answer > 0) await pause(answer);
      const answered = await this.#ask(request, body);
      close();
      if (answer === "never") return void answered.resume();
      if (!isLate && answer > 0) await pause(at + answer - Date.now());
      give(response, answered);
    } finally {
      close();
    }
  }

  async #pass(request, response) {
    give(response, await this.#ask(request, await bodyOf(request)));
  }

  // Also where whoever asked is gone, as a receiver does that has begun.
  async #ask({ method, url, headers }, body) {
    const { hostname, port } = this.behind;
    const asking = ask({ hostname, port, method, path: url, headers: { ...headers, host: this.behind.host } });
    asking.end(body);
    return (await once(asking, "response"))[0];
  }
}

// What the browser takes to send what waited behind a preflight.
const AFTER_PREFLIGHT_MS = 400;

function give(response, answer) {
  const { connection: _, "transfer-encoding": __, ...own } = answer.headers;
  answer.on("error", () => response.destroy());
  answer.pipe(response.writeHead(answer.statusCode, own));
}

function namesIn({ headers }, body) {
  const text = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  return [JSON.parse(text.toString())].flat().map(({ name }) => name);
}

async function bodyOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
