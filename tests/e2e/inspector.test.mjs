// The inspector, as whoever builds a site sees and uses it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { HOSTILE } from "./hostile.mjs";
import { violations } from "./panel.mjs";
import { json, openStart } from "./start-site.mjs";

const GRANTED = `data-consent="granted" data-signed-in="true"`;
const FILE = "inspect.js";
const BODY = `
  <main><h1>Shop</h1>
  <form name="newsletter" aria-label="Newsletter"><label>Size <input name="size" value="Perth"></label><label>Extra <input name="extra" autocomplete="cc-number" value="4111111111111111"></label><button>Send</button></form>
  <form role="search"><label>Find <input name="q"></label><button>Find</button></form></main>`;
const POLICY = `data-policy='{"rules":[{"rule":"letter","because":"You asked for the letter.","form":["newsletter"],"fields":["size","extra"],"meta":["form"]}]}'`;

const ROOT = `
  const host = document.getElementsByTagName("omneo-inspector")[0];
  const root = host?.shadowRoot;
  const entries = () => [...root.querySelectorAll("[part=entries] > li")].map((one) => one.querySelector("summary").textContent);
  const button = (label) => [...root.querySelectorAll("button")].find((one) => one.textContent === label);
  const section = (label) => [...root.querySelectorAll("[part=body] > details")].find((one) => one.firstChild.textContent === label);`;

class Inspector {
  constructor(site) {
    this.site = site;
  }

  run(script, ...given) {
    return this.site.run(ROOT + script, ...given);
  }

  opens() {
    return this.site.until(() => this.run("return Boolean(root)"), "the inspector");
  }

  shows(words) {
    return this.site.until(() => this.run("return root.textContent.includes(given[0])", words), `"${words}"`);
  }

  /** Opens an entry that has these words, and answers all that is in it. */
  read(words) {
    return this.run(
      `const entry = [...root.querySelectorAll("[part=entries] > li")].find((one) => one.textContent.includes(given[0])).firstChild;
       entry.open = true;
       await new Promise((later) => setTimeout(later, 50));
       return entry.textContent`,
      words,
    );
  }

  readSection(label) {
    return this.run(`const own = section(given[0]); own.open = true; await new Promise((later) => setTimeout(later, 50)); return own.innerText`, label);
  }

  isOpen() {
    return this.run("return Boolean(root)");
  }
}

/** A page with the inspector, asked for by `ask`, of whoever is signed in. */
async function inspected(t, { attributes = GRANTED, ask = `omneo("inspect")`, ...options } = {}) {
  const site = await openStart(t);
  await site.open(attributes, { head: CONSOLE, body: BODY, ...options });
  if (ask) await site.call(ask);
  const inspector = new Inspector(site);
  await inspector.opens();
  return { site, inspector };
}

const CONSOLE = `<script>
  window.lines = [];
  for (const level of ["log", "info", "debug", "warn", "error"]) {
    const own = console[level];
    console[level] = (...words) => { lines.push(words.map(String).join(" ")); own.apply(console, words); };
  }
</script>`;

test(`${name}: it lists each record: input, verdict, and every step until it is answered`, async (t) => {
  const { site, inspector } = await inspected(t, { attributes: `${GRANTED} data-inspect="true"`, ask: "" });
  await inspector.shows("stored → sent → 201 → delivered");
  const said = await inspector.read("pageView");
  for (const part of ["recorded", "“Viewed page: A page”", "by rule view: A view of a page or a product.", "told by the tracker's own capture", "stored in this browser", "answered 201"]) {
    assert.ok(said.includes(part), `${part} in ${said}`);
  }
  const lines = await site.run("return lines");
  for (const part of ["omneo: pageView “Viewed page: A page” · recorded by rule view", "omneo: stored in this browser: pageView", "omneo: sent: pageView", "omneo: answered 201: pageView"]) {
    assert.ok(lines.some((line) => line.startsWith(part)), `${part} in ${lines.join("\n")}`);
  }
});

