// The same work for a broker: clients that each hand in twenty records, wait until all are confirmed, and do it again.

import { setTimeout as sleep } from "node:timers/promises";

const BATCH = 20;
const CLIENTS = 64;

// As the relay keeps a record of the load.
const BODY = { action: "view", channel: "website", signal: 0, name: "Viewed page: Linen wrap dress", namespace: "website", url: "https://shop.example/products/linen-wrap-dress?colour=blue", interacted_at: "2026-11-26 09:30:00" };

/**
 * Hands records to `confirm(client, bodies)` until the time is over or it fails, and returns which were confirmed and how many a
 * second.
 */
export async function hammer(confirm, { seconds, run = 0 }) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const end = begun + seconds * 1000;
  const confirmed = [];
  let next = 0;
  const work = async (client) => {
    while (performance.now() < end) {
      const ids = Array.from({ length: BATCH }, () => `${run}-${(next += 1)}`);
      await confirm(client, ids.map((event_id) => JSON.stringify({ ...BODY, meta: { event_id } })));
      confirmed.push(...ids);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client).catch(() => sleep(0))));
  const took = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { confirmed, accepted: confirmed.length, records_a_second: confirmed.length / took, client: (user + system) / 1e6 / took };
}

/** The id in a record's text. */
export const idOf = (text) => /"event_id":"([^"]+)"/.exec(text)[1];

/** The figures of a broker that can be started, killed, filled and emptied. */
export async function figures(broker, { seconds, kills, killedAfterMs }) {
  let connection = await broker.connect();
  const most = await hammer(connection.confirm, { seconds });
  const memory = broker.memory();
  const flushed = await broker.flushes(() => hammer(connection.confirm, { seconds: 1, run: 999 }));
  await connection.close();
  let [acknowledged, lost] = [0, 0];
  for (let run = 0; run < kills; run += 1) {
    await broker.empty();
    connection = await broker.connect();
    const hammered = hammer(connection.confirm, { seconds: 3600, run });
    await sleep(killedAfterMs);
    await broker.kill();
    const { confirmed } = await hammered;
    await connection.close().catch(() => undefined);
    await broker.start();
    const kept = await broker.kept();
    acknowledged += confirmed.length;
    lost += confirmed.filter((id) => !kept.has(id)).length;
  }
  return { records_a_second: most.records_a_second, client: most.client, memory, kills, acknowledged, lost, ...flushed };
}
