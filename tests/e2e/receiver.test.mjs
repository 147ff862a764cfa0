// A slow receiver on another origin, as a browser meets it: the sandbox's faults of preflights and of records.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { servePages } from "./serve.mjs";

const OWN = "/id/api/v1/profiles/me/interactions";

/** A page of another origin than the sandbox's, which sends a record by `send(name)` and says how that ended in `ended[name]`. */
async function openPage(t) {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  const site = await servePages(t);
  site.page = `<!doctype html><meta charset="utf-8"><title>Another origin</title><link rel="icon" href="data:,">`;
  await visitor.open(site.origin);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.run(
    `window.ended = {};
     window.leave = new AbortController();
     window.send = (name) => {
       const record = { action: "view", channel: "website", signal: 0, name, namespace: "test", meta: { event_id: name } };
       const headers = { Authorization: "Bearer " + given[1], "Content-Type": "application/json" };
       const sent = fetch(given[0], { method: "POST", headers, body: JSON.stringify(record), signal: leave.signal });
       sent.then(({ status }) => (ended[name] = status), ({ name: error }) => (ended[name] = error));
     };`,
    sandbox.url(OWN),
    body.data.token,
  );
  const arrived = async (method) => (await sandbox.requests()).filter((request) => request.method === method && request.path === OWN).length;
  const ended = (name) => visitor.run("return ended[given[0]]", name);
  return { sandbox, visitor, arrived, ended };
}

test(`${name}: behind a preflight that is never answered nothing leaves, and one that is slow each request waits for`, async (t) => {
  const { sandbox, visitor, arrived, ended } = await openPage(t);
  await sandbox.faults({ route: "preflights", hang: true, times: 1 }, { route: "preflights", latency_ms: 50 });
  await visitor.run(`send("held")`);
  await visitor.until(async () => (await arrived("OPTIONS")) === 1, "the preflight to arrive");
  await visitor.run("leave.abort(); window.leave = new AbortController()");
  for (const name of ["first", "second"]) {
    await visitor.run("send(given[0])", name);
    await visitor.until(async () => (await ended(name)) === 201, `${name} to be answered`);
  }
  assert.deepEqual([await ended("held"), await arrived("OPTIONS"), await arrived("POST")], ["AbortError", 3, 2]);
});

test(`${name}: a slow receiver has the record of a page that no longer waits for it`, async (t) => {
  const { sandbox, visitor, arrived, ended } = await openPage(t);
  await sandbox.faults({ route: "records", latency_ms: 600_000, writes: "arrival", times: 1 }, { route: "records", latency_ms: 500 });
  const written = async (name) => (await sandbox.ledger()).some(({ event_id, accepted }) => event_id === name && accepted === 1);
  await visitor.run(`send("on arrival")`);
  await visitor.until(() => written("on arrival"), "the record to be written");
  assert.equal(await ended("on arrival"), null, "not answered yet");
  await visitor.run(`send("at the end")`);
  await visitor.until(async () => (await arrived("POST")) === 2, "it to arrive");
  await visitor.run("leave.abort()");
  await visitor.until(() => written("at the end"), "the record to be written though its page has gone");
  assert.deepEqual([await ended("on arrival"), await ended("at the end")], ["AbortError", "AbortError"]);
});
