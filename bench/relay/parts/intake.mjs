// How many records are taken in: in batches of twenty at the most, at a steady rate and at half of the most, and one by one.

import { clean, load } from "../load.mjs";
import { processorSeconds } from "../process.mjs";
import { Relay } from "../relay.mjs";
import { sink } from "../sink.mjs";

/** The records a second that are wanted. */
export const WANTED = { sqlite: 20_000, postgres: 10_000 };

/** On SQLite, which waits for the disk at every commit. */
export const sqlite = {
  title: "intake, SQLite",
  measure: (size) => intake(size, { wanted: WANTED.sqlite }),
};

/** The figures of a relay on that database. */
export async function intake({ seconds, customers, share = 1 }, { database, wanted }) {
  const omneo = await sink();
  const relay = await Relay.make({ omneo: omneo.origin, database });
  try {
    await relay.start();
    const given = { seconds, customers };
    const most = await busy(relay, () => load(relay, { ...given, batch: 20, clients: 64, run: 1 }));
    // More connections than are needed, so that none has to wait for an answer before its next request is due.
    const steadily = (rate, run) => busy(relay, () => load(relay, { ...given, batch: 20, clients: 200, rate, run }));
    const steady = await steadily((wanted / 2) * share, 2);
    const half = await steadily(most.records_a_second / 2, 3);
    const single = await busy(relay, () => load(relay, { ...given, batch: 1, clients: 256, run: 4 }));
    return { most, steady, half, single };
  } finally {
    await relay.stop();
    omneo.close();
  }
}

// Beside it, how many cores the relay took.
async function busy(relay, work) {
  const [begun, before] = [performance.now(), processorSeconds(relay.pid)];
  const result = clean(await work());
  return { ...result, cores: ((processorSeconds(relay.pid) - before) * 1000) / (performance.now() - begun) };
}
