// What Omneo does to those who send to it.

import { setTimeout as sleep } from "node:timers/promises";
import { profileOf } from "../load.mjs";

/** A fault of the sandbox for a while, as docs/sandbox.md describes it; then all is well again. */
const fault = (name, rule, more) => ({
  name: `Omneo ${name}`,
  brief: ["sqlite"],
  async run({ world, isBrief }) {
    await world.omneo.faults({ route: "records", ...(typeof rule === "function" ? rule(world) : rule) });
    await sleep(isBrief ? 2_000 : 15_000);
    await world.omneo.faults();
  },
  ...more,
});

export const ofOmneo = [
  {
    name: "Omneo is down for a while",
    brief: ["sqlite"],
    // What comes in ten minutes leaves within five; the breaker asks a minute later at the latest.
    load: { pauseMs: 3_000 },
    async run({ world, isBrief }) {
      await sleep(500);
      await world.omneo.stop();
      await sleep(isBrief ? 2_000 : 600_000);
      await world.omneo.start();
    },
  },
  fault("is slow", { latency_ms: 1_500, rate: 0.3 }),
  fault("sends the body of its answer late", { slow_body_ms: 1_000, rate: 0.3 }, { brief: [] }),
  fault("answers 429 with Retry-After", { status: 429, retry_after: "1", rate: 0.05 }),
  fault("answers 500 before the write", { status: 500, rate: 0.3 }),
  fault("answers 500 after the write", { status: 500, after: true, rate: 0.3 }, { brief: ["sqlite", "postgres"] }),
  fault("answers 503 with Retry-After after the write", { status: 503, after: true, retry_after: "1", rate: 0.3 }, { brief: [] }),
  fault("cuts the connection before the write", { drop: "before", rate: 0.3 }, { brief: [] }),
  fault("cuts the connection after the write", { drop: "after", rate: 0.3 }),
  fault("refuses the relay's token with 401 for a while", { status: 401 }),
  fault("answers 404 for one profile", { status: 404, profile: profileOf(1) }, { dead: ["unknown-customer"] }),
  fault("redirects to another customer", ({ omneo }) => ({ status: 307, location: `${omneo.origin}/api/v3/profiles/${profileOf(2)}/interactions`, rate: 0.3 })),
  {
    name: "Omneo never answers, and writes some all the same, with the limits that count where nothing is said",
    limits: "",
    rate: 10,
    drainSeconds: 400,
    load: { customers: 12, pauseMs: 2_000 },
    async run({ world }) {
      await world.omneo.faults({ route: "records", hang: true, writes: "arrival", rate: 0.05 }, { route: "records", hang: true, rate: 0.05 });
      await sleep(15_000);
      await world.relay.kill();
      await world.relay.start();
      await sleep(15_000);
      await world.omneo.faults();
    },
  },
];