test(`${name}: it says what was struck out, left out, and refused, and by which rule`, async (t) => {
  const { site, inspector } = await inspected(t, { attributes: `${GRANTED} ${POLICY} data-inspect="true"`, ask: "", path: "/reset/" });
  await site.call(`
    history.pushState({}, "", "/reset/?email=ada%40example.com");
    omneo("pageView", { title: "Hello ada@example.com" });
    omneo("record", { action: "service", channel: "website", signal: 0, name: "Purchase", namespace: "x", meta: { event: "purchase" } });
    omneo("formSubmission", { form: "newsletter", meta: { coupon: "X1" } });`);
  await inspector.shows("“Purchase”");
  await inspector.shows("“Submitted form: newsletter”");
  const view = await inspector.read("Hello (mail)");
  assert.match(view, /something was struck out of (name, url|url, name)/);
  assert.match(view, /told by a call of the site's/);
  assert.match(await inspector.read("Purchase"), /refused by rule own-model: Omneo has a model of its own for this/);
  assert.match(await inspector.read("newsletter"), /recorded by rule letter: You asked for the letter\..*left out meta\.coupon: The rule does not name it\./);
  assert.ok(!(await inspector.run("return root.textContent")).includes("ada"));
});

test(`${name}: an answer that is none, and a record that is given up, are told as well`, async (t) => {
  const { site, inspector } = await inspected(t);
  site.tap.answers["/id/api/v1/profiles/me/interactions"] = (_, response) => json(response, 422, { message: "no" });
  await site.call(`omneo("pageView", { title: "Refused there" })`);
  await inspector.shows("422 → failed");
  assert.match(await inspector.read("Refused there"), /failed 422 – rejected: The receiver will not accept this record\./);
});

test(`${name}: it says what the page contains and what would be recorded of it, and reads no field for it`, async (t) => {
  const { site, inspector } = await inspected(t, { attributes: `${GRANTED} ${POLICY}`, head: `${CONSOLE}<script>window.klaro = {};</script>` });
  await site.run(`
    window.reads = [];
    const { get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    Object.defineProperty(HTMLInputElement.prototype, "value", { get() { reads.push(this.name); return get.call(this); }, configurable: true });`);
  const said = await inspector.readSection("The page");
  assert.match(said, /Consent platform: klaro, which the setting consent does not name/);
  assert.match(said, /Product: none is seen/);
  assert.match(said, /“Submitted form: Newsletter” would be recorded by rule letter: You asked for the letter\. Its fields size would be kept\. Left out, fields\.extra: /);
  assert.match(said, /would be refused by rule search: It asks for something/);
  assert.deepEqual(await site.run("return reads"), []);
  assert.ok(!said.includes("Perth") && !said.includes("4111"));
});

test(`${name}: it shows the settings and where each came from, and no secret`, async (t) => {
  const { inspector } = await inspected(t, { attributes: `${GRANTED} data-namespace="kiosk" data-capture='{"durations":true}' data-api-key="s3cr3t-of-others"` });
  const said = await inspector.readSection("Settings");
  for (const part of [/namespace\s+kiosk\s+data-namespace/, /channel\s+website\s+default/, /consent\s+granted\s+data-consent/, /signed in\s+yes/, /capture\s+durations: true\s+data-capture/]) assert.match(said, part);
  assert.ok(!said.includes("s3cr3t"));
});

test(`${name}: no token is shown or logged, whatever goes wrong`, async (t) => {
  const { site, inspector } = await inspected(t, { attributes: `${GRANTED} data-inspect=""`, ask: "" });
  const { token } = site.ada;
  await site.call(`omneo("pageView", { title: "Token ${token}", token: "${token}" }); omneo("pageView", { title: "Token ${token}", meta: { token: "${token}" } })`);
  site.token = { token: `${token}broken` };
  site.tap.answers["/id/api/v1/profiles/me/interactions"] = (_, response) => json(response, 401, {});
  await site.run(`omneo("pageView", { title: "Another" })`);
  await inspector.shows("401");
  await inspector.readSection("Settings");
  await inspector.read("Token");
  const shown = (await inspector.run("return root.textContent")) + (await site.run("return lines.filter((line) => line.startsWith('omneo:')).join()"));
  for (const part of token.split(".")) assert.ok(!shown.includes(part), part);
});

test(`${name}: what is recorded is the same with it and without`, async (t) => {
  const records = [];
  for (const ask of ["", `omneo("inspect")`]) {
    const site = await openStart(t);
    await site.open(GRANTED, { body: BODY });
    await site.call(ask);
    if (ask) await new Inspector(site).opens();
    await site.call(`
      omneo("productView", { name: "Dress", sku: "D1" });
      document.forms[0].addEventListener("submit", (event) => event.preventDefault());
      document.forms[0].requestSubmit();
      history.pushState({}, "", "/other");
      document.title = "Other";`);
    const inspector = new Inspector(site);
    if (ask) for (const label of ["Look again", "Collapse", "Expand"]) await inspector.run("button(given[0]).click()", label);
    await site.until(async () => site.records.includes("Viewed page: Other"), "the records");
    await site.call("");
    records.push(site.tap.records().map(({ interacted_at: _at, meta: { event_id: _id, ...meta }, url, ...record }) => JSON.stringify({ ...record, meta, url: url?.replace(site.tap.origin, "") })).sort());
  }
  assert.deepEqual(records[0], records[1]);
});

test(`${name}: nobody downloads it who does not ask for it, and who does downloads it once`, async (t) => {
  const site = await openStart(t);
  const files = () => site.tap.seen.filter(({ url }) => url.endsWith(`/${FILE}`)).length;
  await site.open(GRANTED, { body: BODY });
  await site.call(`omneo("pageView", { title: "X" })`);
  assert.ok(!site.files.includes(FILE));
  await site.open(`${GRANTED} data-inspect="false"`);
  assert.equal(files(), 0);
  await site.call(`omneo("inspect"); omneo("inspect")`);
  await new Inspector(site).opens();
  await site.call(`omneo("inspect")`);
  assert.equal(files(), 1);
  assert.equal(await site.run(`return document.getElementsByTagName("omneo-inspector").length`), 1);
});

test(`${name}: the address opens it on this machine, and nowhere else`, async (t) => {
  const site = await openStart(t);
  await site.open(GRANTED);
  await site.visitor.open(`${site.tap.origin}/page?omneo-inspect`);
  await site.visitor.ready();
  await new Inspector(site).opens();
  await site.visitor.open(`${site.tap.origin}/page?omneo-inspector`);
  await site.visitor.ready();
  await site.call("");
  assert.equal(await new Inspector(site).isOpen(), false);
});

for (const [state, [into, why]] of Object.entries({
  waiting: ["", /The visitor has not answered yet/],
  denied: [`omneo("consent", "denied");`, /The visitor declined/],
  signedOut: [`omneo("consent", "granted"); omneo("signOut");`, /Nobody is signed in/],
  stopped: [`omneo("stop");`, /The site has stopped it/],
})) {
  test(`${name}: ${state}: the console says why nothing is loaded, and nothing is`, async (t) => {
    const site = await openStart(t);
    await site.open("", { head: CONSOLE });
    const { refused } = await site.call(into);
    const { asked } = site;
    assert.equal((await site.call(`omneo("inspect")`)).refused, refused, "it is no record");
    await site.until(() => site.run("return lines.length > 0"), "the line");
    assert.match((await site.run("return lines")).join("\n"), why);
    assert.deepEqual(site.files.filter((file) => file !== "snippet.js"), [FILE]);
    assert.equal(site.asked, asked);
    if (state !== "waiting") return;
    await site.call(`omneo("consent", "granted")`);
    await new Inspector(site).opens();
    await new Inspector(site).shows("delivered");
  });
}

test(`${name}: to close it ends its listening; it can be opened again`, async (t) => {
  const { site, inspector } = await inspected(t);
  await site.call(`omneo("pageView", { title: "Seen" })`);
  await inspector.shows("Seen");
  await inspector.run(`button("Close").click()`);
  assert.equal(await inspector.isOpen(), false);
  const before = await site.run("return lines.length");
  await site.call(`omneo("pageView", { title: "Unseen" })`);
  assert.equal(await site.run("return lines.length"), before);
  await site.call(`omneo("inspect")`);
  await inspector.opens();
  assert.deepEqual(await inspector.run("return entries()"), []);
});

for (const scheme of ["light", "dark"]) {
  test(`${name}: it has no violations of axe's in ${scheme}, and covers a part of a small page only`, async (t) => {
    const { site, inspector } = await inspected(t, { attributes: `${GRANTED} ${POLICY}`, head: `<meta name="viewport" content="width=device-width"><script>document.documentElement.lang = "en"</script>${CONSOLE}` });
    await inspector.run("host.style.colorScheme = given[0]", scheme);
    await site.call(`omneo("pageView", { title: "Hello ada@example.com" }); omneo("record", { action: "service", channel: "website", signal: 0, name: "Purchase", namespace: "x", meta: { event: "purchase" } })`);
    await inspector.shows("“Purchase”");
    await inspector.read("Hello");
    for (const label of ["The page", "Settings"]) await inspector.readSection(label);
    assert.deepEqual(await violations(site.visitor), []);
    await site.visitor.driver.manage().window().setRect({ width: 500, height: 850 });
    const { share, overflow } = await inspector.run(`
      const { width, height } = host.getBoundingClientRect();
      const body = root.querySelector("[part=body]");
      return { share: (width * height) / (innerWidth * innerHeight), overflow: body.scrollWidth - body.clientWidth }`);
    assert.ok(share < 0.55, `${share}`);
    assert.ok(overflow <= 0, `${overflow}`);
    await inspector.run(`button("Collapse").click()`);
    assert.ok((await inspector.run("return host.getBoundingClientRect().height / innerHeight")) < 0.2);
  });
}

test(`${name}: the keyboard does everything`, async (t) => {
  const { site, inspector } = await inspected(t);
  await site.call(`omneo("pageView", { title: "Keys" })`);
  await inspector.shows("Keys");
  const { driver } = site.visitor;
  const { Key } = await import("selenium-webdriver");
  const press = (key) => driver.actions().sendKeys(key).perform();
  const focused = () => inspector.run("return root.activeElement?.textContent ?? ''");
  await inspector.run(`button("Collapse").focus()`);
  await press(Key.ENTER);
  assert.equal(await focused(), "Expand");
  await press(Key.ENTER);
  for (let tabs = 0; tabs < 4 && !(await focused()).includes("Keys"); tabs += 1) await press(Key.TAB);
  await press(Key.ENTER);
  await inspector.shows("Copy as test");
  for (let tabs = 0; tabs < 4 && (await focused()) !== "Copy as test"; tabs += 1) await press(Key.TAB);
  await press(Key.ENTER);
  await inspector.shows("omneo-interactions/testing");
  await press(Key.ESCAPE);
  assert.equal(await focused(), "Expand");
  assert.equal(await inspector.run("return root.querySelector('[part=body]').hidden"), true);
});

test(`${name}: a record of a stranger's is text, in the panel and in the test that is copied`, async (t) => {
  const { site, inspector } = await inspected(t);
  const evil = `<img src=x onerror="window.evil=1">\u202e%s %c'); window.evil = 1; // \``;
  await site.call(`omneo("pageView", { title: ${JSON.stringify(evil)}, meta: { "<b>": "</script>" } })`);
  await inspector.shows("onerror");
  await inspector.read("onerror");
  await inspector.run(`button("Copy as test").click(); await new Promise((later) => setTimeout(later, 50))`);
  assert.equal(await inspector.run("return root.querySelectorAll('img, b b, script').length"), 0);
  assert.equal(await site.run("return window.evil ?? null"), null);
  const code = await inspector.run("return root.querySelector('[part=test]').textContent");
  assert.ok(!/\u202e/.test(code));
  const imported = code.replace(/^import .*$/gm, "");
  let seen;
  const like = await new Promise((resolve) => {
    const watch = async () => ({ recorded: (given) => resolve(given) });
    new Function("test", "watch", imported)((called, run) => ((seen = called), run({ page: { goto() {} } })), watch);
  });
  assert.match(seen, /^recorded: Viewed page: <img src=x/);
  assert.deepEqual(like.record.meta, { "<b>": "</script>" });
});

// The driver's own scripts would trip over what is on the page: it tells the server what it shows.
const TELLS = `<script>setInterval(() => {
  const root = document.documentElement.lastElementChild.shadowRoot;
  for (const one of root?.querySelectorAll("details") ?? []) one.open = true;
  if (root) fetch("/shown", { __proto__: null, method: "POST", body: root.textContent });
}, 300)</script>`;

for (const kind of Object.keys(HOSTILE).filter((one) => !one.startsWith("cookies"))) {
  test(`${name}: it opens on a hostile page: ${kind}`, async (t) => {
    const site = await openStart(t);
    site.tap.answers["/shown"] = (_, response) => response.end();
    await site.visit(`${GRANTED} data-inspect="true"`, { head: HOSTILE[kind] + TELLS, title: "Hostile" });
    const text = () => site.tap.seen.findLast(({ url }) => url === "/shown")?.body ?? "";
    await site.until(async () => text().includes("answered 201"), "the record");
    assert.match(text(), /recorded by rule view: A view of a page or a product\..*name: "Viewed page: Hostile".*Consent platform: .*namespace/s);
    await site.visitor.open("about:blank");
  });
}

test(`${name}: what is copied is a test that passes`, { skip: name !== "chromium" && "Playwright has a Chromium here" }, async (t) => {
  const site = await openStart(t);
  const page = `<!doctype html><title>A page</title><script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" data-inspect="true" ${GRANTED}></script>`;
  site.tap.answers["/plain"] = (_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(page);
  await site.visitor.open(`${site.tap.origin}/plain`);
  const inspector = new Inspector(site);
  await site.until(() => inspector.run("return root.textContent.includes('A page')"), "the view");
  await inspector.read("A page");
  await inspector.run(`button("Copy as test").click(); await new Promise((later) => setTimeout(later, 50))`);
  const code = await inspector.run("return root.querySelector('[part=test]').textContent");
  assert.match(code, /await omneo\.recorded\(\{\n {4}kind: "pageView",/);
  const { code: exit, output } = await runTest(t, code);
  assert.equal(exit, 0, output);
});

// In a folder where `@playwright/test` is as much of it as such a test needs.
async function runTest(t, code) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-copied-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@playwright", "test"), { recursive: true });
  symlinkSync(process.cwd(), join(modules, "omneo-interactions"));
  symlinkSync(join(process.cwd(), "node_modules", "playwright-core"), join(modules, "playwright-core"));
  const stub = `
    import { chromium } from "playwright-core";
    export async function test(name, run) {
      const browser = await chromium.launch({ executablePath: process.env.CHROME_BIN ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
      try { await run({ page: await browser.newPage() }); } finally { await browser.close(); }
    }`;
  writeFileSync(join(modules, "@playwright", "test", "index.mjs"), stub);
  writeFileSync(join(modules, "@playwright", "test", "package.json"), `{ "name": "@playwright/test", "exports": "./index.mjs" }`);
  writeFileSync(join(folder, "copied.mjs"), code);
  const child = spawn(process.execPath, [join(folder, "copied.mjs")]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const exit = await new Promise((resolve) => child.on("exit", resolve));
  return { code: exit, output };
}
