// PostgreSQL as Debian packages it: a primary, and a standby that has each commit on its disk before it is answered.

import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { debian } from "../debian.mjs";
import { Background, freePort, memory } from "../process.mjs";

const PROGRAMS = "/usr/lib/postgresql";
// Where every user can get at it, and on a disk.
const FOLDER = "/var/tmp";

export class Cluster {
  #folder = mkdtempSync(join(FOLDER, "omneo-bench-postgres-"));
  #servers = [];
  #ports = [];
  #bin;
  #user;

  static async start() {
    await debian(PROGRAMS, "postgresql");
    const cluster = new Cluster();
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async #start() {
    const version = readdirSync(PROGRAMS).sort((one, other) => one - other).at(-1);
    this.#bin = (name) => join(PROGRAMS, version, "bin", name);
    // It refuses to run as root.
    this.#user = process.getuid() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
    if (this.#user.uid) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    this.version = this.#run("postgres", ["--version"]).match(/[\d.]+/)[0];
    this.#ports = [await freePort(), await freePort()];
    const [primary, standby] = [this.#data(0), this.#data(1)];
    this.#run("initdb", ["--pgdata", primary, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8"]);
    appendFileSync(join(primary, "postgresql.conf"), `listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n`);
    await this.#serve(0);
    this.#run("pg_basebackup", ["--pgdata", standby, "--write-recovery-conf", "--dbname", `${this.#address(0, "postgres")}?application_name=standby`]);
    await this.#serve(1);
    this.sql("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (standby)'", "postgres");
    this.sql("SELECT pg_reload_conf()", "postgres");
    const isSynchronous = () => this.sql("SELECT sync_state FROM pg_stat_replication", "postgres") === "quorum";
    await this.#servers[1].until(isSynchronous, "the standby is synchronous");
  }

  /** Makes a database, and returns its address. */
  async database(name) {
    this.sql(`CREATE DATABASE ${name}`, "postgres");
    return this.#address(0, name);
  }

  sql(text, database) {
    return this.#run("psql", ["--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", text, this.#address(0, database)]).trim();
  }

  /** pgbench on a database; what it prints, however it ends. */
  pgbench(args, database) {
    return new Background(this.#bin("pgbench"), [...args, this.#address(0, database)], { ...this.#user, cwd: this.#folder });
  }

  get pid() {
    return this.#servers[0].pid;
  }

  /** MB of the primary and of the standby. */
  memory() {
    return this.#servers.map(({ pid }) => memory(pid));
  }

  /** Kills the primary, and starts it again. */
  async kill() {
    await this.#servers[0].stop("SIGKILL");
    await this.#serve(0);
  }

  async stop() {
    for (const server of this.#servers.toReversed()) await server.stop("SIGINT");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #serve(at) {
    const start = () => {
      this.#servers[at] = new Background(this.#bin("postgres"), ["-D", this.#data(at), "-p", `${this.#ports[at]}`], { ...this.#user, cwd: this.#folder });
    };
    start();
    const isUp = () => {
      // After a kill its last workers may hold the old memory for a moment.
      if (this.#servers[at].hasEnded) start();
      return spawnSync(this.#bin("pg_isready"), ["--quiet", "--dbname", this.#address(at, "postgres")]).status === 0;
    };
    for (const end = Date.now() + 60_000; !isUp(); ) {
      if (Date.now() > end) throw new Error(`PostgreSQL does not start: ${this.#servers[at].said}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  #run(program, args) {
    return execFileSync(existsSync(this.#bin(program)) ? this.#bin(program) : program, args, { ...this.#user, cwd: this.#folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  #data(at) {
    return join(this.#folder, at === 0 ? "primary" : "standby");
  }

  #address(at, database) {
    return `postgres://postgres@127.0.0.1:${this.#ports[at]}/${database}`;
  }
}

function id(option) {
  return Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
}
