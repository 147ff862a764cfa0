// `npm run bench:keepalive`: what becomes of a request whose page is left, browser by browser. What the documentation promises and the
// tracker's own waits rest on it.
//
//   --browsers chromium,firefox,webkit   --only outlives,aborted,before,events   --most 600 (seconds)   --tries 20

import { parseArgs } from "node:util";
import { Browser } from "../browser.mjs";
import { aborted } from "./aborted.mjs";
import { events, justBefore } from "./leaving.mjs";
import { outlives } from "./outlives.mjs";
import { Site } from "./servers.mjs";

const PARTS = {
  events: { title: "What a page is told when it is left", measure: events },
  before: { title: "Requests begun just before a link is followed, with a preflight that is known", measure: justBefore },
  aborted: { title: "A request behind a preflight of 2.5 seconds", measure: aborted },
  outlives: { title: "How long a request with keepalive outlives its page", measure: outlives },
  plain: { title: "How long a request without keepalive outlives its page", measure: (...given) => plain(...given) },
};

const plain = (browser, site, options) => outlives(browser, site, { ...options, most: 20, keepalive: false });

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      browsers: { type: "string", default: "chromium,firefox,webkit" },
      only: { type: "string", default: Object.keys(PARTS).join(",") },
      most: { type: "string", default: "600" },
      tries: { type: "string", default: "20" },
    },
  });
  const site = new Site();
  await site.start();
  for (const name of values.browsers.split(",")) {
    for (const part of values.only.split(",")) await measure(PARTS[part], name, site, { most: Number(values.most), tries: Number(values.tries) });
  }
  site.stop();
  return 0;
}

async function measure({ title, measure }, name, site, options) {
  const browser = new Browser(name);
  try {
    await browser.start();
    const version = (await browser.driver.getCapabilities()).getBrowserVersion();
    console.log(`\n### ${title}: ${name} ${version ?? ""}\n`);
    print(await measure(browser, site, options));
  } finally {
    await browser.end();
  }
}

function print(rows) {
  const heads = Object.keys(rows[0]);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log([line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(heads.map((head) => row[head] ?? "")))].join("\n"));
}
