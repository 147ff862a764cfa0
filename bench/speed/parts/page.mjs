// The curve: what a submission, a look for products and a click cost as the page grows. Ours alone, in Chromium; printed, not kept.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../tools/process.mjs";
import { Chromium } from "../chromium.mjs";

const FIELDS = [100, 1_000, 4_000];
const ELEMENTS = [0, 50_000];
const PRODUCTS = [100, 1_000];
const ROUNDS = 9;

/** Prints the curve. */
export async function curve() {
  const site = await serve();
  const browser = await new Chromium().start();
  const median = async (html, act) => {
    site.page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Curve</title>${html}<script type="module" src="/entry.js"></script>`;
    const page = await browser.page();
    await page.open(site.origin);
    await page.until("window.curve");
    const ms = await page.run(`curve.${act}(${ROUNDS})`);
    await page.close();
    return ms;
  };
  try {
    for (const [title, html, act, counts] of CURVES) {
      console.log(`\n${title}: milliseconds, and for each hundred; median of ${ROUNDS}`);
      for (const elements of ELEMENTS) {
        const cells = [];
        for (const count of counts) {
          const ms = await median("<p>a <b>b</b></p>".repeat(elements / 2) + html(count), act);
          cells.push(`${`${count}`.padStart(8)}: ${ms.toFixed(1).padStart(6)} ${((100 * ms) / count).toFixed(2).padStart(6)}`);
        }
        console.log(`  on a page of ${`${elements}`.padStart(6)} elements${cells.join("")}`);
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
}

const many = (count, one) => Array.from({ length: count }, (_, at) => one(at)).join("");

const CURVES = [
  [
    "A submission, by its fields",
    (count) => `<form name="sizes">${many(count, (at) => `<label>Field ${at} <input name="field${at}"></label>`)}<button>Send</button></form>`,
    "submit",
    FIELDS,
  ],
  [
    "A look for products, by those in JSON-LD",
    (count) => `<script type="application/ld+json">[${many(count, (at) => `{"@type":"Product","name":"Coat ${at}","sku":"C-${at}"},`)}{}]</script>`,
    "look",
    PRODUCTS,
  ],
  [
    "A look for products, by those in microdata",
    (count) => many(count, (at) => `<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Coat ${at}</b></div>`),
    "look",
    PRODUCTS,
  ],
  [
    "A click, by the elements that it goes through",
    (count) => `${"<div>".repeat(count)}<a id="link" href="#x" data-omneo-interaction='{"action":"service","name":"x"}'>x</a>${"</div>".repeat(count)}`,
    "click",
    [40, 400],
  ],
];

// What is timed is one task. The events are stopped behind the tracker's own listeners; each form is changed before it is sent again. A
// page that is restored is looked through anew, for markup other than JSON-LD by a file that has been loaded then.
const ENTRY = `
  import { createTracker } from "/omneo/omneo-interactions.js";
  import { read } from "./js/product-markup.js";
  const policy = { rules: [{ rule: "x", action: ["service"] }, { rule: "kept", form: ["sizes"], fields: ["field0"] }] };
  const part = (value) => btoa(JSON.stringify(value)).replaceAll("=", "");
  const token = [part({ alg: "none" }), part({ pid: "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001", exp: 4_000_000_000 }), "signature"].join(".");
  const tracker = await createTracker({ endpoint: "/", token: () => token, consent: "granted", policy });
  for (const name of ["submit", "click"]) addEventListener(name, (event) => event.preventDefault());
  await tracker.flush();
  const median = (act, before = () => {}) => async (rounds) => {
    const all = [];
    for (let round = 0; round < rounds; round += 1) {
      before();
      const start = performance.now();
      act();
      all.push(performance.now() - start);
      await new Promise((later) => setTimeout(later));
    }
    return all.sort((a, b) => a - b)[rounds >> 1];
  };
  const form = document.forms.sizes;
  let now = Date.now();
  Date.now = () => now;
  const restored = () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  window.curve = {
    submit: median(() => form.requestSubmit(), () => (now += 60_000)),
    look: median(() => { restored(); read(); }),
    click: median(() => document.getElementById("link").click()),
  };`;

async function serve() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root },
    bundle: true,
    format: "esm",
    define: { __FALLBACK__: "false" },
    external: ["/omneo/*"],
    write: false,
    logLevel: "error",
  });
  const site = { page: "", origin: "" };
  const server = createServer(({ url }, response) => {
    const [body, type] = url.startsWith("/omneo/")
      ? [readFileSync(join(root, "dist", url.slice(7))), TYPES[extname(url)]]
      : url === "/entry.js"
        ? [outputFiles[0].text, TYPES[".js"]]
        : [site.page, "text/html"];
    // Isolation gives the page a clock of 5 µs instead of 100.
    const isolated = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
    response.writeHead(200, { ...isolated, "Content-Type": type }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  site.origin = `http://localhost:${server.address().port}/`;
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
