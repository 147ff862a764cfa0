// Every snippet of the README and the documentation is run, or says why it is not.

import assert from "node:assert/strict";
import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import express from "express";
import { chromium } from "playwright-core";
import { root, which } from "../../tools/process.mjs";
import { ADA, startSandbox } from "../e2e/sandbox.mjs";
import { module, page as pageOf, startSite } from "./site.mjs";
import { PAGES, snippets } from "./snippets.mjs";

const execute = promisify(execFile);

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME_BIN, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(() => browser.close());

const RUNNERS = { js, html, sh, json, "": text };

for (const file of PAGES) {
  for (const snippet of snippets(file)) {
    const { line, language, notRun } = snippet;
    const [begin] = snippet.text.trim().split("\n");
    test(`${file}:${line} ${language} ${begin.slice(0, 60)}`, { skip: notRun }, async (t) => {
      const run = snippet.example ? quoted : RUNNERS[language];
      assert.ok(run, `nobody runs \`${language}\`: say how in tests/docs, or put <!-- not run: why --> before it`);
      await run(t, snippet);
    });
  }
}

test("what the privacy officer is told of article numbers holds", async (t) => {
  const site = await startSite(t);
  const { text } = snippets("docs/privacy-officer.md").find(({ language }) => language === "js");
  const tell = `
    ${text}
    globalThis.told = {};
    for (const [name, own] of Object.entries({ default: {}, own: policy })) {
      const tracker = await createTracker({ tenant, token, consent: "granted", policy: own, capture: { pageViews: false } });
      tracker.on("recorded", ({ kind, dropped, record: { name: title, meta } }) => {
        if (kind === "productView") told[name] = { dropped, title, sku: meta.sku, gtin: meta.gtin };
      });
      tracker.productView({ name: "0412345678, 412345678", sku: "0412345678", gtin: "9780141439518" });
    }`;
  site.put("/snippet.js", site.here(tell));
  const visit = await visited(t, site.put("/", pageOf(`<body>${module("/snippet.js")}</body>`)));
  await visit.until("globalThis.told?.default && globalThis.told?.own");
  const told = JSON.parse(await visit.run("JSON.stringify(told)"));
  const title = "Viewed product: (phone), 412345678";
  assert.deepEqual(told.default, { title, sku: "0412345678", gtin: "9780141439518" });
  assert.deepEqual(told.own, { dropped: [{ field: "meta.sku", reason: "The rule does not name it." }], title, gtin: "9780141439518" });
});

// There is none of them here, so what came to browsers later is taken away from this one.
test("the oldest browsers that docs/hosting.md names deliver", async (t) => {
  const site = await startSite(t);
  const tag = `<script async src="/omneo/snippet.js" data-tenant="acme" data-token-url="/omneo/token" data-consent="granted"></script>`;
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.addInitScript(() => {
    delete AbortSignal.any;
    delete URL.parse;
    delete Promise.withResolvers;
    delete Promise.try;
    delete Array.fromAsync;
    for (const name of ["union", "difference", "intersection"]) delete Set.prototype[name];
    for (const name of ["navigation", "scheduler"]) delete globalThis[name];
  });
  await page.goto(site.put("/", pageOf(site.here(tag))));
  await arrived(site, "Viewed page: Docs");
});

test("every link leads to a file and a heading", () => {
  const read = (file) => readFileSync(join(root, file), "utf8");
  // As GitHub makes them: small letters and digits, a hyphen for each space.
  const anchors = (file) =>
    [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => `#${title.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-")}`);
  const lost = [...PAGES, "CHANGELOG.md", "bench/RESULTS.md"].flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|srcset)="([\w./-]+\.webp)"/gm)]
      .map(([, ...links]) => links.find(Boolean))
      .filter((link) => !/^\w+:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split("#");
        const file = path ? join(dirname(page), path) : page;
        return !existsSync(join(root, file)) || (anchor !== undefined && !anchors(file).includes(`#${anchor}`));
      })
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(lost, []);
});

test("the README is short, and each of its references is used", () => {
  const page = readFileSync(join(root, "README.md"), "utf8");
  assert.ok(page.split("\n").length <= 230);
  const references = [...page.matchAll(/^(\[[^\]]+\]): /gm)].map(([, name]) => name);
  assert.deepEqual(references.filter((name) => page.split(name).length < 3), []);
  const used = [...page.matchAll(/\](\[[\w-]+\])/g)].map(([, name]) => name);
  assert.deepEqual(used.filter((name) => !references.includes(name)), []);
});

