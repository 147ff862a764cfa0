// What happens to the relay's own process and its clock.

import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FAKETIME } from "../../../tools/setup/relay.mjs";

/** Omneo has each record at once and says so a moment later, so that a kill finds many of which nobody knows. */
const LATE = { route: "records", latency_ms: 40, writes: "arrival" };
/** So long Omneo may need, on a machine that has much else to do, for what a relay sent that is killed. */
const PATIENT = "unconfirmed_seconds = 3";

export const ofProcess = [
  {
    name: "the relay is killed at random under load",
    limits: PATIENT,
    brief: ["sqlite"],
    // Of a killed node on PostgreSQL the claims last a minute, so there are customers enough for all kills.
    customers: 400,
    load: { customers: 60, pauseMs: 2_000 },
    async run({ world, chance, isBrief }) {
      await world.omneo.faults(LATE);
      for (let kills = isBrief ? 5 : 50; kills > 0; kills -= 1) {
        await sleep(100 + 600 * chance());
        await world.relay.kill();
        await world.relay.start();
      }
    },
  },
  {
    name: "the relay is stopped and started again under load",
    limits: PATIENT,
    brief: ["sqlite"],
    async run({ world, chance, isBrief }) {
      await world.omneo.faults(LATE);
      for (let stops = isBrief ? 2 : 10; stops > 0; stops -= 1) {
        await sleep(100 + 600 * chance());
        await world.relay.stop();
        await world.relay.start();
      }
    },
  },
  {
    name: "a node is frozen past its claims, and woken",
    limits: PATIENT,
    nodes: { sqlite: 1, postgres: 2 },
    load: { pauseMs: 1_500 },
    async run({ world, chance }) {
      await world.omneo.faults(LATE);
      await sleep(500 + 1_000 * chance());
      world.relay.freeze();
      await sleep(CLAIM_MS + 5_000);
      world.relay.wake();
      await sleep(2_000);
    },
  },
  {
    name: "the clock is set back by an hour",
    brief: ["sqlite"],
    needs: () => !existsSync(FAKETIME) && `${FAKETIME} is missing (Debian's package libfaketime)`,
    env: (folder) => {
      setClock(folder, 0);
      return { LD_PRELOAD: FAKETIME, FAKETIME_TIMESTAMP_FILE: join(folder, CLOCK), FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
    },
    async run({ world }) {
      await world.omneo.faults({ ...LATE, status: 500, after: true, rate: 0.1 });
      await sleep(2_000);
      setClock(world.folder, -3_600);
      await sleep(3_000);
      await world.omneo.faults();
    },
  },
];

// Moved into place, so that nobody reads half of it.
function setClock(folder, seconds) {
  writeFileSync(join(folder, "clock.next"), seconds < 0 ? `${seconds}` : `+${seconds}`);
  renameSync(join(folder, "clock.next"), join(folder, CLOCK));
}

const CLOCK = "clock";
/** How long a claim lasts, see relay/src/forward.rs. */
const CLAIM_MS = 60_000;
