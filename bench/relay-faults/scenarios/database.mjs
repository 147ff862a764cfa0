// What happens to PostgreSQL.

import { setTimeout as sleep } from "node:timers/promises";

export const ofDatabase = [
  {
    name: "the database is gone for 30 s",
    stores: ["postgres"],
    brief: ["postgres"],
    cluster: { standbys: 0 },
    nodes: { postgres: 2 },
    async run({ world, isBrief }) {
      await sleep(1_000);
      await world.store.cluster.stopPrimary();
      await sleep(isBrief ? 5_000 : 30_000);
      await world.store.cluster.startPrimary();
      await sleep(2_000);
    },
  },
  {
    name: "the primary is killed, and one of two standbys promoted",
    stores: ["postgres"],
    cluster: { standbys: 2 },
    nodes: { postgres: 2 },
    async run({ world, chance }) {
      await sleep(1_000 + 1_000 * chance());
      await world.store.cluster.failOver();
      await sleep(2_000);
    },
  },
];
