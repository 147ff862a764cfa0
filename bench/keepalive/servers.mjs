// A shop's pages on one origin, and receivers on others: each has a port of its own, so that what one holds back keeps no connection
// from another.

import { once } from "node:events";
import { createServer } from "node:http";

/** `/` can begin a request, see `PAGE`; any other address is a page that has nothing. */
export class Site {
  /** What pages told by a beacon, in the order that they say. */
  #told = [];

  async start() {
    this.origin = await listen((request, response) => this.#answer(request, response), this);
  }

  /** What the page with this id told: `[{what, at}]`. */
  told(id) {
    return this.#told.filter((one) => one.id === id).sort((a, b) => a.order - b.order);
  }

  stop() {
    stop(this);
  }

  async #answer(request, response) {
    if (request.method === "POST") {
      this.#told.push(JSON.parse(await textOf(request)));
      return response.writeHead(204).end();
    }
    const isFirst = new URL(request.url, "http://site").pathname === "/";
    response.writeHead(200, { "Content-Type": "text/html" }).end(isFirst ? PAGE : "<!doctype html><title>Next</title><script>visit = 2</script>");
  }
}

/**
 * A receiver that answers a preflight once `preflight` has settled, and a POST once `answer` has. It keeps when each came, and when
 * the browser let go of a connection that still waited for an answer.
 */
export class Receiver {
  preflights = [];
  posts = [];
  closed = [];

  constructor({ preflight, answer } = {}) {
    this.preflight = preflight;
    this.answer = answer;
  }

  async start() {
    this.origin = await listen((request, response) => this.#answer(request, response), this);
    return this;
  }

  stop() {
    stop(this);
  }

  async #answer(request, response) {
    response.on("close", () => response.writableFinished || this.closed.push(Date.now()));
    const isPreflight = request.method === "OPTIONS";
    if (!isPreflight) await textOf(request);
    (isPreflight ? this.preflights : this.posts).push(Date.now());
    await (isPreflight ? this.preflight : this.answer);
    const allowed = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, content-type", "Access-Control-Max-Age": "600" };
    response.writeHead(isPreflight ? 204 : 201, allowed).end(isPreflight ? "" : "{}");
  }
}

async function listen(answer, owner) {
  owner.server = createServer((request, response) => answer(request, response).catch(() => response.destroy()));
  // Nothing but the browser may end a connection here.
  Object.assign(owner.server, { requestTimeout: 0, headersTimeout: 0, timeout: 0, keepAliveTimeout: 0 });
  owner.server.listen(0, "127.0.0.1");
  await once(owner.server, "listening");
  return `http://127.0.0.1:${owner.server.address().port}`;
}

function stop({ server }) {
  server.close();
  server.closeAllConnections();
}

async function textOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

// `?uncached` keeps a page out of the back/forward cache, `?late` begins a request in `pagehide`; `?id=` has the page tell its events.
const PAGE = `<!doctype html><title>First</title><script>
const asked = new URL(location.href).searchParams;
let order = 0;
window.tell = (what) => navigator.sendBeacon("/told", JSON.stringify({ id: asked.get("id"), order: order++, what, at: performance.now() }));
window.begin = (url, keepalive) => {
  window.aborter = new AbortController();
  window.fate = "under way";
  const headers = { Authorization: "Bearer one", "Content-Type": "application/json" };
  return fetch(url, { method: "POST", headers, body: '{"name":"one"}', keepalive, signal: aborter.signal })
    .then(() => (fate = "answered"), ({ name }) => (fate = name));
};
if (asked.has("uncached")) {
  addEventListener("unload", () => {});
  navigator.locks?.request("kept", () => new Promise(() => {}));
}
if (asked.has("late")) addEventListener("pagehide", () => begin(asked.get("late"), true));
if (asked.has("id")) {
  addEventListener("pagehide", ({ persisted }) => tell(persisted ? "pagehide, to be kept" : "pagehide"));
  document.addEventListener("visibilitychange", () => {
    tell(document.visibilityState);
    if (document.visibilityState === "hidden") setTimeout(() => tell("50 ms after hidden"), 50);
  });
}
addEventListener("pageshow", ({ persisted }) => (window.restored = persisted));
window.visit = 1;
</script>`;
