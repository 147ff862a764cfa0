// PostgreSQL as Debian packages it: a primary, and standbys of which one has each commit on its disk before it is answered.

import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { debian } from "../debian.mjs";
import { freePort } from "../../../tests/e2e/serve.mjs";
import { Background, memory } from "../process.mjs";

export const PROGRAMS = "/usr/lib/postgresql";
// Where every user can get at it, and on a disk.
const FOLDER = "/var/tmp";

export class Cluster {
  #folder = mkdtempSync(join(FOLDER, "omneo-bench-postgres-"));
  #servers = [];
  #ports = [];
  #primary = 0;
  #bin;
  #user;

  /** With so many standbys; without any, a commit waits for the primary's disk only. */
  static async start({ standbys = 1 } = {}) {
    await debian(PROGRAMS, "postgresql");
    const cluster = new Cluster();
    try {
      await cluster.#start(standbys);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async #start(standbys) {
    const version = readdirSync(PROGRAMS).sort((one, other) => one - other).at(-1);
    this.#bin = (name) => join(PROGRAMS, version, "bin", name);
    // It refuses to run as root.
    this.#user = process.getuid() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
    if (this.#user.uid) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    this.version = this.#run("postgres", ["--version"]).match(/[\d.]+/)[0];
    for (let port = 0; port <= standbys; port += 1) this.#ports.push(await freePort());
    this.#run("initdb", ["--pgdata", this.#data(0), "--username", "postgres", "--auth", "trust", "--encoding", "UTF8"]);
    appendFileSync(join(this.#data(0), "postgresql.conf"), `listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n`);
    await this.#serve(0);
    for (let at = 1; at <= standbys; at += 1) {
      this.#run("pg_basebackup", ["--pgdata", this.#data(at), "--write-recovery-conf", "--dbname", this.#followed(at)]);
      await this.#serve(at);
    }
    if (standbys > 0) await this.#waitFor([...this.#ports.keys()].slice(1));
  }

  // From now on each commit of the primary waits for one of these.
  async #waitFor(standbys) {
    this.#set("synchronous_standby_names", `ANY 1 (${standbys.map(nameOf).join(", ")})`);
    const isSynchronous = () => this.sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'", "postgres") === `${standbys.length}`;
    await this.#servers[this.#primary].until(isSynchronous, "the standbys are synchronous");
  }

  /** Makes a database, and returns its address. */
  async database(name) {
    this.sql(`CREATE DATABASE ${name}`, "postgres");
    return this.#address(0, name);
  }

  /** The address of a database at whichever server is the primary. */
  everywhere(name) {
    return `postgres://postgres@${this.#ports.map((port) => `127.0.0.1:${port}`).join(",")}/${name}`;
  }

  sql(text, database) {
    return this.#ask(this.#primary, text, database);
  }

  #ask(at, text, database = "postgres") {
    return this.#run("psql", ["--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", text, this.#address(at, database)]).trim();
  }

  #set(name, value, at = this.#primary) {
    this.#ask(at, `ALTER SYSTEM SET ${name} = '${value}'`);
    this.#ask(at, "SELECT pg_reload_conf()");
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

  /** The database is gone, as after a failure of power. */
  async stopPrimary() {
    await this.#servers[this.#primary].stop("SIGQUIT");
  }

  async startPrimary() {
    await this.#serve(this.#primary);
  }

  /** Kills the primary for good; the standby that has the most takes its place, and the others follow that one. */
  async failOver() {
    await this.#servers[this.#primary].stop("SIGKILL");
    const standbys = [...this.#ports.keys()].filter((at) => at !== this.#primary && !this.#servers[at].hasEnded);
    const has = (at) => BigInt(this.#ask(at, "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint"));
    const [next, ...others] = standbys.sort((one, other) => (has(one) > has(other) ? -1 : 1));
    // A quorum of those who are left, before anything is committed.
    this.#set("synchronous_standby_names", others.length > 0 ? `ANY 1 (${others.map(nameOf).join(", ")})` : "", next);
    this.#ask(next, "SELECT pg_promote()");
    this.#primary = next;
    for (const at of others) this.#set("primary_conninfo", this.#followed(at), at);
    if (others.length > 0) await this.#waitFor(others);
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
    return join(this.#folder, at === 0 ? "primary" : nameOf(at));
  }

  #followed(at) {
    return `${this.#address(this.#primary, "postgres")}?application_name=${nameOf(at)}`;
  }

  #address(at, database) {
    return `postgres://postgres@127.0.0.1:${this.#ports[at]}/${database}`;
  }
}

const nameOf = (at) => `standby${at}`;

function id(option) {
  return Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
}
