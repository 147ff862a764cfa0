// The demo's pages: nothing on the console, nothing against the content security policy, nothing in the way of anybody.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { name, openBrowser } from "./browser.mjs";
import { Panel } from "./panel.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";
import { signIn } from "./walk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = [
  "/",
  "/dresses/",
  "/knitwear/",
  "/shoes/",
  "/products/linen-wrap-dress.html",
  "/lookbook/",
  "/lookbook/spring",
  "/account/",
  "/timeline/",
  "/privacy/",
  "/privacy/policy/",
  "/newsletter/thanks.html",
  "/404.html",
];

for (const scheme of ["light", "dark"]) {
  test(`${name}: every page is accessible in ${scheme}, at desk and phone width, and breaks no policy`, (t) => everyPage(t, scheme));
}

async function everyPage(t, scheme) {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t, { scheme });
  for (const width of [1280, 390]) {
    await visitor.driver.manage().window().setRect({ width, height: 844 });
    for (const path of PAGES) {
      await visitor.open(sandbox.url(path));
      await visitor.ready();
      await visitor.see(By.css(".consent"));
      assert.ok(await visitor.run("return matchMedia(`(prefers-color-scheme: ${given[0]})`).matches", scheme), scheme);
      assert.deepEqual(await violations(visitor), [], `${path} at ${width}`);
      const page = await visitor.run("return { wide: document.documentElement.scrollWidth, room: innerWidth }");
      assert.ok(page.wide <= page.room, `${path} scrolls sideways: ${page.wide} > ${page.room}`);
      assert.deepEqual(await complaints(visitor), [], path);
    }
  }
}

test(`${name}: the timeline shows, explains and erases`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.click("Accept");
  await signIn(visitor, sandbox);
  await visitor.open(sandbox.url("/products/merino-crew.html"));
  await visitor.ready();
  await visitor.see(By.id("review"));
  assert.deepEqual(await violations(visitor), [], "with the review");
  await visitor.run("await omneo('flush')");
  await visitor.open(sandbox.url("/timeline/"));
  await visitor.see(By.xpath("//h3[.='Viewed product: Merino crew']"));
  await visitor.see(By.xpath("//li[.='product: Merino crew']"));
  assert.deepEqual(await violations(visitor), []);

  // Live: what another tab does appears without a reload, and so does what is refused there, with the reason.
  const timeline = await visitor.driver.getWindowHandle();
  await visitor.another();
  await visitor.open(sandbox.url("/products/field-boots.html"));
  await visitor.ready();
  await visitor.run(`
    omneo("record", { action: "service", channel: "website", signal: 1, name: "Opened store finder", namespace: "web-engagement" });
    await omneo("flush");
  `);
  await visitor.driver.switchTo().window(timeline);
  await visitor.see(By.xpath("//ol[@id='recorded']//h3[.='Viewed product: Field boots']"));
  await visitor.see(By.xpath("//ol[@id='refused']//h3[.='Opened store finder']"));
  await visitor.see(By.xpath("//li[.='rule: not-listed']"));

  const before = (await sandbox.interactions()).length;
  await visitor.press(By.xpath("//li[.//h3[.='Viewed product: Merino crew']]//button[.='Erase']"));
  await visitor.until(async () => (await sandbox.interactions()).length === before - 1, "the interaction to be erased");
});

for (const scheme of ["light", "dark"]) {
  test(`${name}: the account page shows customers their own records, and takes their answer, in ${scheme}`, async (t) => {
    const sandbox = await startSandbox(t);
    const visitor = await openBrowser(t, { scheme });
    await visitor.open(sandbox.url("/"));
    await visitor.click("Accept");
    await signIn(visitor, sandbox);
    // Nobody was signed in when consent was given, which the console has.
    await complaints(visitor);
    await visitor.open(sandbox.url("/account/"));
    await visitor.press(By.css("#own > summary"));
    const panel = new Panel(visitor);
    await panel.is("ready");
    assert.ok((await panel.sentences()).includes("You signed in"));
    for (const width of [1280, 390]) {
      await visitor.driver.manage().window().setRect({ width, height: 844 });
      assert.deepEqual(await violations(visitor), [], `${width}`);
      const page = await visitor.run("return { wide: document.documentElement.scrollWidth, room: innerWidth }");
      assert.ok(page.wide <= page.room, `scrolls sideways: ${page.wide} > ${page.room}`);
    }
    await panel.press("Take back");
    await panel.says("Your consent is taken back.");
    // The shop remembers it.
    await visitor.open(sandbox.url("/account/"));
    await visitor.press(By.css("#own > summary"));
    await panel.says("You have declined: nothing is recorded.");
    assert.deepEqual((await visitor.stored()).local, ["shop:consent"]);
    assert.deepEqual(await complaints(visitor), []);
  });
}

