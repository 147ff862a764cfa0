// The rate at which records leave, beside a customer and a brand whose Omneo is slow.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../tests/e2e/serve.mjs";
import { Background } from "../process.mjs";
import { FOLDER, Relay, tenant } from "../relay.mjs";
import { sink } from "../sink.mjs";

const ADA = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001";
const GRACE = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";
/** What the relay's settings say where nothing is said. */
const RATE = 10;
const WARM_UP_MS = 1_000;

export const forwarding = {
  title: "forwarding",
  async measure({ forwarding: seconds, slowMs }) {
    const [sandbox, slow] = [await startSandbox(), await sink({ delayMs: slowMs })];
    const relay = await Relay.make({
      omneo: sandbox.origin,
      hosts: ["127.0.0.1"],
      tenants: tenant("slow", { omneo: slow.origin, hosts: ["localhost"] }),
    });
    try {
      await fault(sandbox, { route: "records", profile: ADA, latency_ms: slowMs });
      await relay.start();
      await Promise.all([relay.hand(ADA, 50), relay.hand(GRACE, (seconds + 10) * RATE), relay.hand(ADA, 50, { host: "localhost" })]);
      await sleep(WARM_UP_MS);
      const begun = performance.now();
      const before = await counted(relay, sandbox);
      await sleep(seconds * 1000);
      const after = await counted(relay, sandbox);
      const each = (name) => ((after[name] - before[name]) * 1000) / (performance.now() - begun);
      return { rate: RATE, seconds, sent: each("sent"), fast: each("grace"), slow: each("ada"), slowBrand: each("slowBrand"), slowMs };
    } finally {
      await relay.stop();
      slow.close();
      await sandbox.stop();
    }
  },
};

async function startSandbox() {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = new Background(process.env.OMNEO_SANDBOX, ["--port", `${port}`, "--fresh", "--database", join(FOLDER, "omneo.sqlite")]);
  await program.until(async () => (await fetch(`${origin}/_sandbox/faults`).catch(() => undefined))?.ok, "the sandbox answers");
  return { origin, stop: () => program.stop() };
}

async function fault({ origin }, rule) {
  const answer = await fetch(`${origin}/_sandbox/faults`, { method: "POST", body: JSON.stringify({ rules: [rule] }) });
  if (!answer.ok) throw new Error(`the sandbox refused a fault: ${await answer.text()}`);
}

// What left by the relay's count, and what arrived, of whom, by the sandbox's.
async function counted(relay, { origin }) {
  const { data } = await (await fetch(`${origin}/_sandbox/requests`)).json();
  const delivered = await relay.metrics("omneo_relay_records_total");
  const answered = await relay.metrics("omneo_relay_omneo_seconds_count");
  const of = (profile) => data.filter(({ method, path }) => method === "POST" && path.includes(profile)).length;
  return {
    sent: answered['{tenant="brand",operation="create"}'] ?? 0,
    ada: of(ADA),
    grace: of(GRACE),
    slowBrand: delivered['{tenant="slow",outcome="delivered"}'] ?? 0,
  };
}
