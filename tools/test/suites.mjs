// The suites of `npm test`, in order: `run` shows what the runner prints and answers how many tests passed and failed, or
// why the suite was `skipped`. It is given what the set-up answered, and a `label` where another suite runs beside it. Of those that
// may, the longest come first, so that the last ones are too short for either lane to wait long for the other. One that is `asked` for
// by its name runs then only.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "../../bench/relay/prepare.mjs";
import { front } from "../front.mjs";
import { search } from "../fuzz.mjs";
import { lint } from "../lint.mjs";
import { root, tee } from "../process.mjs";
import { plantedRelay, relay, sandbox } from "../servers.mjs";
import { relayTools } from "../setup/relay.mjs";
import { checkSizes } from "../size.mjs";
import { TARGET, quick } from "../target.mjs";
import { failedFiles, failures, ofCargo, ofNode, ofTsc, settle } from "./counts.mjs";

export const suites = [
  { name: "lint", title: "Layout, warnings, types, dependencies", run: lint },
  { name: "crate", title: "The crate", run: ({ host }) => cargo(host, ["--package", "omneo-interactions"]) },
  { name: "sandbox", title: "The sandbox", run: ({ host }) => cargo(host, ["--package", "omneo-sandbox"]) },
  { name: "relay", title: "The relay", run: theRelay },
  { name: "fuzz", title: "Inputs that nobody foresaw", run: fuzz },
  ...(existsSync(join(root, "tests", "js")) ? [{ name: "js", title: "The scripts", run: () => node("tests/js") }] : []),
  { name: "tools", title: "The tools", run: () => node("tests/tools") },
  { name: "package", title: "The package", run: () => node("tests/package") },
  { name: "check", title: "The package's command", run: () => node("tests/check") },
  { name: "front", title: "A front end in Rust", run: inFrontEnd },
  { name: "types", title: "The types", run: types },
  { name: "size", title: "The byte budgets", run: async () => checkSizes() },
  { name: "load", title: "The short bench of the relay", run: underLoad },
  {
    name: "e2e-fallback",
    title: "End to end in Chromium without WebAssembly",
    beside: true,
    run: (tools) => inBrowser(tools, "tests/e2e", "chromium", { env: { WEBASSEMBLY: "off" }, names: FALLBACK }),
  },
  { name: "e2e-firefox", title: "End to end in Firefox", beside: true, run: (tools) => inBrowser(tools, "tests/e2e", "firefox") },
  { name: "e2e-chromium", title: "End to end in Chromium", beside: true, run: (tools) => inBrowser(tools, "tests/e2e", "chromium") },
  { name: "e2e-webkit", title: "End to end in WebKitGTK", beside: true, run: inWebKit },
  { name: "operate", title: "The relay in operation", beside: true, run: operate },
  { name: "apps", title: "The package in real apps", beside: true, run: (tools) => inBrowser(tools, "tests/apps", "chromium") },
  { name: "routers", title: "Page views of real routers", beside: true, run: (tools) => inBrowser(tools, "tests/routers") },
  { name: "all-routers", title: "Titles in thirteen frameworks' apps", asked: true, run: inEachFramework },
  { name: "faults", title: "The short bench of faults", beside: true, run: (tools) => inBrowser(tools, "tests/faults") },
  { name: "shots", title: "What a person sees", beside: true, run: (tools) => inBrowser(tools, "tests/shots") },
  { name: "edge-chromium", title: "The edge in Chromium", beside: true, run: (tools) => theEdge(tools, "chromium") },
  { name: "docs", title: "The snippets of the documentation", beside: true, run: (tools) => inBrowser(tools, "tests/docs") },
  { name: "edge-firefox", title: "The edge in Firefox", beside: true, run: (tools) => theEdge(tools, "firefox") },
  { name: "edge-webkit", title: "The edge in WebKitGTK", beside: true, run: (tools) => theEdge(tools, "webkit") },
  { name: "testing", title: "The test kit with Playwright and Puppeteer", beside: true, run: (tools) => inBrowser(tools, "tests/testing") },
];

// What is the same without WebAssembly: what forms and products mean is decided by the same code, and read by the same script; what
// shows customers their own records, a brand its reports, and whoever builds the site advice, has no WebAssembly.
const ALIKE = [
  "advice",
  "form-corpus",
  "forms",
  "late-products",
  "policy-report",
  "privacy-element",
  "privacy-erasure",
  "privacy-signs",
  "product-corpus",
  "products",
  "remember",
  "reports",
];
const FALLBACK = readdirSync(join(root, "tests", "e2e"))
  .filter((name) => name.endsWith(".test.mjs"))
  .map((name) => name.slice(0, -".test.mjs".length))
  .filter((name) => !ALIKE.includes(name));

// What depends on the engine: the walk, consent and its platforms, storage and its tabs, what is captured of forms, clicks and products,
// policies and hashes, the way back, what leaves at a withdrawal. Not when the script tag begins: WebKit at times holds an async script
// back itself until the site's own have run.
const WEBKIT = [
  "bfcache",
  "browser",
  "clicks",
  "consent",
  "durable",
  "embeds",
  "history",
  "hosting",
  "hostile",
  "integrity",
  "loader",
  "main-job",
  "pages",
  "platforms",
  "privacy-element",
  "privacy-erasure",
  "privacy-fields",
  "products",
  "promises",
  "queued",
  "redirects",
  "relay",
  "remember",
  "reports",
  "reviews",
  "start",
  "start-calls",
  "start-trouble",
  "submissions",
  "survives",
];

