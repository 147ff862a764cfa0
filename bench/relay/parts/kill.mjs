// What is gone of what was acknowledged when the relay is killed under load. All of it is handed in again: what is known is there.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { flushes } from "../flushes.mjs";
import { clean, load } from "../load.mjs";
import { memory } from "../process.mjs";
import { FOLDER, Relay } from "../relay.mjs";
import { sink } from "../sink.mjs";

const BATCH = 20;

export const kill = {
  title: "kill -9, SQLite",
  async measure({ customers, flushed: records, kills, killedAfterMs }) {
    const omneo = await sink();
    const relay = await Relay.make({ omneo: omneo.origin });
    const file = join(FOLDER, "acknowledged.txt");
    let [acknowledged, lost] = [0, 0];
    try {
      await relay.start();
      const flushed = await flushes(relay.pid, () => load(relay, { customers, batch: BATCH, clients: 64, records, run: kills }));
      const under = memory(relay.pid);
      for (let run = 0; run < kills; run += 1) {
        const loaded = load(relay, { customers, batch: BATCH, clients: 64, seconds: 3600, run, acknowledged: file });
        await sleep(killedAfterMs);
        await relay.stop("SIGKILL");
        acknowledged += (await loaded).acknowledged * BATCH;
        await relay.start();
        lost += clean(await load(relay, { customers, batch: BATCH, clients: 64, run, again: file })).accepted;
      }
      return { kills, acknowledged, lost, memory: under, ...flushed };
    } finally {
      await relay.stop("SIGKILL");
      omneo.close();
    }
  },
};
