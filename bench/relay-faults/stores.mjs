// Where the relay keeps its records.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { canInstall } from "../../tools/setup/apt.mjs";
import { Cluster, PROGRAMS } from "../relay/peers/cluster.mjs";

/** By name: makes an empty database for a run, which ends with it. `cluster` is what a scenario needs for itself alone. */
export const STORES = {
  sqlite: async (t, folder) => ({ name: "sqlite", address: join(folder, "relay.sqlite") }),
  postgres: async (t, folder, own) => {
    const cluster = await (own ? Cluster.start(own) : shared());
    if (own) t.after(() => cluster.stop());
    number += 1;
    const name = `faults_${number}`;
    const address = await cluster.database(name);
    return { name: "postgres", cluster, address: own?.standbys ? cluster.everywhere(name) : address };
  },
};

/** What is missing for a store on this machine, if anything. */
export const lacks = (store) => store === "postgres" && !existsSync(PROGRAMS) && !canInstall() && "PostgreSQL is not installed";

/** Ends what the runs shared. */
export async function endStores() {
  const cluster = await common?.catch(() => undefined);
  await cluster?.stop();
  common = undefined;
}

const shared = () => (common ??= Cluster.start({ standbys: 0 }));

let common;
let number = 0;