async function theRelay({ host }) {
  await relayTools();
  return cargo(host, ["--package", "omneo-relay"]);
}

async function operate(tools) {
  const programs = { ...(await relayTools()), ...tools.browsers };
  const servers = { OMNEO_SANDBOX: await sandbox(tools), OMNEO_RELAY: await relay(tools), OMNEO_PLANTED_RELAY: await plantedRelay(tools) };
  return node("tests/relay", { env: { ...programs, ...servers }, label: tools.label });
}

// The tests of Cargo's that run in a browser; those in `tests/corpora` run on the host.
const EDGE = ["app", "browser"];

// In a real browser, with a sandbox beside it.
async function theEdge(tools, browser) {
  const { wasm, testRunner, browsers, label } = tools;
  const { webkit: missing, ...programs } = browsers;
  if (browser === "webkit" && missing) return { passed: 0, failed: 0, skipped: missing };
  const { args, env } = quick(wasm);
  const runner = [process.execPath, join(root, "tools", "test", "in-browser.mjs")];
  const variables = { ...env, ...programs, BROWSER: browser, OMNEO_SANDBOX: await sandbox(tools), WASM_BINDGEN_TEST_RUNNER: testRunner };
  const config = `target.${TARGET}.runner=${JSON.stringify(runner)}`;
  const targets = EDGE.flatMap((target) => ["--test", target]);
  return cargo({ cargo: wasm.cargo, env: variables }, ["--config", config, ...args, ...targets], label);
}

async function inBrowser(tools, folder, browser, { env = {}, names } = {}) {
  const { browsers, label } = tools;
  const { webkit: _, ...programs } = browsers;
  const servers = { OMNEO_SANDBOX: await sandbox(tools), OMNEO_RELAY: await relay(tools) };
  const variables = { ...env, ...programs, ...servers, BROWSER: browser };
  return node(folder, { env: variables, names, label });
}

// What was found before, and a minute's search for more.
async function fuzz(tools) {
  const replayed = await cargo(tools.host, ["--package", "omneo-fuzz", "--features", "relay"]);
  const { passed, failed, skipped } = await search(tools);
  return { ...replayed, passed: replayed.passed + passed, failed: replayed.failed + failed, skipped };
}

// In the dev profile: whether there are figures, not which.
async function underLoad({ host }) {
  await prepare({ host }, { profile: "dev" });
  return node("tests/load");
}

async function inFrontEnd(tools) {
  return inBrowser(tools, "tests/front", "chromium", { env: { OMNEO_FRONT: await front(tools) } });
}

async function inWebKit(tools) {
  const { webkit } = tools.browsers;
  return webkit ? { passed: 0, failed: 0, skipped: webkit } : inBrowser(tools, "tests/e2e", "webkit", { names: WEBKIT });
}

// Or in those that `ROUTERS` names.
function inEachFramework(tools) {
  return inBrowser(tools, "tests/routers", undefined, { names: ["titles"], env: { ROUTERS: process.env.ROUTERS ?? "all" } });
}

async function cargo({ cargo, env }, args, label) {
  // `--no-fail-fast`: a failing test binary must not hide what the others have to say.
  const { code, stdout } = await tee(cargo, ["test", "--no-fail-fast", ...args], { env, label });
  return { ...settle(ofCargo(stdout), code), failures: failures(stdout) };
}

// So that what hangs fails, and is named, long before whoever runs the tests gives up.
const LONGEST_MS = 10 * 60_000;

// Two browsers on two processors are at times so slow that a page's own time-outs end before what they wait for. So a file that failed
// beside another suite runs once more, alone, where few did, and both runs are told. Not where the test is of a promise: a record that
// was lost once is lost.
const FEW = 3;
const ONCE = ["disk", "durable", "faults", "promises", "queued", "senders", "stop"];

/** Runs the test files of a folder, or those of these names. `again` is what runs those once more that failed, where that may be. */
async function node(folder, { env = {}, names, label } = {}) {
  const files = names?.map((name) => `${name}.test.mjs`) ?? readdirSync(join(root, folder)).filter((name) => name.endsWith(".test.mjs"));
  // One file after the other: each starts a browser, and two at once slow each other down until they time out.
  const args = ["--test", "--test-reporter=spec", "--test-concurrency=1", `--test-timeout=${LONGEST_MS}`, ...files.sort().map((name) => `${folder}/${name}`)];
  const { code, stdout } = files.length > 0 ? await tee(process.execPath, args, { env, label }) : { code: 0, stdout: "" };
  const counts = settle(ofNode(stdout), code);
  const failed = failedFiles(stdout);
  const mayAgain = label && counts.failed > 0 && failed.length <= FEW && failed.every((name) => name && !ONCE.includes(name));
  return { ...counts, failures: failures(stdout), again: mayAgain && (() => node(folder, { env, names: failed })) };
}

async function types() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { code, stdout } = await tee(process.execPath, [tsc, "--project", "tests/types"]);
  return settle(ofTsc(stdout), code);
}