test("docs/README.md lists every page by its title, once", () => {
  const listed = [...readFileSync(join(root, "docs/README.md"), "utf8").matchAll(/^\| .+\? \| \[(.+)\]\((.+)\) \|$/gm)];
  const titles = PAGES.filter((page) => page.startsWith("docs/") && page !== "docs/README.md").map((page) => {
    const [, title] = /^# (.+)\n/.exec(readFileSync(join(root, page), "utf8"));
    return `${title} ${page.slice("docs/".length)}`;
  });
  assert.deepEqual(listed.map(([, title, page]) => `${title} ${page}`).sort(), titles.sort());
});

test("what the README says beside others is what the bench measured", () => {
  const lines = (file) => readFileSync(join(root, file), "utf8").split("\n").filter((line) => line.startsWith("| "));
  const rows = (file, cell) => lines(file).map((line) => line.slice(2, -2).split(" | ").map(cell));
  const measured = rows("bench/RESULTS.md", (cell) => cell.replace(/ \(.+\)$/, ""));
  const column = (head, tracker) => {
    const at = measured.findIndex(([first, ...row]) => first === "" && row.some((cell) => cell.startsWith(head)));
    const place = measured[at].findIndex((cell) => cell.startsWith(head));
    return measured.slice(at).find(([name]) => name === tracker)[place];
  };
  const heads = [
    "bytes of a visit that has not agreed",
    "bytes until the first record has arrived",
    "from navigation to the request",
    "script on the main thread of a visit",
    "requests for 100 events",
    "bytes for 100 events",
  ];
  const said = rows("README.md", (cell) => cell.replaceAll("**", "")).filter(([name]) => /^\d\. /.test(name));
  const numbers = heads.map((head) => [
    [column(head, "omneo-interactions, direct"), column(head, "omneo-interactions, relay")],
    ...["Snowplow", "Segment", "PostHog", "RudderStack"].map((peer) => [column(head, peer)]),
  ]);
  const told = (cell, [own, relay]) => {
    const [first, behind] = cell.split("; by our relay ");
    return first.replace(/ (KB|ms)$/, "") === own && (behind === undefined || behind.replace(/ KB$/, "") === relay);
  };
  assert.equal(said.length, heads.length);
  for (const [row, [, ...cells]] of said.entries()) {
    for (const [at, cell] of cells.entries()) assert.ok(told(cell, numbers[row][at]), `${said[row][0]}: ${cell}, measured ${numbers[row][at]}`);
  }
});

