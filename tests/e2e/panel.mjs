// `<omneo-privacy>` on a page, as a customer sees and uses it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

/** A folder with that page, for a sandbox; it is gone when the test is over. */
export function folderWith(t, html) {
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
