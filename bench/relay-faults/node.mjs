// A node of the relay: the real program, with its own ports and settings.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";
import { freePort } from "../../tests/e2e/serve.mjs";
import { Background, until } from "../relay/process.mjs";
import { AUDIENCE, BRANDS } from "./tokens.mjs";

const ADMIN_KEY = "demo-admin-key";
export const SERVER_KEY = "demo-server-key";

export class Node {
  #program;
  #config;
  #env;
  #binary;

  /** One that has yet to start. `limits` are lines of TOML, `rate` is how often Omneo is asked a second. */
  static async make(folder, { name, omneo, database, limits, rate, env = {}, binary = process.env.OMNEO_RELAY ?? join(root, "target", "debug", "omneo-relay") }) {
    const node = new Node();
    const [port, adminPort] = [await freePort(), await freePort()];
    node.host = `127.0.0.1:${port}`;
    node.port = port;
    node.admin = `http://127.0.0.1:${adminPort}`;
    node.#env = env;
    node.#binary = binary;
    node.#config = join(folder, `${name}.toml`);
    writeFileSync(
      node.#config,
      `listen = "127.0.0.1:${port}"
      admin_listen = "127.0.0.1:${adminPort}"
      database = ${JSON.stringify(database)}
      admin_key = "${ADMIN_KEY}"
      [limits]
      ${limits}
      ${Object.entries(BRANDS).map(([brand, own]) => tenant(brand, own, omneo, rate)).join("\n")}`,
    );
    return node;
  }

  /** Starts it, and waits until it takes records in. */
  async start() {
    await this.launch();
    await this.#program.until(() => this.isReady(), "it is ready");
  }

  /** Starts it, and waits for nothing. */
  launch() {
    this.#program = new Background(this.#binary, ["--config", this.#config], { env: { ...process.env, ...this.#env } });
  }

  async isReady() {
    const answer = await fetch(`${this.admin}/readyz`, IN_TIME()).catch(() => undefined);
    return answer?.status === 200;
  }

  get hasEnded() {
    return this.#program?.hasEnded ?? true;
  }

  get pid() {
    return this.#program.pid;
  }

  /** What it logged last. */
  get said() {
    return this.#program?.said ?? "";
  }

  /** As `kill -9` does. */
  kill() {
    return this.#program?.stop("SIGKILL");
  }

  /** As a service manager does. */
  stop() {
    return this.#program.stop("SIGTERM");
  }

  /** It goes on existing, and does nothing. */
  freeze() {
    process.kill(this.pid, "SIGSTOP");
  }

  wake() {
    process.kill(this.pid, "SIGCONT");
  }

  /** As a service manager does with a program that ended by itself. */
  async startWhereItEnded() {
    if (this.hasEnded) await this.start();
  }

  /** The value of a tenant's series; undefined where it does not say. */
  async metric(name, brand = "demo") {
    const answer = await fetch(`${this.admin}/metrics`, IN_TIME()).catch(() => undefined);
    if (!answer?.ok) return undefined;
    const text = await answer.text().catch(() => "");
    const line = text.split("\n").find((line) => line.startsWith(`${name}{tenant="${brand}"`));
    return line && Number(line.slice(line.lastIndexOf(" ") + 1));
  }

  /** Records that were given up: `[{event_id, reason, status}]`. */
  async dead() {
    const answer = await fetch(`${this.admin}/admin/dead`, { headers: { Authorization: `Bearer ${ADMIN_KEY}` }, ...IN_TIME() });
    return answer.json();
  }

  /** Waits until nothing of the brand waits any more. */
  async drained(seconds) {
    let waiting;
    const isDrained = async () => (waiting = await this.metric("omneo_relay_outbox_records")) === 0;
    await until(isDrained, "nothing waits", { seconds, everyMs: 100 }).catch(() => {
      throw new Error(`after ${seconds} s ${waiting ?? "nobody knows how many"} still wait`);
    });
  }
}

const IN_TIME = () => ({ signal: AbortSignal.timeout(5_000) });

function tenant(name, { host, issuer, secret }, omneo, rate) {
  return `[tenants.${name}]
      omneo = "${omneo}"
      omneo_token = "sandbox-admin-token"
      omneo_id = ${name === "demo"}
      hosts = ["${host}"]
      rate = ${rate}
      [[tenants.${name}.jwt]]
      issuer = "${issuer}"
      audience = "${AUDIENCE}"
      algorithm = "HS256"
      key = ${JSON.stringify(secret)}
      [tenants.${name}.keys.back-office]
      sha256 = ["4aaad75cfe474cab35c759f361fb66dceccdd857abb9b5a948e54a3b86fab74a"]
      scopes = ["profiles", "identifiers"]`;
}
