// The receivers of webhooks in docs/webhooks.md, each run by what it is written for, behind a real sandbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root, which } from "../../tools/process.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { freePort } from "../e2e/serve.mjs";

const SECRET = "sandbox-webhook-secret";
const RECORD = { action: "feedback", channel: "website", signal: 1, name: "Reviewed product: Käse-Kleid 日本 €", namespace: "product-review" };

const php = which("php");
const example = (name) => join(root, "examples", "webhook-receiver", name);
const RECEIVERS = {
  Node: { command: () => [process.execPath, example("server.mjs")] },
  PHP: { command: (port) => [php, "-S", `127.0.0.1:${port}`, example("index.php")], skip: !php && "there is no `php` on the PATH" },
};

for (const [title, { command, skip }] of Object.entries(RECEIVERS)) {
  test(`${title}: takes what the sandbox signs, each interaction once`, { skip }, async (t) => {
    const sandbox = await startSandbox(t);
    const receiver = await startReceiver(t, command);
    await subscribe(sandbox, receiver);
    const { body } = await sandbox.call("POST", `/api/v3/profiles/${ADA}/interactions`, RECORD);
    const [delivery] = await deliveries(sandbox, ([one]) => one?.state === "delivered");
    assert.deepEqual(delivery.attempts.map(({ status }) => status), [200]);
    assert.equal(await receiver.post(JSON.stringify({ id: body.data.id, name: "again" })), 200);
    assert.equal(await receiver.post(JSON.stringify({ id: body.data.id + 1, name: "another" })), 200);
    await receiver.says(`took ${body.data.id + 1}`);
    assert.equal(receiver.said.split(`took ${body.data.id}:`).length, 2, receiver.said);
  });

  test(`${title}: refuses what is not signed, or signed otherwise`, { skip }, async (t) => {
    const receiver = await startReceiver(t, command);
    const body = JSON.stringify({ id: 7, ...RECORD });
    const right = sign(body);
    assert.equal(await receiver.post(body, right), 200);
    const changed = body.replace("Käse", "Kase");
    const wrong = {
      "a changed byte": [changed, right],
      "one more byte": [`${body} `, right],
      "another secret": [body, sign(body, "another")],
      "no secret": [body, createHmac("sha256", "").update(body).digest("hex")],
      "no header": [body, null],
      "an empty header": [body, ""],
      "upper case": [body, right.toUpperCase()],
      "a short header": [body, right.slice(0, 32)],
      "a long header": [body, `${right}00`],
      "no hexadecimal": [body, "z".repeat(64)],
      "text that is longer in bytes": [body, "é".repeat(64)],
      "the signature of nothing": ["", right],
    };
    for (const [what, [text, signature]] of Object.entries(wrong)) assert.equal(await receiver.post(text, signature), 401, what);
    assert.equal(await receiver.post("no JSON", sign("no JSON")), 400);
    assert.equal(receiver.said.split("took 7:").length, 2, receiver.said);
  });

  test(`${title}: with another secret it takes nothing, and the log says so`, { skip }, async (t) => {
    const sandbox = await startSandbox(t, { webhookRetryMs: 60_000 });
    const receiver = await startReceiver(t, command, "another");
    await subscribe(sandbox, receiver);
    await sandbox.call("POST", `/api/v3/profiles/${ADA}/interactions`, RECORD);
    const [{ state, attempts }] = await deliveries(sandbox, ([one]) => one?.attempts.length > 0);
    assert.deepEqual([state, attempts[0].status], ["waiting", 401]);
    assert.ok(!receiver.said.includes("took"));
  });
}

async function subscribe(sandbox, { url }) {
  const webhook = { trigger: "interaction.created", url, namespace: "crm" };
  assert.equal((await sandbox.call("POST", "/api/v3/webhooks", webhook)).status, 201);
}

/** What the sandbox's log has, once it is so. */
async function deliveries(sandbox, isSo) {
  let data;
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    ({ data } = (await sandbox.call("GET", "/_sandbox/deliveries")).body);
    if (isSo(data)) return data;
  }
  assert.fail(`it never was so: ${JSON.stringify(data)}`);
}

function sign(body, secret = SECRET) {
  return createHmac("sha256", secret).update(body).digest("hex");
}

async function startReceiver(t, command, secret = SECRET) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "omneo-webhooks-"));
  const [program, ...args] = command(port);
  const env = { ...process.env, PORT: `${port}`, OMNEO_WEBHOOK_SECRET: secret, OMNEO_WEBHOOK_TAKEN: folder };
  const child = spawn(program, args, { env });
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const receiver = new Receiver(`http://127.0.0.1:${port}/`, child);
  await receiver.says("started");
  return receiver;
}

class Receiver {
  said = "";

  constructor(url, child) {
    this.url = url;
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (this.said += chunk));
  }

  /** Waits until it says that. */
  async says(text) {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise(setImmediate)) {
      if (this.said.includes(text)) return;
      assert.equal(this.child.exitCode, null, this.said);
    }
    assert.fail(`it does not say "${text}": ${this.said}`);
  }

  /** Posts what is signed so, or not at all where it is `null`, and answers the status. */
  async post(body, signature = sign(body)) {
    const signed = signature === null ? {} : { "X-Omneo-Hmac-SHA256": Buffer.from(signature).toString("latin1") };
    return (await fetch(this.url, { method: "POST", headers: { "Content-Type": "application/json", ...signed }, body })).status;
  }
}
