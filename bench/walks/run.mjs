// `npm run bench:walks`: walks drawn at random, in real browsers, of two customers who share a device; after each step the three
// promises are checked at the receiver: the right customer, once, only with consent. A walk that breaks one prints its seed and shrinks.
//
//   --walks 200   --browsers chromium,firefox,webkit   --steps 20   --seed 1 (of the first walk)   --lanes 6   --no-shrink

import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { sideBySide } from "../lane.mjs";
import { shrink } from "./shrink.mjs";
import { draw, told } from "./steps.mjs";
import { walk } from "./walk.mjs";

export async function run(args) {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      walks: { type: "string", default: "200" },
      browsers: { type: "string", default: "chromium,firefox,webkit" },
      steps: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: "6" },
      shrink: { type: "boolean", default: true },
    },
  });
  let failed = 0;
  for (const name of values.browsers.split(",")) failed += await inBrowser(name, values);
  return failed === 0 ? 0 : 1;
}

async function inBrowser(name, { walks, steps, seed, lanes, shrink: isShrunk }) {
  const seeds = Array.from({ length: Number(walks) }, (_, index) => Number(seed) + index);
  const sums = { walks: 0, made: 0, lost: 0, violations: 0, "broke off": 0 };
  const browser = new Browser(name);
  try {
    await sideBySide(browser, Number(lanes), seeds, async (seed, lane) => {
      const taken = draw(seed, Number(steps));
      const end = await walk(lane, seed, taken).catch(({ message }) => ({ error: message }));
      sums.walks += 1;
      if (end.error) return void ((sums["broke off"] += 1), console.log(`… ${name}, seed ${seed}: broke off: ${end.error.split("\n")[0]}`));
      sums.made += end.made;
      sums.lost += end.lost;
      if (end.lost > 0) console.log(`… ${name}, seed ${seed}: ${end.lost} lost`);
      if (end.broken.length === 0) return;
      sums.violations += 1;
      await tell(name, lane, seed, taken.slice(0, end.at + 1), end, isShrunk);
    });
  } finally {
    await browser.end();
  }
  console.log(`${name}: ${Object.entries(sums).map(([what, count]) => `${count} ${what}`).join(", ")}`);
  return sums.violations + sums["broke off"];
}

async function tell(name, lane, seed, steps, { broken }, isShrunk) {
  console.log(`✗ ${name}, seed ${seed}, after ${steps.length} steps: ${broken.join("; ")}`);
  if (!isShrunk) return;
  const kind = broken[0].split(":")[0];
  const fails = async (fewer) => {
    const end = await walk(lane, seed, fewer).catch(() => ({ broken: [] }));
    return end.broken.some((one) => one.startsWith(kind));
  };
  const shortest = await shrink(steps, fails);
  console.log(`  ${name}, seed ${seed}, shrunk to ${shortest.length} steps: ${shortest.map(told).join(", ")}`);
}
