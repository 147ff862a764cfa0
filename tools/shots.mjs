// `npm run shots`: a picture of each page and state of the demo, at 390 and 1280 pixels, in light and dark, in `target/shots/`.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startSandbox } from "../tests/e2e/sandbox.mjs";
import { SCHEMES, WIDTHS, seed, shoot } from "../tests/shots/shoot.mjs";
import { build } from "./build.mjs";
import { doing, done, main, root } from "./process.mjs";
import { sandbox as sandboxBinary } from "./servers.mjs";
import { setUp } from "./setup.mjs";

const FOLDER = join(root, "target", "shots");

main(async () => {
  const tools = await setUp({ tests: true });
  await build(tools);
  process.env.OMNEO_SANDBOX = await sandboxBinary(tools);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const ends = [];
  const browser = await chromium.launch({ executablePath: tools.browsers.CHROME_BIN, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    for (const width of WIDTHS) for (const scheme of SCHEMES) await all(browser, width, scheme, ends);
  } finally {
    await browser.close();
    for (const end of ends) await end();
  }
  done(`the pictures are in ${FOLDER}`);
});

async function all(browser, width, scheme, ends) {
  doing(`${width} pixels, ${scheme}`);
  const sandbox = await startSandbox({ after: (end) => ends.push(end) }, { story: true });
  await seed(sandbox);
  for await (const { name, picture } of shoot(browser, sandbox, width, scheme)) {
    writeFileSync(join(FOLDER, `${name.replace(/\W+/g, "-")}.${width}.${scheme}.png`), picture);
  }
}
