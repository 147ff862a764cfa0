// NATS JetStream as Debian packages it: one server, a stream in files, each message acknowledged.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { debian } from "../debian.mjs";
import { flushes } from "../flushes.mjs";
import { freePort } from "../../../tests/e2e/serve.mjs";
import { Background, memory } from "../process.mjs";
import { idOf } from "./hammer.mjs";

const SERVER = "/usr/sbin/nats-server";
const FOLDER = "/var/tmp";
const STREAM = "records";
const SUBJECT = "records.brand";

export class JetStream {
  #folder = mkdtempSync(join(FOLDER, "omneo-bench-nats-"));
  #server;
  #port;

  static async make() {
    await debian(SERVER, "nats-server");
    const broker = new JetStream();
    broker.#port = await freePort();
    broker.version = /v([\d.]+)/.exec(execFileSync(SERVER, ["--version"], { encoding: "utf8" }))[1];
    return broker;
  }

  async start() {
    this.#server = new Background(SERVER, ["--addr", "127.0.0.1", "--port", `${this.#port}`, "--jetstream", "--store_dir", this.#folder]);
    const isUp = async () => {
      const connection = await this.#open().catch(() => undefined);
      await connection?.close();
      return connection !== undefined;
    };
    await this.#server.until(isUp, "NATS answers", { everyMs: 200 });
    await this.#with(async (manager) => {
      if (!(await manager.streams.info(STREAM).catch(() => undefined))) await manager.streams.add({ name: STREAM, subjects: [SUBJECT], storage: "file" });
    });
  }

  async connect() {
    const { jetstream } = await import("@nats-io/jetstream");
    const connection = await this.#open();
    const stream = jetstream(connection);
    return {
      confirm: (_, bodies) => Promise.all(bodies.map((body) => stream.publish(SUBJECT, body))),
      close: () => connection.close(),
    };
  }

  /** The ids of the records that the stream has. */
  async kept() {
    const { jetstream } = await import("@nats-io/jetstream");
    const connection = await this.#open();
    const ids = new Set();
    const consumer = await jetstream(connection).consumers.get(STREAM);
    const { num_pending: pending } = await consumer.info();
    if (pending > 0) {
      for await (const message of await consumer.consume()) {
        ids.add(idOf(message.string()));
        if (message.info.pending === 0) break;
      }
    }
    await connection.close();
    return ids;
  }

  async empty() {
    await this.#with((manager) => manager.streams.purge(STREAM));
  }

  memory() {
    return memory(this.#server.pid);
  }

  flushes(work) {
    return flushes(this.#server.pid, work);
  }

  async kill() {
    await this.#server.stop("SIGKILL");
  }

  async stop() {
    await this.#server?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #with(work) {
    const { jetstreamManager } = await import("@nats-io/jetstream");
    const connection = await this.#open();
    try {
      await work(await jetstreamManager(connection));
    } finally {
      await connection.close();
    }
  }

  async #open() {
    // Installed when it is needed.
    const { connect } = await import("@nats-io/transport-node");
    return connect({ servers: `127.0.0.1:${this.#port}`, reconnect: false });
  }
}
