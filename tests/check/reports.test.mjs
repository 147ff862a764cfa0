// `omneo-interactions reports`: that a page on this machine gets what Omneo's global route has, and never the key.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { interactions } from "../../check/reports/omneo.mjs";
import { capture, root } from "../../tools/process.mjs";
import { ADA, ADMIN_TOKEN, startSandbox } from "../e2e/sandbox.mjs";

const COMMAND = [join(root, "dist", "check.js"), "reports"];

async function start(t, sandbox, ...args) {
  const child = spawn(process.execPath, [...COMMAND, "--endpoint", sandbox.origin, "--port", "0", ...args], { env: { ...process.env, OMNEO_ADMIN_TOKEN: ADMIN_TOKEN } });
  t.after(() => child.kill());
  const [said] = await once(child.stdout, "data");
  const [address] = /http:\/\/127\.0\.0\.1:\d+\/(?= )/.exec(`${said}`.split(": ").slice(1).join(": ")) ?? assert.fail(`${said}`);
  return { child, address, ask: (path, headers) => fetch(new URL(path, address), { headers }) };
}

const linesOf = (text) => text.trim().split("\n").map((line) => JSON.parse(line));

test("a page gets every interaction of the tenant, as the sandbox itself counts them, and nothing that says whose", async (t) => {
  const sandbox = await startSandbox(t, { story: true });
  await sandbox.call("POST", `/api/v3/profiles/${ADA}/interactions`, { action: "service", channel: "support", signal: -1, name: "Parcel was late", namespace: "support-desk", interacted_at: "2026-02-27T23:30:00+11:00" });
  const { ask } = await start(t, sandbox);
  const [head, ...rows] = linesOf(await (await ask("records")).text());
  const end = rows.pop();
  const [, ...own] = linesOf(await (await fetch(sandbox.url("/_sandbox/records"))).text());
  assert.deepEqual([head, end, own.pop()], [{ total: own.length }, { end: true }, { end: true }]);
  assert.ok(own.length > 2_000, `${own.length}`);
  const second = (row) => ({ ...row, at: Math.floor(row.at / 1_000) });
  assert.deepEqual(rows.map(second).sort((one, other) => one.id - other.id), own.map(second), "Omneo tells seconds");
  assert.ok(rows.some(({ at }) => at === Date.parse("2026-02-27T12:30:00Z")));
  assert.deepEqual(Object.keys(rows[0]).sort(), ["action", "at", "channel", "form", "id", "name", "namespace", "product_id", "signal", "url"]);
});

test("the key reaches no page, and other pages and names reach nothing", async (t) => {
  const sandbox = await startSandbox(t);
  const { ask, address } = await start(t, sandbox);
  for (const path of ["", "records", "reports.js", "reports.css"]) {
    const answer = await ask(path);
    const text = (await answer.text()) + JSON.stringify([...answer.headers]);
    assert.equal(answer.status, 200, path);
    assert.ok(!text.includes(ADMIN_TOKEN), path);
    assert.match(answer.headers.get("content-security-policy"), /default-src 'none'; script-src 'self'/);
  }
  assert.equal((await ask("records", { "Sec-Fetch-Site": "cross-site" })).status, 403);
  assert.equal((await ask("check.js")).status, 404);
  assert.equal((await ask("../package.json")).status, 404);
  // A name that another site lets lead to this machine.
  const port = Number(new URL(address).port);
  const { request } = await import("node:http");
  const named = request({ port, host: "127.0.0.1", path: "/records", headers: { Host: `attacker.example:${port}` } }).end();
  const [answer] = await once(named, "response");
  answer.resume();
  assert.equal(answer.statusCode, 403);
});

test("too many requests and errors that pass are waited for; a refusal is a sentence", async (t) => {
  const sandbox = await startSandbox(t, { story: true });
  const troubles = [[429, { "Retry-After": "7" }], [503, {}], [200]];
  const asked = [];
  const between = createServer(async (request, answer) => {
    asked.push(request.url);
    const [status, headers] = troubles[Math.min(asked.length - 1, 2)];
    if (status !== 200) return answer.writeHead(status, headers).end();
    const { authorization } = request.headers;
    const passed = await fetch(sandbox.url(request.url), { headers: { authorization } });
    answer.writeHead(passed.status, { "Content-Type": "application/json" }).end(await passed.text());
  });
  between.listen(0, "127.0.0.1");
  await once(between, "listening");
  t.after(() => (between.closeAllConnections(), between.close()));
  const waited = [];
  const api = `http://127.0.0.1:${between.address().port}`;
  const all = async (key) => {
    const pages = [];
    for await (const page of interactions({ api, key, since: undefined, wait: async (ms) => waited.push(ms) })) pages.push(page);
    return pages;
  };
  const [{ total }, ...pages] = await all(ADMIN_TOKEN);
  assert.equal(pages.flatMap(({ rows }) => rows).length, total);
  assert.deepEqual(waited, [7_000, 2_000]);
  assert.equal(asked[0], asked[2], "the same page again");
  await assert.rejects(all("wrong"), /cannot be read from http:\S+: it answered with status 401\. Is OMNEO_ADMIN_TOKEN this tenant's\?/);
});

test("since when is Omneo's own filter", async (t) => {
  const sandbox = await startSandbox(t, { story: true });
  const { ask } = await start(t, sandbox, "--since", "2036-01-01");
  assert.deepEqual(linesOf(await (await ask("records")).text()), [{ total: 0 }, { end: true }]);
});

test("a mistake names the option, what was given and what is accepted", async () => {
  const env = { ...process.env, OMNEO_ADMIN_TOKEN: "any" };
  for (const [args, said] of [
    [[], /--tenant and --endpoint .* \(accepted: --tenant NAME/],
    [["--tenant", "a", "--endpoint", "https://b.example"], /One of --tenant and --endpoint/],
    [["--tenant", "acme.getomneo.com"], /--tenant is "acme\.getomneo\.com"; accepted: the name/],
    [["--endpoint", "http://shop.example"], /--endpoint is "http:\/\/shop\.example"; accepted: an origin with https/],
    [["--endpoint", "https://shop.example/api"], /accepted: an origin/],
    [["--tenant", "acme", "--since", "last week"], /--since is "last week"; accepted: a day/],
    [["--tenant", "acme", "--port", "80 80"], /--port is "80 80"; accepted: 0 to 65535/],
    [["--tenant", "acme", "--key", "any"], /Unknown option '--key'.* \(accepted:/],
  ]) {
    const { code, stderr } = await capture(process.execPath, [...COMMAND, ...args], { env });
    assert.deepEqual([code, said.test(stderr)], [2, true], `${args}: ${stderr}`);
  }
  const { code, stderr } = await capture(process.execPath, [...COMMAND, "--tenant", "acme"], { env: { ...process.env, OMNEO_ADMIN_TOKEN: "" } });
  assert.deepEqual([code, /OMNEO_ADMIN_TOKEN is not set/.test(stderr)], [2, true], stderr);
});
