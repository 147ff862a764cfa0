// What the tracker does with each consent platform: before the choice, after it, after it is taken back, and in another tab.
// `docs/consent.md` has the table that this prints, and is held to it; `WRITE_TABLE=1` writes it there.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { name as browser, openBrowser } from "./browser.mjs";
import { PLATFORMS, pages } from "./platforms/pages.mjs";
import { startSandbox } from "./sandbox.mjs";
import { startTap } from "./tap.mjs";

const BEGIN = "<!-- seen by tests/e2e/platforms.test.mjs -->";
const END = "<!-- end -->";

const WAIT = "none / empty / wait";
const REFUSED = "none / empty / refused";
const SENT = "made / session / sent";

const STEPS = {
  "before the choice": WAIT,
  reject: REFUSED,
  "next page after a reject": REFUSED,
  accept: SENT,
  "next page after an accept": SENT,
  "another tab, on accept": SENT,
  withdraw: REFUSED,
  "another tab, on withdrawal": REFUSED,
};

// A page view, what becomes of it, and whether anything is stored.
const LOOK = `
  const before = await omneo("flush");
  omneo("pageView", { title: given[0] });
  const after = await omneo("flush");
  const [became] = ["delivered", "kept", "refused"].filter((what) => after[what] > before[what]);
  return [
    Object.keys(localStorage).some((key) => key.startsWith("omneo:")) ? "session" : "empty",
    { delivered: "sent", kept: "wait", refused: "refused" }[became],
  ].join(" / ");`;

// The tracker's own banner is in a shadow root.
const PRESS_WITHIN = `
  const own = [...(document.querySelector("omneo-consent")?.shadowRoot.querySelectorAll("button") ?? [])];
  const button = own.find(({ textContent }) => textContent === given[0]);
  button?.click();
  return Boolean(button);`;

const DECLINED = Object.fromEntries(Object.keys(STEPS).map((step) => [step, REFUSED]));

const SIGN_IN = `
  const body = JSON.stringify({ email: "ada@example.com", password: "demo" });
  await fetch("/shop/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });`;

class Walk {
  /** What was seen at each step. */
  cells = {};

  constructor(visitor, tap, name, wanted) {
    Object.assign(this, { visitor, tap, wanted, url: `${tap.origin}/${name}/` });
  }

  async open() {
    await this.visitor.open(this.url);
    // The queue stub answers nothing.
    await this.visitor.until(() => this.visitor.run(`return typeof omneo("on", "failed", () => {}) === "function"`), "the tracker");
  }

  // Of several buttons of that name, the one that can be seen.
  async press(label) {
    const buttons = By.xpath(`//*[self::button or self::label][normalize-space()="${label}"]`);
    await this.visitor.until(async () => {
      for (const button of await this.visitor.driver.findElements(buttons)) {
        if (await button.isDisplayed()) return button.click().then(() => true);
      }
      return this.visitor.run(PRESS_WITHIN, label);
    }, label);
  }

  // Whether Omneo or the token source was asked for anything since the last look.
  async look(step) {
    const seen = await this.visitor.run(LOOK, step);
    const isOurs = ({ url }) => /\/interactions|\/omneo\/token/.test(url);
    this.cells[step] = `${this.tap.seen.splice(0).some(isOurs) ? "made" : "none"} / ${seen}`;
  }

  /** The platform answers once it has loaded. */
  async lookSoon(step) {
    await this.visitor.until(async () => (await this.look(step), this.cells[step] === this.wanted[step]), step).catch(() => {});
  }

  /** In the other tab, which hears of it a moment later. */
  async lookElsewhere(step) {
    const [here, there] = await this.visitor.driver.getAllWindowHandles();
    await this.visitor.driver.switchTo().window(there);
    await this.lookSoon(step);
    await this.visitor.driver.switchTo().window(here);
  }

  async openAnotherTab() {
    const here = await this.visitor.driver.getWindowHandle();
    await this.visitor.another();
    await this.open();
    await this.visitor.driver.switchTo().window(here);
  }

  async forgetEverything() {
    await this.visitor.driver.manage().deleteAllCookies();
    await this.visitor.run("localStorage.clear(); sessionStorage.clear()");
    await this.visitor.run(SIGN_IN);
  }
}

