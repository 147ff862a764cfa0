// A real sandbox for one test: its own port, its own SQLite file.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { relayFor } from "./relay.mjs";
import { freePort } from "./serve.mjs";

export const ADA = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001";
export const ADMIN_TOKEN = "sandbox-admin-token";

/** An empty site, for a test that brings its own tracker: on the storefront's pages there is one already. */
export const BLANK = { www: "tests/e2e/blank" };

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts a sandbox and stops it when the test is over. `www` is the folder of its pages. It keeps every copy of a record, as
 * Omneo may, unless `dropCopies` says otherwise. `customers` are beside the demo's, and those of the `story`, who have done something, too.
 * `webhookRetryMs` is its first wait before a webhook is tried again. With `relay`, `/relay/` leads to a real one, which is `sandbox.relay`.
 */
export async function startSandbox(t, { www = "www", dropCopies = false, relay = false, customers = 0, story = false, webhookRetryMs } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-"));
  const own = relay ? relayFor(t, { port: await freePort(), settings: relay.settings }) : undefined;
  const options = ["--www", www, "--customers", `${customers}`, ...(story ? ["--story"] : []), ...(dropCopies ? ["--drop-copies"] : []), ...(own ? ["--relay", own.origin] : [])];
  if (webhookRetryMs !== undefined) options.push("--webhook-retry-ms", `${webhookRetryMs}`);
  const sandbox = new Sandbox(options, join(folder, "omneo.sqlite"));
  t.after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await sandbox.start();
  if (own) {
    sandbox.relay = own;
    await own.start(sandbox.origin);
  }
  return sandbox;
}

class Sandbox {
  #child;
  #port = 0;
  #options;

  constructor(options, database) {
    this.#options = options;
    this.database = database;
  }

  /** After a stop: at the same address, with what was stored. */
  async start() {
    const binary = process.env.OMNEO_SANDBOX ?? "target/debug/omneo-sandbox";
    const args = ["--port", `${this.#port}`, "--database", this.database, ...this.#options];
    this.#child = spawn(binary, args, { cwd: root });
    this.origin = await listening(this.#child);
    this.#port = new URL(this.origin).port;
  }

  /** Nobody listens at its address any more. */
  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  url(path) {
    return `${this.origin}${path}`;
  }

  async call(method, path, body, token = ADMIN_TOKEN) {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answer = await fetch(this.url(path), { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }

  /** What is on a profile, in the order it happened. */
  async interactions(profile = ADA) {
    const { body } = await this.call("GET", `/api/v3/profiles/${profile}/interactions?per_page=100&sort=interacted_at`);
    return body.data;
  }

  /** What goes wrong from now on: docs/sandbox.md has the rules. */
  async faults(...rules) {
    const { status, body } = await this.call("POST", "/_sandbox/faults", { rules });
    if (status !== 200) throw new Error(body.message);
  }

  /** For each event how many copies came, in all and by profile. */
  async ledger() {
    const { body } = await this.call("GET", "/_sandbox/ledger");
    return body.data;
  }

  /** What reached Omneo's surfaces. */
  async requests() {
    return (await (await fetch(this.url("/_sandbox/requests"))).json()).data;
  }
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      const address = /^Listening on (\S+)\/$/m.exec(said);
      if (address) resolve(address[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
  });
}
