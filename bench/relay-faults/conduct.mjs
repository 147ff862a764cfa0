// One run: a world, a load, what goes wrong, and the count at the end.

import { setTimeout as sleep } from "node:timers/promises";
import { generator } from "../chance.mjs";
import { judge } from "./judge.mjs";
import { Load } from "./load.mjs";
import { World } from "./world.mjs";

/** Runs a scenario, and returns the counts of judge.mjs and, in `wrong`, what is not as wanted, as words. */
export async function conduct(scenario, store, seed, isBrief) {
  const begun = performance.now();
  const chance = generator(`${scenario.name} ${seed}`);
  const world = await World.make(store, scenario);
  const balance = new Balance(world);
  try {
    const load = await Load.start(world, chance, { pauseMs: isBrief ? 400 : 100, ...scenario.load });
    const wrong = (await scenario.run({ world, load, chance, isBrief })) ?? [];
    await load.end();
    await world.relay.drained(scenario.drainSeconds ?? DRAIN_SECONDS);
    await balance.isZero();
    const rows = await world.records();
    const counts = judge(load.records, rows, await world.relay.dead());
    wrong.push(...balance.wrong, ...faults(counts, load, scenario), ...((await scenario.after?.({ world, load, rows })) ?? []));
    return { ...counts, unserved: load.unserved.length, slowest: Math.round(load.slowest), seconds: secondsSince(begun), wrong };
  } catch (error) {
    error.message += `\n${world.nodes.map(({ said }) => said.trim().split("\n").slice(-5).join("\n")).join("\n")}`;
    throw error;
  } finally {
    balance.end();
    await world.close();
  }
}

function faults(counts, load, { dead = [], serves = false }) {
  const wrong = ["lost", "twice", "others", "order", "unasked"].filter((what) => counts[what] > 0).map((what) => `${counts[what]} ${what}`);
  const unwanted = counts.reasons.split(", ").filter((text) => text && !dead.some((reason) => text.endsWith(` ${reason}`)));
  if (unwanted.length > 0) wrong.push(`dead: ${unwanted.join(", ")}`);
  if (dead.length > 0 && counts.dead === 0) wrong.push("nothing is dead, though something should be");
  if (counts.acknowledged === 0) wrong.push("nothing was acknowledged");
  if (serves && load.unserved.length > 0) wrong.push(`${load.unserved.length} batches of the load were not served (${[...new Set(load.unserved)].join(", ")})`);
  return wrong;
}

/** The balance, looked at all the time: it is 0 at each moment, and not only at the end. */
class Balance {
  wrong = [];
  #world;
  #isOver = false;

  constructor(world) {
    this.#world = world;
    this.#watch();
  }

  async #watch() {
    while (!this.#isOver) {
      for (const node of this.#world.nodes) await this.#look(node);
      await sleep(500, undefined, { ref: false });
    }
  }

  async #look(node) {
    const balance = await node.metric("omneo_relay_balance");
    if (balance && this.wrong.length === 0) this.wrong.push(`the balance is ${balance}`);
    return balance;
  }

  async isZero() {
    for (const node of this.#world.nodes) {
      if ((await this.#look(node)) === undefined) this.wrong.push("the balance is not told");
    }
  }

  end() {
    this.#isOver = true;
  }
}

const secondsSince = (begun) => Math.round((performance.now() - begun) / 100) / 10;

/** How long what waits may take to leave: of that no promise is made, and several worlds share the machine. */
const DRAIN_SECONDS = 300;
