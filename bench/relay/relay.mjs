// A relay as a brand runs it, with the limits that it has where nothing is said, on a database of its own.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";
import { freePort } from "../../tests/e2e/serve.mjs";
import { Background, until } from "./process.mjs";

export const KEY = "a secret of the brand's, known to its shop and its relay";
export const SERVER_KEY = "demo-server-key";

/** Where databases lie: on a disk, as `/tmp` may be none. */
export const FOLDER = join(root, "target", "bench-relay");

export class Relay {
  #program;
  #config = join(FOLDER, "relay.toml");

  /** A relay for that Omneo, which has yet to start. `tenants` are TOML of more brands. */
  static async make({ omneo, database = join(FOLDER, "relay.sqlite"), hosts = [], tenants = "" }) {
    const relay = new Relay();
    const [port, adminPort] = [await freePort(), await freePort()];
    relay.address = `127.0.0.1:${port}`;
    relay.admin = `http://127.0.0.1:${adminPort}`;
    for (const end of ["", "-wal", "-shm", ".lock"]) rmSync(`${join(FOLDER, "relay.sqlite")}${end}`, { force: true });
    writeFileSync(
      relay.#config,
      `listen = "${relay.address}"
      admin_listen = "127.0.0.1:${adminPort}"
      database = ${JSON.stringify(database)}
      admin_key = "demo-admin-key"
      ${tenant("brand", { omneo, hosts })}
      ${tenants}`,
    );
    return relay;
  }

  /** Starts it, and returns the seconds until it takes records in. */
  async start() {
    const begun = performance.now();
    this.#program = new Background(process.env.OMNEO_RELAY, ["--config", this.#config]);
    const isReady = async () => (await fetch(`${this.admin}/readyz`).catch(() => undefined))?.status === 200;
    await this.#program.until(isReady, "ready", { seconds: 120, everyMs: 5 });
    return (performance.now() - begun) / 1000;
  }

  get pid() {
    return this.#program.pid;
  }

  async stop(signal) {
    await this.#program?.stop(signal);
  }

  /** The value of each series of that name, by its labels. */
  async metrics(name) {
    const lines = (await (await fetch(`${this.admin}/metrics`)).text()).split("\n");
    const own = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return Object.fromEntries(own.map((line) => [line.slice(name.length, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
  }

  /** How many records of a brand wait. */
  async waiting(brand = "brand") {
    return (await this.metrics("omneo_relay_outbox_records"))[`{tenant="${brand}"}`] ?? 0;
  }

  /** Hands in records for a customer as the brand's own server does, which no customer's bound holds up. */
  async hand(profile, count, { host = "127.0.0.1", run = "bench" } = {}) {
    for (let at = 0; at < count; at += MOST_RECORDS) {
      const records = Array.from({ length: Math.min(MOST_RECORDS, count - at) }, (_, index) => record(`${run}-${profile}-${at + index}`));
      const answer = await fetch(`http://${host}:${this.address.split(":")[1]}/relay/v1/profiles/${profile}/interactions`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${SERVER_KEY}` },
        body: JSON.stringify(records),
      });
      if (answer.status !== 200) throw new Error(`the relay answered ${answer.status}: ${await answer.text()}`);
    }
  }

  /** Waits until so many wait, at least. */
  async holds(records) {
    await until(async () => (await this.waiting()) >= records, `${records} records wait`);
  }
}

/** TOML of a brand: its tokens are HS256, its server has a key. */
export function tenant(name, { omneo, hosts = [] }) {
  return `[tenants.${name}]
      omneo = "${omneo}"
      omneo_token = "sandbox-admin-token"
      hosts = ${JSON.stringify(hosts)}
      [[tenants.${name}.jwt]]
      issuer = "https://shop.example"
      audience = "omneo-relay"
      algorithm = "HS256"
      key = ${JSON.stringify(KEY)}
      profile_claim = "pid"
      [tenants.${name}.keys.back-office]
      sha256 = ["4aaad75cfe474cab35c759f361fb66dceccdd857abb9b5a948e54a3b86fab74a"]
      scopes = ["profiles"]`;
}

function record(event_id) {
  return { action: "service", channel: "support", signal: 1, name: "Asked about a parcel", namespace: "support", meta: { event_id } };
}

const MOST_RECORDS = 100;
