// `<omneo-privacy>` on a page, as a customer sees and uses it.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "./browser.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const ELEMENT = `<omneo-privacy endpoint="/" token-url="/omneo/token"></omneo-privacy>`;
export const TAG = `<script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" data-consent="granted"></script>`;
export const VIEW = { action: "view", channel: "website", signal: 0, namespace: "web-engagement" };

const SHADOW = `
  const element = document.querySelector("omneo-privacy");
  const root = element?.shadowRoot?.querySelector("[part=root]");
  const part = (name) => root.querySelector(\`[part~="\${name}"]\`);
  const button = (label) => [...root.querySelectorAll("button, summary")].find((one) => one.checkVisibility?.() !== false && !one.hidden && one.textContent === label);`;

export const page = (inner, head = "") => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Your data</title>
    <link rel="icon" href="data:,">
    ${head}
    <script type="module" src="/omneo/privacy.js"></script>
  </head>
  <body><main><h1>Account</h1>${inner}</main></body>
</html>`;

// A folder with that page, for a sandbox; it is gone when the test is over.
function folderWith(t, html) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-panel-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["index.html", "404.html"]) writeFileSync(join(folder, name), html);
  return folder;
}

export class Panel {
  constructor(visitor) {
    this.visitor = visitor;
  }

  /** Runs a script that has the `element`, its `root`, a `part` of it and a `button` by its words. */
  run(script, ...given) {
    return this.visitor.run(SHADOW + script, ...given);
  }

  /** Waits until it is in that state. */
  is(state) {
    return this.visitor.until(() => this.run("return root.dataset.state === given[0]", state), `the state ${state}`);
  }

  /** Waits until the records are read, if there are any. */
  isRead() {
    return this.visitor.until(() => this.run("return ['ready', 'empty'].includes(root.dataset.state)"), "the records");
  }

  /** Waits until it says that. */
  says(words) {
    const hears = () => this.run("return [...root.querySelectorAll('[role=status]')].some((one) => one.textContent.includes(given[0]))", words);
    return this.visitor.until(hears, `the sentence "${words}"`);
  }

  /** Clicks the button that has these words, or its dialog's. */
  async press(label) {
    await this.visitor.until(() => this.run("return Boolean(button(given[0]))", label), label);
    await this.run("(root.querySelector('dialog') ? [...root.querySelectorAll('dialog button')].find((one) => one.textContent === given[0]) : button(given[0])).click()", label);
  }

  sentences() {
    return this.run(`return [...root.querySelectorAll('[part="sentence"]')].map((one) => one.textContent.trim())`);
  }

  search(words) {
    return this.run("const field = part('search'); field.value = given[0]; field.dispatchEvent(new Event('input'))", words);
  }

  /** What is written into a file of that kind. */
  async file(label) {
    await this.run(`
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        blob.arrayBuffer().then((bytes) => (window.written = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
        return createObjectURL.call(URL, blob);
      };
      // The file itself is the browser's own matter.
      HTMLAnchorElement.prototype.click = function () { window.named = this.download; };`);
    await this.press(label);
    await this.visitor.until(() => this.run("return typeof window.written === 'string'"), "the file");
    return this.run("const { written, named } = window; delete window.written; return { text: written, name: named }");
  }
}

/** Signs a customer of the demo in. */
export const signInAs = (visitor, name) =>
  visitor.run(
    `const body = JSON.stringify({ email: given[0] + "@example.com", password: "demo" });
     const answer = await fetch("/shop/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });
     if (!answer.ok) throw new Error(answer.status)`,
    name,
  );

/** A site with that page, and `records` on Ada's profile; whoever `is` signed in sees it. */
export async function open(t, { html = page(ELEMENT), records = [], is = "ada", options, ...sandboxed } = {}) {
  const sandbox = await startSandbox(t, { www: folderWith(t, html), ...sandboxed });
  await put(sandbox, ADA, records);
  const visitor = await openBrowser(t, options);
  await visitor.open(sandbox.url("/404.html"));
  if (is) await signInAs(visitor, is);
  await visitor.open(sandbox.url("/"));
  return { sandbox, visitor, panel: new Panel(visitor) };
}

export async function put(sandbox, profile, records) {
  for (const record of records) {
    const { status, body } = await sandbox.call("POST", `/api/v3/profiles/${profile}/interactions`, { ...VIEW, ...record });
    assert.equal(status, 201, JSON.stringify(body));
  }
}

export const many = (count) => Array.from({ length: count }, (_, at) => ({ name: `Viewed product: Number ${at}` }));

/** What axe-core finds, in short. */
export async function violations(visitor) {
  await visitor.driver.executeScript(axe);
  const { violations: found } = await visitor.run("return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })");
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
