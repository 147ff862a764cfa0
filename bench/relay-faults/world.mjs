// What a run takes place in: the sandbox that stands for Omneo, and one or two nodes of the relay in front of it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../tests/e2e/sandbox.mjs";
import { Node } from "./node.mjs";
import { smallDisk } from "./scenarios/disk.mjs";

/** How long a record of which nothing is known is left alone before it is looked for. */
const LOOKED_FOR_AFTER = "unconfirmed_seconds = 1";
/** No customer here is one to hold up. */
const MANY = "customer_rate = 10000\ncustomer_burst = 100000\nfree_disk_bytes = 0";

export class World {
  nodes = [];
  #end = [];

  /** `store` is where records are kept; see stores.mjs. */
  static async make(store, scenario) {
    const world = new World();
    try {
      await world.#make(store, scenario);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  async #make(store, { nodes = { postgres: 1, sqlite: 1 }, limits = LOOKED_FOR_AFTER, rate = 1_000, env, customers = CUSTOMERS, disk, cluster, binary }) {
    const t = { after: (end) => this.#end.push(end) };
    this.folder = mkdtempSync(join(tmpdir(), "omneo-relay-faults-"));
    t.after(() => rmSync(this.folder, { recursive: true, force: true }));
    this.omneo = await startSandbox(t, { www: "tests/e2e/blank", customers });
    this.disk = disk ? smallDisk(t) : this.folder;
    this.store = await store(t, this.disk, cluster);
    for (let number = 1; number <= nodes[this.store.name]; number += 1) {
      const settings = { name: `node-${number}`, omneo: this.omneo.origin, database: this.store.address, limits: `${MANY}\n${limits}`, rate };
      const node = await Node.make(this.folder, { ...settings, env: env?.(this.folder), binary });
      t.after(() => node.kill());
      this.nodes.push(node);
      await node.start();
    }
  }

  /** The first node; in most scenarios there is no other. */
  get relay() {
    return this.nodes[0];
  }

  /** All that Omneo has, one row a copy, in the order in which they came: `[{id, name, meta, event_id, profile}]`. */
  async records() {
    const records = [];
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { status, body } = await this.omneo.call("GET", `/api/v3/interactions?per_page=100&page=${page}&sort=id`);
      if (status !== 200) throw new Error(`the sandbox answered ${status}`);
      last = body.meta.last_page;
      records.push(...body.data.map(({ id, meta, url, profile }) => ({ id, meta, url, event_id: meta?.event_id, profile: profile.id })));
    }
    return records;
  }

  async close() {
    for (const end of this.#end.toReversed()) await end();
  }
}

const CUSTOMERS = 24;
