// `npm run bench:queue`: 10,000 records while offline, of which the queue keeps 500; then the network is back.

import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { Omneo } from "../omneo.mjs";

const RECORDS = 10_000;
const KEPT = 500;

export async function run(args) {
  const { values } = parseArgs({ args, options: { browsers: { type: "string", default: "chromium,firefox" } } });
  let isWanted = true;
  for (const name of values.browsers.split(",")) isWanted = (await measure(new Browser(name))) && isWanted;
  return isWanted ? 0 : 1;
}

async function measure(browser) {
  const site = new Omneo();
  await site.start();
  try {
    const tab = await browser.tab(`${site.origin}/`);
    await browser.offline(true);
    await site.stop();
    const seen = await tab.wait(RECORD, RECORDS);
    await site.start();
    await browser.offline(false);
    const names = await delivered(site);
    const newest = Array.from({ length: KEPT }, (_, at) => `r${RECORDS - KEPT + at + 1}`);
    const right = names.size === KEPT && newest.every((name) => names.get(name) === 1);
    print(browser.name, seen, names.size, right);
    return right && seen.kept === KEPT && seen.dropped === RECORDS - KEPT;
  } finally {
    await browser.end();
    await site.close();
  }
}

// A thousand records in fifty tasks of twenty, ten times over; the clock runs only inside the tasks.
const RECORD = `
  const [records, done] = arguments;
  const thousands = [], long = [];
  let longest = 0, dropped = 0;
  visit.tracker.on("failed", ({ rule }) => (dropped += rule === "queue-full"));
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  const before = memory.buffer.byteLength;
  const next = (at) => {
    const start = performance.now();
    visit.record(Array.from({ length: 20 }, (_, n) => "r" + (at + n + 1)));
    const took = performance.now() - start;
    longest = Math.max(longest, took);
    thousands[Math.floor(at / 1000)] = (thousands[Math.floor(at / 1000)] ?? 0) + took;
    if (at + 20 < records) return void setTimeout(next, 0, at + 20);
    const kept = Object.entries(localStorage).filter(([key]) => /^omneo:\\d+:/.test(key)).flatMap(([, text]) => JSON.parse(text)).length;
    const heap = performance.memory?.usedJSHeapSize;
    setTimeout(() => done({ thousands, long, longest, dropped, kept, before, after: memory.buffer.byteLength, heap }), 100);
  };
  setTimeout(next, 0, 0);
`;

async function delivered(site) {
  for (const until = Date.now() + 60_000; ; ) {
    const { names } = await site.arrived();
    if (names.size >= KEPT || Date.now() > until) return names;
  }
}

function print(browser, { thousands, long, longest, dropped, kept, before, after, heap }, arrived, right) {
  const [first, last] = [thousands[0], thousands.at(-1)];
  console.log(`\n${browser}: ${RECORDS} records while offline`);
  console.log(`  a record, first thousand    ${first.toFixed(0)} µs`);
  console.log(`  a record, last thousand     ${last.toFixed(0)} µs (ratio ${(last / first).toFixed(2)})`);
  console.log(`  each thousand, ms           ${thousands.map((ms) => ms.toFixed(0)).join(" ")}`);
  console.log(`  longest task of 20 records  ${longest.toFixed(1)} ms; tasks over 50 ms that the browser saw: ${long.length}`);
  console.log(`  kept / dropped as oldest    ${kept} / ${dropped}`);
  console.log(`  Wasm memory before, after   ${before / 1024} KiB, ${after / 1024} KiB${heap ? `; JavaScript heap ${Math.round(heap / 1024)} KiB` : ""}`);
  console.log(`  arrived after reconnection  ${arrived}${right ? ", the newest ones, once each" : ": NOT the newest ones, once each"}`);
}
