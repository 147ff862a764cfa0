// A site with the script tag in front of a real sandbox: which of its files a visitor downloads and how many bytes these are, whether
// the token source is asked, what reaches Omneo, and what stays in the browser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { measure } from "../../tools/size.mjs";
import { hasWebAssembly, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";
import { startTap } from "./tap.mjs";

const STUB = `<script>
  window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
  window.told = [];
  window.warned = [];
  console.warn = (...words) => warned.push(words.join(" "));
  addEventListener("unhandledrejection", ({ reason }) => warned.push("unhandled " + reason));
  for (const event of ["recorded", "refused", "delivered", "failed"]) omneo("on", event, (detail) => told.push({ event, ...detail }));
</script>`;

/** The files of a visit, as they are counted. */
export const [START, SCRIPT, MODULE] = ["snippet.js", "omneo-interactions.js", hasWebAssembly ? "omneo-interactions.wasm" : "fallback.js"];
export const ALL = [MODULE, SCRIPT, START].sort();

// What not every visitor loads: the first where the browser has no Navigation API, the second on this machine alone, as tests are.
const BESIDES = ["history.js", "advice.js"];

/** `options` are the browser's. */
export async function openStart(t, options) {
  const sandbox = await startSandbox(t, BLANK);
  const tap = await startTap(t, sandbox);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  return new Site(tap, sandbox, await openBrowser(t, options), body.data);
}

class Site {
  /** What the token source answers; null where nobody is signed in. */
  token;

  constructor(tap, sandbox, visitor, token) {
    Object.assign(this, { tap, sandbox, visitor, ada: token, token });
    tap.answers["/omneo/token"] = (_, response) =>
      this.token ? json(response, 200, this.token) : response.writeHead(401).end();
  }

  /** Opens a page whose tag has these attributes, with `head` before it, and waits until its start is done with what it can do. */
  async open(attributes, options) {
    await this.visit(attributes, options);
    await this.visitor.ready();
    await this.run(`await omneo("flush")`);
  }

  /** Opens such a page, and waits for nothing. */
  async visit(attributes = "", { path = "/page", head = "", body = "", title = "A page" } = {}) {
    this.tap.seen.length = 0;
    const tag = `<script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" ${attributes}></script>`;
    const page = `<!doctype html><link rel="icon" href="data:,"><title>${title}</title>${STUB}${head}${tag}${body}`;
    this.tap.answers[path] = (_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(page);
    await this.visitor.open(this.tap.origin + path);
  }

  run(script, ...given) {
    return this.visitor.run(script, ...given);
  }

  /** Calls, and answers what `flush` reports then. */
  async call(script) {
    return this.run(`${script}; return omneo("flush")`);
  }

  /** Which of the tracker's files were downloaded since the page was opened. */
  get files() {
    const names = this.tap.seen.map(({ url }) => /^\/omneo\/([\w./-]+\.(?:js|wasm))$/.exec(url)?.[1]);
    return [...new Set(names)].filter((name) => name && !BESIDES.includes(name)).sort();
  }

  /** How many bytes these are, as brotli sends them. */
  get bytes() {
    return this.files.reduce((sum, name) => sum + measure(readFileSync(join("dist", name))).brotli, 0);
  }

  /** How often the token source was asked. */
  get asked() {
    return this.tap.seen.filter(({ url }) => url === "/omneo/token").length;
  }

  /** What was sent to Omneo, in the order of the alphabet. */
  get records() {
    return this.tap.records().map(({ name }) => name).sort();
  }

  /** The keys that stand in storage, records without their number. */
  async kept() {
    const { local, session } = await this.visitor.stored();
    return [...local, ...session].map((key) => key.replace(/^omneo:\d+.*/, "omneo:record")).sort();
  }

  /** What was told to listeners of an event. */
  async told(event) {
    return (await this.run("return told")).filter((one) => one.event === event);
  }

  until(condition, what) {
    return this.visitor.until(condition, what);
  }
}

export const json = (response, status, body) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));

/** Leaves in storage what an earlier page of a customer would have. */
export const LEFT = `
  localStorage["omneo:session"] = '{"version":2,"profile":"${ADA}","seen":1,"signed_out":1}';
  localStorage["omneo:7:x"] = "left by an earlier page";
  localStorage["omneo:7"] = "";
  localStorage["shop:basket"] = "1";
  sessionStorage["omneo:clienteling"] = "left by an earlier page";
`;
