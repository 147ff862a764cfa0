// A real relay for one test: its own ports, its own SQLite file.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ADMIN_KEY = "demo-admin-key";
export const SERVER_KEY = "demo-server-key";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A relay that has yet to start, for the sandbox at that origin, and is stopped when the test is over. `settings` is TOML that
 * comes before the tenant's own.
 */
export function relayFor(t, { port, settings = "" }) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-relay-"));
  const relay = new Relay(folder, port, settings);
  t.after(async () => {
    await relay.stop("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  return relay;
}

class Relay {
  #child;
  #folder;
  #settings;

  constructor(folder, port, settings) {
    this.#folder = folder;
    this.origin = `http://127.0.0.1:${port}`;
    this.#settings = settings;
    this.database = join(folder, "relay.sqlite");
    this.said = "";
  }

  /** After a stop: at the same address, with what was kept. */
  async start(omneo) {
    const config = join(this.#folder, "relay.toml");
    writeFileSync(config, this.#config(omneo));
    const binary = process.env.OMNEO_RELAY ?? "target/debug/omneo-relay";
    this.#child = spawn(binary, ["--config", config], { cwd: root });
    this.#child.stderr.on("data", (chunk) => (this.said += chunk));
    this.admin = await listening(this.#child, () => this.said);
  }

  async stop(signal = "SIGTERM") {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }

  /** The value of each series of that name. */
  async metrics(name) {
    const text = await (await fetch(`${this.admin}/metrics`)).text();
    const series = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return Object.fromEntries(series.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
  }

  /** What its operator asks of it. */
  async operate(method, path, body) {
    const headers = { Authorization: `Bearer ${ADMIN_KEY}`, "Content-Type": "application/json" };
    const answer = await fetch(`${this.admin}${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }

  #config(omneo) {
    return `
      listen = "${new URL(this.origin).host}"
      admin_listen = "127.0.0.1:0"
      database = ${JSON.stringify(this.database)}
      admin_key = "${ADMIN_KEY}"
      ${this.#settings}
      [tenants.demo]
      omneo = "${omneo}"
      omneo_token = "sandbox-admin-token"
      omneo_erase_token = "sandbox-admin-token"
      omneo_id = true
      rate = 1000
      [tenants.demo.keys.back-office]
      sha256 = ["4aaad75cfe474cab35c759f361fb66dceccdd857abb9b5a948e54a3b86fab74a"]
      scopes = ["profiles", "identifiers"]`;
  }
}

function listening(child, said) {
  return new Promise((resolve, reject) => {
    let heard = "";
    child.stdout.on("data", (chunk) => {
      heard += chunk;
      const admin = /^For its operator: (http:\/\/[^/]+)\//m.exec(heard);
      if (admin) resolve(admin[1]);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the relay ended with ${code}: ${said()}`)));
  });
}
