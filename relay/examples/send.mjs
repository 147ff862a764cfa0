// A back-office system hands records in, of customers of whom it knows an e-mail address, an identifier, or the profile.
//
//   RELAY=https://shop.example RELAY_KEY=… node send.mjs ada@example.com
//
// A record has an id of its own. As long as no answer comes, the same record is sent again with the same id: the relay keeps it once.

import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

const { RELAY = "http://127.0.0.1:8790", RELAY_KEY = "demo-server-key" } = process.env;

/** Hands in a batch; answers what became of each record, in order: `{event_id, status, errors?}`. */
export async function send(records, path = "/relay/v1/interactions") {
  const headers = { Authorization: `Bearer ${RELAY_KEY}`, "Content-Type": "application/json" };
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(RELAY + path, { method: "POST", headers, body: JSON.stringify(records) }).catch(() => undefined);
    if (answer?.ok) return answer.json();
    const isLater = !answer || answer.status === 429 || answer.status >= 500;
    if (!isLater || attempt === 10) throw new Error(answer ? `${answer.status}: ${(await answer.json()).message}` : "The relay does not answer.");
    await wait(Number(answer?.headers.get("Retry-After") ?? 0) * 1_000 || Math.random() * 2 ** attempt * 1_000);
  }
}

const asked = (who) => ({
  ...who,
  action: "service",
  channel: "support",
  signal: 1,
  name: "Asked about a parcel",
  namespace: "support",
  meta: { event_id: randomUUID() },
});

const [email = "ada@example.com"] = process.argv.slice(2);
const results = await send([asked({ email }), asked({ identifier: { id: "1001", handle: "shopify" } })]);
for (const { event_id, status, errors } of results) console.log(event_id, status, errors ?? "");
process.exitCode = results.every(({ status }) => status < 300) ? 0 : 1;
