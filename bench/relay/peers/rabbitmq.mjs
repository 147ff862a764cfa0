// RabbitMQ as Debian packages it: one node, a quorum queue, publisher confirms.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { debian } from "../debian.mjs";
import { flushes } from "../flushes.mjs";
import { freePort } from "../../../tests/e2e/serve.mjs";
import { Background, memory, until } from "../process.mjs";
import { idOf } from "./hammer.mjs";

const SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const CTL = "/usr/lib/rabbitmq/bin/rabbitmqctl";
const FOLDER = "/var/tmp";
const QUEUE = "records";
const CONNECTIONS = 4;

export class RabbitMq {
  #folder = mkdtempSync(join(FOLDER, "omneo-bench-rabbitmq-"));
  #server;
  #env;
  #url;

  static async make() {
    await debian(SERVER, "rabbitmq-server");
    const broker = new RabbitMq();
    const [port, distribution, mapper] = [await freePort(), await freePort(), await freePort()];
    broker.#url = `amqp://guest:guest@127.0.0.1:${port}`;
    broker.#env = {
      ...process.env,
      HOME: broker.#folder,
      RABBITMQ_NODENAME: `bench${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
      RABBITMQ_NODE_PORT: `${port}`,
      RABBITMQ_DIST_PORT: `${distribution}`,
      // Erlang's directory of nodes: one of our own, which ends with us.
      ERL_EPMD_PORT: `${mapper}`,
      ERL_EPMD_ADDRESS: "127.0.0.1",
      RABBITMQ_MNESIA_BASE: join(broker.#folder, "data"),
      RABBITMQ_LOG_BASE: join(broker.#folder, "log"),
      RABBITMQ_CONFIG_FILE: join(broker.#folder, "none"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(broker.#folder, "plugins"),
    };
    return broker;
  }

  async start() {
    this.#server = new Background(SERVER, [], { env: this.#env, cwd: this.#folder });
    const isUp = async () => {
      const connection = await this.#open().catch(() => undefined);
      await connection?.close();
      return connection !== undefined;
    };
    await this.#server.until(isUp, "RabbitMQ answers", { seconds: 120, everyMs: 500 });
    this.version ??= /RabbitMQ version: (\S+)/.exec(this.#ctl("status"))?.[1];
  }

  async connect() {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#open()));
    const channels = [];
    const channel = async (client) => {
      channels[client] ??= await connections[client % CONNECTIONS].createConfirmChannel();
      return channels[client];
    };
    await (await channel(0)).assertQueue(QUEUE, { durable: true, arguments: { "x-queue-type": "quorum" } });
    return {
      async confirm(client, bodies) {
        const own = await channel(client);
        const each = (body) => new Promise((resolve, reject) => own.sendToQueue(QUEUE, Buffer.from(body), { persistent: true }, (error) => (error ? reject(error) : resolve())));
        await Promise.all(bodies.map(each));
      },
      close: () => Promise.all(connections.map((connection) => connection.close())),
    };
  }

  /** The ids of the records that the queue has. */
  async kept() {
    const connection = await this.#open();
    const channel = await connection.createChannel();
    const ids = new Set();
    await channel.prefetch(2_000);
    const { messageCount } = await this.#counted(channel);
    await channel.consume(QUEUE, (message) => (ids.add(idOf(message.content.toString())), channel.ack(message)));
    await until(() => ids.size >= messageCount, "the queue is read", { seconds: 300 });
    await connection.close();
    return ids;
  }

  async empty() {
    const connection = await this.#open();
    await (await connection.createChannel()).purgeQueue(QUEUE);
    await connection.close();
  }

  memory() {
    return memory(this.#server.pid);
  }

  flushes(work) {
    return flushes(this.#server.pid, work);
  }

  async kill() {
    await this.#server.killAll("SIGKILL");
  }

  async stop() {
    if (this.#server && !this.#server.hasEnded) await this.#server.killAll("SIGTERM");
    try {
      execFileSync("epmd", ["-kill"], { env: this.#env, stdio: "ignore" });
    } catch {
      // It has ended by itself.
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #open() {
    // Installed when it is needed.
    const { connect } = (await import("amqplib")).default;
    const connection = await connect(this.#url);
    connection.on("error", () => undefined);
    return connection;
  }

  // A queue is there some time before its messages are.
  async #counted(channel) {
    let counted = await channel.checkQueue(QUEUE);
    for (let before = -1; counted.messageCount !== before; ) {
      before = counted.messageCount;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      counted = await channel.checkQueue(QUEUE);
    }
    return counted;
  }

  #ctl(...args) {
    return execFileSync(CTL, ["--node", this.#env.RABBITMQ_NODENAME, ...args], { env: this.#env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  }
}
