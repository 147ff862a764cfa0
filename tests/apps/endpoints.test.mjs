// The token endpoints of the docs, each run by what it is written for, in front of a real sandbox. The one in Rust is tested with the
// sandbox: sandbox/tests/http/token_endpoint.rs.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root, which } from "../../tools/process.mjs";
import { askEndpoint } from "../../js/token-endpoint.js";
import { ADA, ADMIN_TOKEN, startSandbox } from "../e2e/sandbox.mjs";
import { freePort } from "../e2e/serve.mjs";
import { home, settle } from "./home.mjs";

const php = which("php");

const SITES = {
  "Node, Express": { command: (port) => [process.execPath, "express.mjs", port] },
  PHP: { command: (port) => [php, "-d", "session.save_path=.", "-S", `127.0.0.1:${port}`, "router.php"], skip: !php && "there is no `php` on the PATH" },
};

before(async () => {
  await settle(["endpoints"]);
  cpSync(join(root, "examples", "token-endpoint"), join(home, "endpoints", "examples"), { recursive: true });
});

for (const [title, { command, skip }] of Object.entries(SITES)) {
  test(`${title}: nobody signed in is a 401, a customer gets a token that Omneo takes`, { skip }, async (t) => {
    const sandbox = await startSandbox(t);
    const site = await startSite(t, command, sandbox.origin);
    const nobody = await site.ask();
    assert.deepEqual([nobody.status, nobody.cache], [401, "no-store"]);

    await site.signIn(ADA);
    const ada = await site.ask();
    assert.deepEqual([ada.status, ada.cache], [200, "no-store"]);
    const { token, exp, ...rest } = JSON.parse(ada.text);
    assert.deepEqual([typeof exp, rest], ["number", {}]);
    const { status } = await sandbox.call("GET", "/id/api/v1/profiles/me/interactions", undefined, token);
    assert.equal(status, 200);
  });

  test(`${title}: what Omneo refuses, or does not answer, is a 502 that tells nothing`, { skip }, async (t) => {
    const sandbox = await startSandbox(t);
    const site = await startSite(t, command, sandbox.origin);
    await site.signIn("00000000-0000-0000-0000-000000000000");
    await site.fails(502);
    await site.signIn(ADA);
    const faults = { rules: [{ route: "token", status: 503 }] };
    await sandbox.call("POST", "/_sandbox/faults", faults);
    await site.fails(502);
    await sandbox.stop();
    await site.fails(502);
  });

  test(`${title}: an admin token that Omneo does not know is a 502 without it`, { skip }, async (t) => {
    const sandbox = await startSandbox(t);
    const site = await startSite(t, command, sandbox.origin, "not-the-token");
    await site.signIn(ADA);
    await site.fails(502);
  });
}

test("`tokenUrl` tells nobody from nothing", async (t) => {
  const sandbox = await startSandbox(t);
  const site = await startSite(t, SITES["Node, Express"].command, sandbox.origin);
  // As in a page of that site.
  const { fetch } = globalThis;
  t.mock.method(globalThis, "fetch", (path) => fetch(new URL(path, site.origin), { headers: { Cookie: site.cookie } }));
  assert.equal(await askEndpoint("/omneo/token"), undefined);
  await site.signIn(ADA);
  assert.equal(typeof (await askEndpoint("/omneo/token")).token, "string");
  await sandbox.stop();
  await assert.rejects(askEndpoint("/omneo/token"), { status: 502 });
});

/** A site with that endpoint, and a visitor of it. */
async function startSite(t, command, api, adminToken = ADMIN_TOKEN) {
  const port = await freePort();
  const [program, ...args] = command(port);
  const env = { ...process.env, OMNEO_API: api, OMNEO_ADMIN_TOKEN: adminToken };
  const child = spawn(program, args, { cwd: join(home, "endpoints"), env });
  t.after(async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });
  await started(child);
  return new Site(`http://127.0.0.1:${port}`, adminToken);
}

/** Until it says that it has started; what it says later is heard too, so that it is never held up. */
function started(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
        if (said.includes("started")) resolve();
      });
    }
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}

class Site {
  cookie = "";

  constructor(origin, adminToken) {
    this.origin = origin;
    this.adminToken = adminToken;
  }

  async signIn(id) {
    const { headers } = await fetch(`${this.origin}/login?id=${id}`, { headers: { Cookie: this.cookie } });
    this.cookie = headers.get("Set-Cookie")?.split(";")[0] ?? this.cookie;
  }

  /** Asks for the token; whatever the answer, the admin token is not in it. */
  async ask() {
    const answer = await fetch(`${this.origin}/omneo/token`, { headers: { Cookie: this.cookie } });
    const text = await answer.text();
    assert.ok(!`${[...answer.headers]} ${text}`.includes(this.adminToken));
    return { status: answer.status, cache: answer.headers.get("Cache-Control"), text };
  }

  /** As {@link ask}; nothing of what Omneo said is in the answer. */
  async fails(status) {
    const answer = await this.ask();
    assert.deepEqual([answer.status, answer.cache], [status, "no-store"]);
    assert.ok(["", "Bad Gateway"].includes(answer.text), answer.text);
  }
}