test(`${name}: the privacy page tells of the last minute, before any answer, and explains`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/privacy/"));
  await visitor.ready();
  await visitor.run(`await omneo("flush"); omneo("productView", { name: "Field boots" })`);
  await visitor.another();
  await visitor.open(sandbox.url("/privacy/"));
  await visitor.ready();
  // What the other tab said before this page was opened, with the rule that lets it through.
  await visitor.see(By.xpath("//ol[@id='recorded']/li[.//h3[.='Viewed product: Field boots']]//li[.='rule: view']"));
  await visitor.run(`omneo("record", { action: "service", channel: "website", signal: 1, name: "Opened store finder", namespace: "web-engagement" })`);
  await visitor.see(By.xpath("//ol[@id='refused']/li[.//h3[.='Opened store finder']]//li[.='rule: not-listed']"));
  // A submission has a call of its own; handed over whole, as `explain` takes it, it is another record.
  await visitor.run(`omneo("formSubmission", { form: "size-survey" })`);
  await visitor.see(By.xpath("//ol[@id='recorded']/li[.//h3[.='Submitted form: size-survey']]//li[.='rule: form']"));
  await visitor.click("A purchase");
  await visitor.see(By.xpath("//ol[@id='explained']//p[contains(., 'Transaction')]"));
  await visitor.click("A page whose address holds an e-mail address");
  await visitor.see(By.xpath("//ol[@id='explained']//h3[.='Viewed page: Welcome back, (mail)']"));
  assert.deepEqual(await violations(visitor), []);
  assert.deepEqual((await visitor.stored()).local, [], "nothing was stored, nobody having agreed");
});

test(`${name}: banner and sign-in work with the keyboard alone`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/account/"));
  await visitor.ready();
  await visitor.see(By.id("sign-in"));
  const press = (...keys) => visitor.driver.actions().sendKeys(...keys).perform();
  const focused = () => visitor.run("const { id, textContent } = document.activeElement; return id || textContent");
  const tabTo = async (wanted) => {
    for (let tabs = 0; tabs < 40 && (await focused()) !== wanted; tabs += 1) await press(Key.TAB);
    assert.equal(await focused(), wanted);
  };
  await press(Key.TAB);
  assert.equal(await focused(), "Skip to content");
  await tabTo("Accept");
  await press(Key.ENTER);
  await visitor.until(async () => (await focused()) === "main", "the focus to go to the content");
  await tabTo("email");
  await press("ada@example.com", Key.TAB, "wrong", Key.ENTER);
  await visitor.see(By.xpath("//*[@role='alert'][contains(., 'do not match')]"));
  assert.equal(await focused(), "email");
  // Tabbing into a field selects what is in it.
  await press(Key.TAB, "demo", Key.ENTER);
  await visitor.see(By.id("account"));
});

test(`${name}: a tracker that cannot load leaves the page unharmed`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const warnings = await visitor.run(`
    const warned = [];
    console.warn = (...text) => warned.push(text.map(String).join(" "));
    const script = document.createElement("script");
    script.src = "/omneo/snippet.js";
    script.dataset.endpoint = "ftp://nowhere.example";
    script.dataset.tokenUrl = "/omneo/token";
    script.dataset.load = "now";
    document.head.append(script);
    await new Promise((loaded) => script.addEventListener("load", loaded));
    while (!warned.length) await new Promise((later) => setTimeout(later, 10));
    return warned;
  `);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /^omneo-interactions: OmneoError: `endpoint` is "ftp:\/\/nowhere.example/);
});

/** What the console complains of, a blocked script or style among it; only Chromium's driver tells. */
async function complaints(visitor) {
  if (name !== "chromium") return [];
  const entries = await visitor.driver.manage().logs().get("browser");
  return entries.map(({ message }) => message);
}

/** What axe-core finds, in short. It is put in as a file of the page's own would be, so the policy stays as it is. */
async function violations(visitor) {
  await visitor.driver.executeScript(axe);
  // What is fading in is faint for the moment.
  await visitor.run("await Promise.all(document.getAnimations().map(({ finished }) => finished))");
  const { violations: found } = await visitor.run("return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })");
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
