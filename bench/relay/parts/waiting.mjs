// What the relay takes while nothing waits and while very much does, and how soon it is back with it.

import { setTimeout as sleep } from "node:timers/promises";
import { clean, load } from "../load.mjs";
import { resident } from "../process.mjs";
import { Relay } from "../relay.mjs";
import { sink } from "../sink.mjs";

export const waiting = {
  title: "memory and start",
  async measure({ customers, waiting: records, settleMs }) {
    const omneo = await sink();
    const relay = await Relay.make({ omneo: omneo.origin });
    try {
      await relay.start();
      await sleep(settleMs);
      const rest = resident(relay.pid).now;
      const filled = clean(await load(relay, { customers, batch: 20, clients: 64, records }));
      await sleep(settleMs);
      const full = resident(relay.pid);
      await relay.stop();
      const seconds = await relay.start();
      const held = await relay.waiting();
      await sleep(settleMs);
      // What is forwarded meanwhile is no more than the rate allows.
      if (held < filled.accepted * 0.99) throw new Error(`of ${filled.accepted} records ${held} wait after the start`);
      return { records: held, rest, full: full.now, most: full.most, seconds, started: resident(relay.pid).now, filled: filled.records_a_second };
    } finally {
      await relay.stop();
      omneo.close();
    }
  },
};
