// `npm run bench:scrub`: how fast text is scrubbed, by this machine's code and by the module in browsers.
//
// In a browser a whole `explain` is timed, of an interaction with that address and of one with the shortest, and the difference is told: what
// the address costs on its way into the module, read, judged, scrubbed, and on its way back.

import { parseArgs } from "node:util";
import { BLANK, startSandbox } from "../../tests/e2e/sandbox.mjs";
import { launch } from "../../tests/e2e/launch.mjs";
import { run as program } from "../../tools/process.mjs";

const PARTS = {
  "of products": "/products/linen-wrap-dress-in-navy-blue/reviews/2026-11-25/size-38-40-42",
  "of a customer": "/account/orders/100045678;name=Ada/track/RR123456785AU/u/AdaLovelace15/c/%2B61412345678",
};

export async function run(args) {
  const { values } = parseArgs({ args, options: { browsers: { type: "string", default: "chromium,firefox" } } });
  console.log("\nthis machine");
  await program("cargo", ["run", "--quiet", "--release", "--package", "omneo-interactions", "--example", "scrub_speed"]);
  const addresses = Object.entries(PARTS).flatMap(([what, part]) => [200, 2_000].map((length) => [what, part.repeat(Math.ceil(length / part.length)).slice(0, length)]));
  for (const name of values.browsers.split(",")) await measure(name, addresses);
  return 0;
}

async function measure(name, addresses) {
  const ends = [];
  const sandbox = await startSandbox({ after: (end) => ends.push(end) }, BLANK);
  const driver = await launch(name);
  try {
    await driver.manage().setTimeouts({ script: 120_000 });
    await driver.get(sandbox.url("/"));
    const micros = await driver.executeAsyncScript(TIME, addresses.map(([, address]) => address));
    console.log(`\nthe module in ${name}`);
    for (const [at, [what, { length }]] of addresses.entries()) console.log(`${micros[at].toFixed(1).padStart(8)} µs    an address ${what}, ${length} characters`);
  } finally {
    await driver.quit();
    for (const end of ends) await end();
  }
}

const TIME = `
  const [addresses, done] = arguments;
  const ROUNDS = 1000, TURNS = 5;
  import("/omneo/omneo-interactions.js").then(async ({ createTracker }) => {
    const tracker = await createTracker({ endpoint: "/", load: "now", consent: "granted", token: () => null });
    const explain = (url) => tracker.explain({ action: "view", channel: "website", signal: 0, namespace: "web-engagement", name: "Viewed page", url });
    const time = (url) => {
      const begun = performance.now();
      for (let round = 0; round < ROUNDS; round += 1) explain(url);
      return ((performance.now() - begun) * 1000) / ROUNDS;
    };
    const median = (url) => Array.from({ length: TURNS }, () => time(url)).sort((one, other) => one - other)[TURNS >> 1];
    const shortest = (median("/"), median("/"));
    done(addresses.map((address) => median(address) - shortest));
  });
`;
