// What a shop's web server tells the relay of a request, whatever the client says of itself.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { need } from "../programs.mjs";
import { startProxy } from "./proxies.mjs";

// As a client would write them that wants to be another, at another brand.
const FORGED = {
  Host: "shop.example",
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Host": "another.example",
  "X-Forwarded-Proto": "gopher",
  Forwarded: "for=203.0.113.7;host=another.example",
};

for (const name of ["nginx", "caddy"]) {
  test(`behind ${name}, no client says who it is or whose shop it asks`, async (t) => {
    const program = need(t, name);
    if (!program) return;
    const { asked, host } = await listen(t);
    const { origin } = await startProxy(t, name, program, host);
    await ask(origin, { method: "GET", headers: FORGED });
    const [{ headers }] = asked.filter(({ url }) => url === PATH);
    assert.equal(headers.host, "shop.example");
    assert.equal(headers["x-forwarded-for"], "127.0.0.1");
    assert.equal(headers["x-forwarded-host"], "shop.example");
    assert.equal(headers["x-forwarded-proto"], "http");
    assert.equal(headers.forwarded, undefined);
  });
}

test("nginx keeps customers' records off its disk", async (t) => {
  const program = need(t, "nginx");
  if (!program) return;
  const { asked, host } = await listen(t);
  const { origin, log } = await startProxy(t, "nginx", program, host);
  await ask(origin, { method: "POST", headers: { Host: "shop.example" } }, "x".repeat(1 << 20));
  assert.equal(asked.at(-1).bytes, 1 << 20, "what the relay takes, nginx passes on");
  assert.doesNotMatch(readFileSync(log, "utf8"), /buffered to a temporary file/);
});

const PATH = "/relay/v1/profiles/me/interactions";

// In the relay's place, as the relay itself does not say what it was told.
async function listen(t) {
  const asked = [];
  const server = createServer((incoming, answer) => {
    const { url, headers } = incoming;
    let bytes = 0;
    incoming.on("data", (chunk) => (bytes += chunk.length));
    incoming.on("end", () => {
      asked.push({ url, headers, bytes });
      answer.end("[]");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, host: `127.0.0.1:${server.address().port}` };
}

// `fetch` lets nobody choose `Host`.
async function ask(origin, options, body) {
  const asking = request(origin + PATH, options);
  asking.end(body);
  const [answer] = await once(asking, "response");
  answer.resume();
  await once(answer, "end");
  assert.equal(answer.statusCode, 200);
}