async function goThrough(walk, withdraw) {
  const { visitor } = walk;
  await visitor.open(walk.url);
  await visitor.run(SIGN_IN);
  await walk.open();
  await walk.look("before the choice");
  await walk.press("Reject");
  await walk.look("reject");
  await walk.open();
  await walk.lookSoon("next page after a reject");

  await walk.forgetEverything();
  await walk.open();
  await visitor.run("omneo('pageView', { title: 'waited' })");
  await walk.openAnotherTab();
  await walk.press("Accept");
  await walk.look("accept");
  await walk.lookElsewhere("another tab, on accept");
  await walk.open();
  await walk.lookSoon("next page after an accept");

  await walk.press("Privacy choices");
  for (const label of withdraw) await walk.press(label);
  await walk.look("withdraw");
  await walk.lookElsewhere("another tab, on withdrawal");
  return walk.cells;
}

const table = {};

for (const [name, { title, tested = "a page after its documentation", preferences, declines, lacking, withdraw = ["Reject"] }] of Object.entries(PLATFORMS)) {
  test(`${browser}: ${title}`, { skip: lacking?.[browser] }, async (t) => {
    const sandbox = await startSandbox(t, { www: await pages(t) });
    const visitor = await openBrowser(t, { preferences: preferences?.[browser] });
    const wanted = declines ? DECLINED : STEPS;
    const cells = await goThrough(new Walk(visitor, await startTap(t, sandbox), name, wanted), withdraw);
    assert.deepEqual(cells, wanted);
    const names = (await sandbox.interactions()).map(({ name }) => name);
    assert.equal(names.includes("Viewed page: waited"), !declines, "what waited went with the consent");
    table[name] = [title, tested, ...Object.keys(STEPS).map((step) => cells[step])];
  });
}

test(`${browser}: a platform that forgets the choice without a word is asked before anything leaves`, async (t) => {
  const sandbox = await startSandbox(t, { www: await pages(t) });
  const visitor = await openBrowser(t);
  const walk = new Walk(visitor, await startTap(t, sandbox), "cookieconsent");
  await visitor.open(walk.url);
  await visitor.run(SIGN_IN);
  await walk.open();
  await walk.press("Accept");
  await walk.look("accepted");
  await walk.press("Forget my choice");
  await walk.look("forgotten");
  assert.deepEqual(walk.cells, { accepted: SENT, forgotten: WAIT });
});

test(`${browser}: a rule that names a category is asked of the platform`, async (t) => {
  const sandbox = await startSandbox(t, { www: await pages(t) });
  const visitor = await openBrowser(t);
  const walk = new Walk(visitor, await startTap(t, sandbox), "klaro");
  await visitor.open(walk.url);
  await visitor.run(SIGN_IN);
  await walk.open();
  await walk.press("Accept");
  const rules = ["omneo", "ads"].map((purpose) => ({ rule: `for-${purpose}`, purpose, action: ["service"], namespace: [purpose] }));
  const told = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({ endpoint: "/", consent: "klaro", token: () => null, policy: { rules: given[0] } });
     const fields = { action: "service", channel: "website", signal: 1, name: "Opened the store finder" };
     return ["omneo", "ads"].map((namespace) => tracker.explain({ ...fields, namespace }).rule);`,
    rules,
  );
  assert.deepEqual(told, ["for-omneo", "purpose"]);
});

test(`${browser}: docs/consent.md has the table of what was seen`, () => {
  const head = ["platform", "tested with", ...Object.keys(STEPS)];
  const rows = [head, head.map(() => "---"), ...Object.values(table)].map((cells) => `| ${cells.join(" | ")} |`);
  const printed = `${BEGIN}\n${rows.join("\n")}\n${END}`;
  const docs = readFileSync("docs/consent.md", "utf8");
  // Who lacks a platform saw fewer rows.
  if (Object.values(PLATFORMS).some(({ lacking }) => lacking?.[browser])) return assert.deepEqual(rows.filter((row) => !docs.includes(row)), []);
  const written = docs.replace(new RegExp(`${BEGIN}[^]*${END}`), () => printed);
  console.log(rows.join("\n"));
  if (process.env.WRITE_TABLE) writeFileSync("docs/consent.md", written);
  else assert.equal(written, docs, "`WRITE_TABLE=1` writes it");
});
