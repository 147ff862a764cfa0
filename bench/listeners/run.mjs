// `npm run bench:listeners`: what a click and a keystroke cost in the listeners of each tracker, on a page of 5,000 links and 200 forms.
//
// Measured as the time that dispatching an event takes, less the same without any tracker: fifty events at a time, as browsers
// round their clocks, on links and fields all over the page.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { launch } from "../../tests/e2e/launch.mjs";
import { root } from "../../tools/process.mjs";

const LIMIT_MS = 0.1;

/** Each tracker as its own documentation starts it, with what it captures of clicks and forms switched on. */
const TRACKERS = {
  none: "",
  "omneo-interactions": `import { createTracker } from "/omneo/omneo-interactions.js";
    await createTracker({ endpoint: "/", token: () => null });`,
  "posthog-js autocapture": `import posthog from "posthog-js";
    posthog.init("phc_bench", { api_host: location.origin + "/x", autocapture: true, advanced_disable_flags: true,
      disable_external_dependency_loading: true, disable_surveys: true, disable_session_recording: true, opt_out_useragent_filter: true });`,
  "amplitude autocapture": `import * as amplitude from "@amplitude/analytics-browser";
    await amplitude.init("bench", undefined, { serverUrl: location.origin + "/x", fetchRemoteConfig: false, remoteConfig: { fetchRemoteConfig: false },
      autocapture: { elementInteractions: true, formInteractions: true } }).promise;`,
};

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Many links</title>
${Array.from({ length: 5_000 }, (_, at) => `<p><a class="card" href="#${at}"><b>Product ${at}</b></a></p>`).join("")}
${Array.from({ length: 200 }, (_, at) => `<form id="f${at}"><label>Name <input name="name"></label><textarea name="text"></textarea><button>Send</button></form>`).join("")}
<script type="module" src="/tracker.js"></script>`;

// The median of 31 rounds of fifty events, in milliseconds an event.
const MEASURE = `
  const done = arguments[0];
  (async () => {
    while (!window.begun) await new Promise((later) => setTimeout(later, 10));
    await new Promise((later) => setTimeout(later, 500));
    addEventListener("click", (event) => event.preventDefault());
    const [links, fields] = ["a b", "input,textarea"].map((selector) => [...document.querySelectorAll(selector)]);
    const press = (field, at) => {
      const key = { key: "a", bubbles: true, composed: true };
      field.value += "a";
      for (const event of [new KeyboardEvent("keydown", key), new InputEvent("input", key), new KeyboardEvent("keyup", key)]) field.dispatchEvent(event);
    };
    const click = (link) => link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
    const median = async (act, all) => {
      const rounds = [];
      for (let round = 0; round < 31; round += 1) {
        const chosen = Array.from({ length: 50 }, (_, at) => all[(round * 97 + at * 31) % all.length]);
        const start = performance.now();
        chosen.forEach(act);
        rounds.push((performance.now() - start) / 50);
        await new Promise((later) => setTimeout(later));
      }
      return rounds.sort((a, b) => a - b)[15];
    };
    done({ click: await median(click, links), keystroke: await median(press, fields) });
  })();`;

export async function run(args) {
  const { values } = parseArgs({ args, options: { browsers: { type: "string", default: "chromium" } } });
  let isWanted = true;
  for (const browser of values.browsers.split(",")) isWanted = (await measure(browser)) && isWanted;
  return isWanted ? 0 : 1;
}

async function measure(browser) {
  console.log(`\n${browser}: microseconds in the listeners, median of 31 rounds of 50 events`);
  console.log(`${"".padEnd(24)}${"a click".padStart(12)}${"a keystroke".padStart(14)}`);
  let base, ours;
  for (const [name, script] of Object.entries(TRACKERS)) {
    const cost = await costOf(browser, `${script}\nwindow.begun = true;`);
    base ??= cost;
    const own = { click: cost.click - base.click, keystroke: cost.keystroke - base.keystroke };
    if (name === "omneo-interactions") ours = own;
    const shown = name === "none" ? cost : own;
    console.log(`${name.padEnd(24)}${(1000 * shown.click).toFixed(1).padStart(12)}${(1000 * shown.keystroke).toFixed(1).padStart(14)}`);
  }
  console.log("(`none` is what the browser itself takes; the others are what comes on top)");
  return ours.click < LIMIT_MS && ours.keystroke < LIMIT_MS;
}

async function costOf(browser, script) {
  const bundled = await build({
    stdin: { contents: script, resolveDir: join(root, "bench") },
    bundle: true,
    format: "esm",
    minify: true,
    external: ["/omneo/*"],
    write: false,
    logLevel: "error",
  });
  const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const path = request.url;
    const [body, type] = path.startsWith("/omneo/")
      ? [readFileSync(join(root, "dist", path.slice(7))), types[extname(path)]]
      : path === "/tracker.js"
        ? [bundled.outputFiles[0].text, types[".js"]]
        : path === "/"
          ? [PAGE, "text/html"]
          : ['{"code":200}', "application/json"];
    response.writeHead(200, { "Content-Type": type }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const driver = await launch(browser);
  try {
    await driver.manage().setTimeouts({ script: 120_000 });
    await driver.get(`http://localhost:${server.address().port}/`);
    return await driver.executeAsyncScript(MEASURE);
  } finally {
    await driver.quit();
    server.closeAllConnections();
    server.close();
  }
}
