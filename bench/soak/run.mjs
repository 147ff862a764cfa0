// `npm run soak`: a visitor who does ten things a second for half an hour; memory must stay where it is, and nothing may be lost.
//
//   --minutes 30   --browser chromium

import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { Omneo } from "../omneo.mjs";

// Start-up and the first full batches; from then on the module's memory must not grow.
const SETTLED_MINUTES = 3;

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { minutes: { type: "string", default: "30" }, browser: { type: "string", default: "chromium" } },
  });
  const [browser, site] = [new Browser(values.browser), new Omneo()];
  await site.start();
  try {
    const tab = await browser.tab(`${site.origin}/`);
    await tab.run(VISITOR);
    const samples = await watch(tab, Number(values.minutes));
    const recorded = await tab.wait("const done = arguments[0]; clearInterval(visitor); visit.tracker.flush().then(() => done(count))");
    const failures = await tab.run("return failures");
    return report(values.browser, samples, recorded, failures, await settled(site, recorded));
  } finally {
    await browser.end();
    await site.close();
  }
}

// Views of products, names of every length, now and then a page view; a second's worth at a time where timers are throttled.
const VISITOR = `
  window.count = 0;
  const began = performance.now();
  window.visitor = setInterval(() => {
    while (count < (performance.now() - began) / 100) {
      count += 1;
      visit.record(["r" + count + " " + "é".repeat(count % 200)]);
    }
  }, 100);
`;

async function watch(tab, minutes) {
  const samples = [];
  console.log("minute  recorded  Wasm KiB  heap KiB  in storage");
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(60_000);
    const sample = await tab.run(`
      return [count, memory.buffer.byteLength / 1024, Math.round((performance.memory?.usedJSHeapSize ?? 0) / 1024),
        Object.keys(localStorage).length];
    `);
    samples.push(sample);
    console.log([minute, ...sample].map((number, at) => String(number).padStart(at ? 10 : 6)).join(""));
  }
  return samples;
}

async function settled(site, recorded) {
  for (const until = Date.now() + 60_000; ; ) {
    const { names, copies } = await site.arrived();
    if (names.size >= recorded || Date.now() > until) return { names, copies };
  }
}

function report(browser, samples, recorded, failures, { names, copies }) {
  const twice = [...names.values()].filter((times) => times > 1).length;
  const memory = samples.map(([, bytes]) => bytes);
  const settledAt = memory[Math.min(SETTLED_MINUTES, memory.length) - 1];
  const grown = memory.at(-1) - settledAt;
  console.log(`\n${browser}: recorded ${recorded}, arrived ${names.size}, twice ${twice}, second copies ${copies}`);
  console.log(`Wasm memory ${settledAt} KiB after minute ${Math.min(SETTLED_MINUTES, memory.length)}, ${memory.at(-1)} KiB at the end`);
  console.log(`uncaught errors and rejections: ${failures.length} ${failures.slice(0, 3).join("; ")}`);
  return grown === 0 && names.size === recorded && twice === 0 && failures.length === 0 ? 0 : 1;
}
