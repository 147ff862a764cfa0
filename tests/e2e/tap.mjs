// A tap on the wire: it hands every request on to the sandbox and keeps all of it, method, address, headers and body.

import { once } from "node:events";
import { createServer } from "node:http";

export async function startTap(t, sandbox) {
  const tap = new Tap(sandbox);
  await tap.listen();
  t.after(() => tap.close());
  return tap;
}

class Tap {
  #sandbox;
  #server;
  /** `{method, url, headers, body}` of each request. */
  seen = [];
  /** What the tap answers itself: by path, what is to be done with request and response. */
  answers = {};

  constructor(sandbox) {
    this.#sandbox = sandbox;
  }

  async listen() {
    this.#server = createServer((request, response) => this.#handOn(request, response).catch(() => response.destroy()));
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The records that were posted. */
  records() {
    const posts = this.seen.filter(({ method, url }) => method === "POST" && url.includes("/interactions"));
    return posts.map(({ body }) => JSON.parse(body));
  }

  async #handOn(request, response) {
    const { method, url, headers } = request;
    const body = await textOf(request);
    this.seen.push({ method, url, headers, body });
    const own = this.answers[new URL(url, this.origin).pathname];
    if (own) return own(request, response);
    // A form that is submitted the plain way lands on a page, as at a shop.
    if (method === "POST" && headers["sec-fetch-mode"] === "navigate") return response.writeHead(303, { Location: "/thanks.html" }).end();
    const passed = without(headers, /^(host|connection|content-length)$/);
    const answer = await fetch(this.#sandbox.url(url), { method, headers: passed, body: body || undefined, redirect: "manual" });
    const given = without(Object.fromEntries(answer.headers), /^(content-length|content-encoding|transfer-encoding|connection)$/);
    response.writeHead(answer.status, given).end(Buffer.from(await answer.arrayBuffer()));
  }
}

const without = (headers, names) => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));

async function textOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
