// One walk: its steps, and the promises after each.

import { setTimeout as pause } from "node:timers/promises";
import { Omneo } from "../omneo.mjs";
import { Device } from "./device.mjs";
import { broken } from "./promises.mjs";

/** Answers `{broken, at}`, what did not hold and after which step; and how many records were made, and lost though nobody took them back. */
export async function walk(lane, seed, steps) {
  // Each request has a preflight of its own, so that there is one to be slow.
  const omneo = new Omneo(lane.host, 0);
  const device = new Device(omneo, lane, seed);
  const check = async () => broken(device, await omneo.written(), omneo.came);
  try {
    await omneo.start();
    await device.begin();
    for (const [at, step] of steps.entries()) {
      await device.do(step);
      const wrong = await check();
      if (wrong.length > 0) return { broken: wrong, at, made: device.owners.size, lost: 0 };
    }
    await device.end();
    const lost = await missing(device, omneo);
    return { broken: await check(), at: steps.length, made: device.owners.size, lost: lost.length };
  } finally {
    await lane.closeTabs();
    await omneo.close();
  }
}

async function missing(device, omneo) {
  let lost;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
    const there = new Set((await omneo.written()).map(({ name }) => name));
    lost = device.wanted().filter((name) => !there.has(name));
    if (lost.length === 0) break;
  }
  return lost;
}

const PATIENCE_MS = 8_000;
