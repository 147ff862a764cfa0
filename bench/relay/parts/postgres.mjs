// The same on PostgreSQL, where a commit waits for the standby's disk too.

import { Cluster } from "../peers/cluster.mjs";
import { WANTED, intake } from "./intake.mjs";

export const postgres = {
  title: "intake, PostgreSQL with a synchronous standby",
  async measure(size) {
    const cluster = await Cluster.start();
    try {
      const figures = await intake(size, { database: await cluster.database("relay"), wanted: WANTED.postgres });
      return { ...figures, version: cluster.version };
    } finally {
      await cluster.stop();
    }
  },
};
