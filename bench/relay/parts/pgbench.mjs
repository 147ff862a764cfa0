// The ceiling: PostgreSQL's own pgbench makes the inserts of a batch of twenty, without HTTP, tokens or checks.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { flushes } from "../flushes.mjs";
import { Cluster } from "../peers/cluster.mjs";
import { FOLDER } from "../relay.mjs";

const BATCH = 20;
const CLIENTS = 64;

const TABLES = `
  CREATE TABLE seen (tenant text, subject text, event_id text, at bigint NOT NULL, omneo_id bigint, PRIMARY KEY (tenant, subject, event_id));
  CREATE INDEX seen_at ON seen (at);
  CREATE TABLE outbox (seq bigserial PRIMARY KEY, tenant text NOT NULL, subject text NOT NULL, event_id text NOT NULL,
    source text NOT NULL, body text NOT NULL, accepted bigint NOT NULL, sent_at bigint, failures int NOT NULL DEFAULT 0);
  CREATE INDEX outbox_of_customer ON outbox (tenant, subject, seq);
  CREATE TABLE customers (tenant text, subject text, due bigint NOT NULL, claim bigint NOT NULL DEFAULT 0, PRIMARY KEY (tenant, subject));
  CREATE INDEX customers_due ON customers (tenant, due);`;

// As long as what the load hands in.
const BODY = `{"action":"view","channel":"website","name":"${"x".repeat(180)}"}`;

const script = (customers) => `\\set customer random(1, ${customers})
BEGIN;
WITH new AS (
  INSERT INTO seen SELECT 'brand', :customer::text, gen_random_uuid()::text, 1, NULL FROM generate_series(1, ${BATCH})
  ON CONFLICT DO NOTHING RETURNING event_id
) INSERT INTO outbox (tenant, subject, event_id, source, body, accepted) SELECT 'brand', :customer::text, event_id, 'browser', '${BODY}', 1 FROM new;
INSERT INTO customers VALUES ('brand', :customer::text, 1) ON CONFLICT DO NOTHING;
COMMIT;
`;

export const pgbench = {
  title: "pgbench, a synchronous standby",
  async measure({ seconds, customers, kills, killedAfterMs }) {
    const cluster = await Cluster.start();
    const file = join(FOLDER, "pgbench.sql");
    try {
      await cluster.database("ceiling");
      cluster.sql(TABLES, "ceiling");
      writeFileSync(file, script(customers));
      const run = (time) => cluster.pgbench(["--no-vacuum", "--protocol", "prepared", "--client", `${CLIENTS}`, "--jobs", "2", "--time", `${time}`, "--file", file], "ceiling");
      const { records, each } = await ended(run(seconds), seconds, () => cluster.memory());
      const flushed = await flushes(cluster.pid, async () => ({ accepted: (await ended(run(1), 1)).records }));
      let [acknowledged, lost] = [0, 0];
      for (let turn = 0; turn < kills; turn += 1) {
        cluster.sql("TRUNCATE seen, outbox, customers", "ceiling");
        const killed = run(3600);
        await sleep(killedAfterMs + 1_000);
        await cluster.kill();
        const told = await ended(killed, 0);
        const kept = Number(cluster.sql("SELECT count(*) FROM outbox", "ceiling"));
        acknowledged += told.records;
        lost += Math.max(0, told.records - kept);
      }
      const [primary, standby] = each;
      return { version: cluster.version, records_a_second: records / seconds, memory: primary, standby, kills, acknowledged, lost, ...flushed };
    } finally {
      await cluster.stop();
    }
  },
};

// What was answered, and what the servers took towards the end.
async function ended(program, seconds, look) {
  let each;
  if (look) setTimeout(() => (each = look()), seconds * 900);
  while (!program.hasEnded) await sleep(20);
  const transactions = /transactions actually processed: (\d+)/.exec(program.said);
  if (!transactions) throw new Error(`pgbench says no number: ${program.said}`);
  return { records: Number(transactions[1]) * BATCH, each };
}