test("every example is quoted", () => {
  const quotes = PAGES.flatMap((file) => snippets(file)).map(({ example }) => example);
  const files = readdirSync(join(root, "examples"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => relative(join(root, "examples"), join(parentPath, name)).replaceAll(sep, "/"));
  // `corpora.rs` and `scrub_speed.rs` measure, and teach nothing; Cargo writes its lock itself.
  assert.deepEqual(names.filter((name) => !quotes.includes(name)).sort(), ["corpora.rs", "scrub_speed.rs", "yew/Cargo.lock"]);
});

test("every test that docs/promises.md names is there", () => {
  const [tables] = readFileSync(join(root, "docs", "promises.md"), "utf8").split("## What nobody can promise");
  const cells = tables.split("\n").filter((line) => line.startsWith("| ")).map((line) => line.split(" | ").at(-1));
  const lost = [];
  let there = [];
  for (const [, quote] of cells.join().matchAll(/`([^`]+)`/g)) {
    if (/\.(rs|mjs)$/.test(quote)) there = testsOf(quote);
    else if (!there.some((name) => name.test(quote))) lost.push(quote);
  }
  assert.deepEqual(lost, []);
});

// The names of a file's tests, with anything for what each takes in, as `${what}`.
function testsOf(file) {
  const path = [join("src/tracker/tests", file), join("tests/e2e", file), file].find((one) => existsSync(join(root, one)));
  const text = readFileSync(join(root, path), "utf8");
  const name = file.endsWith(".rs") ? /fn (\w+)\(/g : /test\(`\$\{\w+\}: (.+?)`/g;
  const literally = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return [...text.matchAll(name)].map(([, found]) => new RegExp(`^${found.split(/\$\{.+?\}/).map(literally).join(".+")}$`));
}

// What is quoted is what other tests run: tests/apps, tests/front, sandbox/tests/http/token_endpoint.rs, and tests/e2e/shopify.test.mjs.
async function quoted(t, { text, example }) {
  assert.equal(text, readFileSync(join(root, "examples", example), "utf8"));
  const [, suites] = [["shopify/", "e2e-chromium,e2e-firefox"], ["yew/", "front"], ["", "sandbox,apps"]].find(([folder]) => example.startsWith(folder));
  t.diagnostic(`run by npm test -- --only ${suites}`);
}

async function js(t, snippet) {
  if (/\bapp\.get\(/.test(snippet.text)) return tokenEndpoint(t, snippet.text);
  if (/\bwatch\(page/.test(snippet.text)) return headless(t, snippet.text);
  return inPage(t, snippet.text);
}

// A member of the settings, or settings by their names, are handed to a tracker; a whole program has one of its own.
async function inPage(t, text) {
  const site = await startSite(t);
  const isMember = /^\w+: /.test(text);
  const settings = ["consent", "policy", "product", "events"].filter((name) => text.includes(`const ${name} =`));
  const own = isMember ? `const own = { ${text} };` : `${text}\nconst own = { ${settings} };`;
  const isWhole = text.includes("createTracker(");
  const tracker = `await (await createTracker({ tenant, token, consent: "granted", ...own })).flush();`;
  site.put("/snippet.js", site.here(`${own}\n${isWhole ? "" : tracker}\ndocument.body.dataset.done = "yes";`));
  const visit = await visited(t, site.put("/", pageOf(`<body>${module("/snippet.js")}</body>`)));
  await visit.until("document.body.dataset.done");
  if (!isWhole || /consent\("granted"\)/.test(text)) await arrived(site, "Viewed page: Docs");
  visit.end();
}

// Markup without a tracker of its own is given one, and the visitor's consent.
async function html(t, { text }) {
  const site = await startSite(t);
  const folder = text.includes("/versioned/") ? "/omneo/versioned/snippet-0.1.0.js" : "/omneo/snippet.js";
  const isOwn = text.includes("data-token-url");
  const stub = `<script>if (typeof omneo !== "function") window.omneo = function () { (omneo.q = omneo.q || []).push(arguments) }</script>`;
  const tag = `<script async src="${folder}" data-tenant="acme" data-token-url="/omneo/token" data-consent="granted"></script>`;
  const visit = await visited(t, site.put("/", pageOf(site.here(stub + text + (isOwn ? "" : tag)))));
  await visit.until("!window.omneo.q");
  if (isOwn) await visit.run(`omneo("consent", "granted")`);
  if (!/data-consent=/.test(text)) await arrived(site, "Viewed page: Docs");
  if (/productI[dD]|product-id/.test(text)) await arrived(site, "Viewed product: Linen wrap dress");
  visit.end();
}

async function headless(t, text) {
  const sandbox = await startSandbox(t);
  const page = await browser.newPage();
  t.after(() => page.close());
  await asProgram(text, { page, site: sandbox.origin });
}

// Express as it is; who is signed in, a header says.
async function tokenEndpoint(t, text) {
  const site = await startSite(t);
  const app = express();
  app.use((request, _, next) => {
    request.session = { profileId: request.get("X-Signed-In") };
    next();
  });
  process.env.OMNEO_ADMIN_TOKEN = "sandbox-admin-token";
  await asProgram(site.here(text), { app });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  await answersTokens(`http://127.0.0.1:${server.address().port}/omneo/token`);
}

async function answersTokens(url) {
  assert.equal((await fetch(url)).status, 401);
  const answer = await fetch(url, { headers: { "X-Signed-In": ADA } });
  const { token, exp } = await answer.json();
  assert.equal(JSON.parse(Buffer.from(token.split(".")[1], "base64url")).pid, ADA);
  assert.ok(exp > Date.now() / 1000);
  assert.equal(answer.headers.get("Cache-Control"), "no-store");
}

/** Runs a module in Node, where these are known by their names. */
async function asProgram(text, known) {
  const folder = join(root, "target", "docs");
  mkdirSync(folder, { recursive: true });
  const path = join(mkdtempSync(join(folder, "snippet-")), "snippet.mjs");
  Object.assign(globalThis, known);
  writeFileSync(path, text);
  await import(pathToFileURL(path));
}

async function json(_, { text }) {
  JSON.parse(text);
}

// The policy of docs/hosting.md, as it stands there.
async function text(t, { text }) {
  assert.match(text, /^script-src /, "a block without a language is a content security policy, or says <!-- not run: why -->");
  const site = await startSite(t);
  const policy = site.here(text.trim());
  const tag = `<script async src="/omneo/snippet.js" data-tenant="acme" data-token-url="/omneo/token" data-consent="granted"></script>`;
  const headers = { "Content-Security-Policy": `${policy}; require-trusted-types-for 'script'` };
  const visit = await visited(t, site.put("/", pageOf(site.here(tag)), headers));
  await arrived(site, "Viewed page: Docs");
  visit.end();
}

async function sh(t, { text }) {
  // A line that is indented, or that closes a brace, goes on with the one before.
  for (const command of text.trim().split(/\n(?![ }])/)) {
    const [, run] = SHELL.find(([begins]) => command.startsWith(begins)) ?? assert.fail(`nobody runs \`${command}\``);
    await run(t, command);
  }
}

const SHELL = [
  ["node dist/check.js check ", checked],
  ["node dist/check.js policy report ", reported],
  ["npm start", (t) => listens(t, process.execPath, ["tools/start.mjs", "--port", "0", "--database", join(folderOf(t), "a.sqlite")])],
  ["npm test", (t) => t.diagnostic("npm test is what runs this")],
  ["cargo install", (t) => t.diagnostic("cargo install takes minutes; it is the sandbox that these tests run")],
  ["cargo build --release --target", (t) => t.diagnostic("tests/front builds it, in less time")],
  ["wasm-bindgen ", (t) => t.diagnostic("tests/front builds it")],
  ["cp ", (t) => t.diagnostic("tests/front builds it")],
  ["omneo-sandbox ", (t, command) => listens(t, process.env.OMNEO_SANDBOX, ofSandbox(t, command))],
  ["curl ", curl],
];

/** Nothing is wrong with what we show. */
async function checked(_, command) {
  const [, ...args] = command.split(" ");
  assert.match((await execute(process.execPath, args, { cwd: root })).stdout, /^✓ Nothing to mend/m);
}

/** Where the reader has a policy, so has the test; what is written is thrown away. */
async function reported(t, command) {
  const [, path, ...args] = command.split(" ");
  const folder = folderOf(t);
  writeFileSync(join(folder, "policy.json"), JSON.stringify({ query: ["page"] }));
  await execute(process.execPath, [join(root, path), ...args], { cwd: folder });
  assert.match(readFileSync(join(folder, "report.html"), "utf8"), /<h1>What may be recorded<\/h1>/);
}

// At any port that is free, and where it is thrown away.
function ofSandbox(t, command) {
  const [, ...args] = command.replace("8787", "0").replace("test.sqlite", join(folderOf(t), "b.sqlite")).split(" ");
  return args;
}

async function curl(t, command) {
  if (!which("curl")) return t.skip("curl is not here");
  const { origin } = await startSandbox(t);
  const here = command.replace("curl", "curl --fail --silent").replaceAll("http://127.0.0.1:8787", origin);
  JSON.parse((await execute("sh", ["-ec", here])).stdout);
}

function folderOf(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-docs-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A command that serves: it says where, and answers there. */
async function listens(t, command, args) {
  const child = spawn(command, args, { cwd: root });
  const ended = once(child, "exit");
  t.after(() => (child.kill(), ended));
  let said = "";
  for await (const chunk of child.stdout) {
    const [, origin] = /^Listening on (\S+)$/m.exec((said += chunk)) ?? [];
    if (origin) return assert.ok((await fetch(origin)).ok);
  }
  assert.fail(`it ended: ${said}`);
}

async function visited(t, url) {
  const page = await browser.newPage();
  t.after(() => page.close());
  // An error of the page's, or a warning in its console.
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`${error}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  await page.goto(url);
  return {
    run: (script) => page.evaluate(script),
    until: (condition) => page.waitForFunction(condition).catch((error) => assert.fail(`${error} ${wrong.join()}`)),
    /** It has nothing to complain of. */
    end: () => assert.deepEqual(wrong, []),
  };
}

async function arrived({ sandbox }, name) {
  const there = async () => (await sandbox.interactions()).some((one) => one.name === name);
  for (const end = Date.now() + 20_000; Date.now() < end; ) if (await there()) return;
  assert.fail(`no ${name} arrived: ${JSON.stringify((await sandbox.interactions()).map(({ name }) => name))}`);
}

test("what docs/recorded.md says of each call is so", async (t) => {
  const [, table] = readFileSync(join(root, "docs", "recorded.md"), "utf8").split("## In your code");
  const rows = [...table.matchAll(/^\| `(tracker\..+)` \| `(\w+)` \| `(.+)` \|$/gm)].map(([, ...columns]) => columns);
  assert.ok(rows.length > 5);
  const site = await startSite(t);
  const tell = `
    globalThis.told = [];
    const tracker = await createTracker({ tenant, token, consent: "granted", load: "now", capture: { pageViews: false, logins: false } });
    tracker.on("recorded", ({ record }) => told.push(["recorded", record.name]));
    tracker.on("refused", ({ rule }) => told.push(["refused", rule]));
    ${rows.map(([call]) => `${call};`).join("\n    ")}`;
  site.put("/recorded.js", site.here(tell));
  const visit = await visited(t, site.put("/", pageOf(`<body>${module("/recorded.js")}</body>`)));
  await visit.until(`globalThis.told?.length >= ${rows.length}`);
  assert.deepEqual(JSON.parse(await visit.run("JSON.stringify(told)")), rows.map(([, event, what]) => [event, what]));
});
