// Real applications, each walked through twice in each browser: without the tracker and with it. With it, each page that was shown is
// one view at the receiver, with its title and address; and all else, what the visitor sees and what the console says, is the same.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { By } from "selenium-webdriver";
import { Visitor } from "../e2e/browser.mjs";
import { launch } from "../e2e/launch.mjs";
import { ADA, BLANK, startSandbox } from "../e2e/sandbox.mjs";
import { APPS } from "./apps.mjs";
import { built, home, prepared } from "./build.mjs";
import { serveApp } from "./site.mjs";

const browsers = (process.env.BROWSERS ?? "chromium,firefox").split(",");
const rows = [];

// What the visitor does, the page that is shown then, and whether that is one more view: never, always, or where it is a load.
const WALK = [
  ["open", "Home", "always"],
  ["click a", "A", "always"],
  ["click b", "B", "always"],
  ["same link", "B", "load"],
  ["back", "A", "always"],
  ["back", "Home", "always"],
  ["forward", "A", "always"],
  ["redirect", "B", "always"],
  ["replaceState", "B", "never"],
  ["reload", "B", "always"],
  ["click home", "Home", "always"],
  ["back", "B", "always"],
  ["submit", "B", "never"],
];

before(async () => {
  await prepared(Object.values(APPS));
  await Promise.all(Object.values(APPS).map(built));
});

after(() => {
  const steps = WALK.map(([step]) => step);
  console.log(`| made with | in | ${steps.join(" | ")} | as without the tracker |\n${"| --- ".repeat(steps.length + 3)}|`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
});

for (const browser of browsers) {
  test(`in ${browser}`, async (t) => {
    const driver = await launch(browser);
    t.after(() => driver.quit());
    const visitor = new Visitor(driver);
    for (const [title, app] of Object.entries(APPS)) await t.test(`${browser}: ${title}`, (t) => visit(t, visitor, browser, title, app));
  });
}

async function visit(t, visitor, browser, title, app) {
  const sandbox = await startSandbox(t, BLANK);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const tag = `<script async src="/omneo/snippet.js" data-endpoint="${sandbox.origin}" data-token-url="/omneo/token" data-consent="granted"></script>`;
  const site = {
    files: app.folder && join(home, app.folder, app.out),
    script: app.script && join(home, "node_modules", app.script),
    loads: app.loads,
  };
  const without = await walk(visitor, await serveApp(t, site, "", ""), app, false);
  const origin = await serveApp(t, site, tag, body.data.token);
  const tracked = await walk(visitor, origin, app, true);

  const seen = (step) => step.seen;
  assert.deepEqual(tracked.steps.map(seen), without.steps.map(seen), "the same navigation, step by step");
  assert.equal(tracked.said, without.said, "the same on the console");
  assert.match(tracked.said, /^info: submitted M$/m);
  assert.deepEqual(tracked.natives, without.natives, "whatever could be wrapped says the same of itself");
  assert.deepEqual(tracked.globals.filter((name) => !without.globals.includes(name)), ["omneo"]);

  const wanted = tracked.steps.filter(({ isView }) => isView).map(({ seen: [shown, , address] }) => [`Viewed page: ${shown}`, origin + kept(address)]);
  const arrived = async () => (await sandbox.interactions()).filter(({ name }) => name.startsWith("Viewed page"));
  await visitor.until(async () => (await arrived()).length >= wanted.length, `${wanted.length} views`).catch(() => {});
  const views = (await arrived()).map(({ name, url }) => [name, url]);
  assert.deepEqual(views.sort(), wanted.sort());
  rows.push([title, browser, ...tracked.steps.map(({ isView }) => (isView ? "1" : "–")), "yes"]);
}

/** What is seen after each step, and what the page says of itself at the end. */
async function walk(visitor, origin, app, isTracked) {
  const { driver } = visitor;
  // A tab of its own: a browser's history of a tab ends at fifty.
  const earlier = await driver.getWindowHandle();
  await driver.switchTo().newWindow("tab");
  const own = await driver.getWindowHandle();
  await driver.switchTo().window(earlier);
  await driver.close();
  await driver.switchTo().window(own);
  const steps = [];
  for (const [step, shown, counts] of WALK) {
    await act(visitor, origin, step, app);
    const isShown = `document.title === given[0] && document.querySelector("h1")?.textContent === given[0]`;
    await visitor.until(() => visitor.run(`return ${isShown} && document.readyState === "complete" && ${isAtRest}`, shown), `${shown} after ${step}`);
    if (step === "submit") await visitor.until(() => visitor.run(`return document.getElementById("said").textContent === "Thanks"`), "thanks");
    if (isTracked) {
      await visitor.until(() => visitor.run("return typeof omneo === 'function' && !omneo.q"), `the start after ${step}`);
      // Of a page that is left before the tracker has loaded nothing is recorded.
      await visitor.run("await omneo('flush')");
    }
    const seen = await visitor.run(
      "return [document.title, document.querySelector('h1').textContent, location.href.slice(location.origin.length), history.length]",
    );
    steps.push({ seen, isView: counts === "always" || (counts === "load" && Boolean(app.loads)) });
  }
  const { said, globals, natives } = await visitor.run(`
    const natives = [history.pushState, history.replaceState, fetch, XMLHttpRequest.prototype.send, addEventListener, document.createElement]
      .map((native) => [native.name, native.length, native.toString()]);
    return { said: sessionStorage.said ?? "", globals: Object.getOwnPropertyNames(window), natives };
  `);
  return { steps, said, globals, natives };
}

// Whoever goes on during a view transition cuts it short, and Astro says so on the console at times.
const isAtRest = `!document.activeViewTransition && !document.documentElement.dataset.astroTransition &&
  !document.getAnimations().some(({ effect }) => effect.pseudoElement?.startsWith("::view-transition"))`;

const CLICKS = { "click home": "home", "click a": "a", "click b": "b", "same link": "b", redirect: "old" };

async function act(visitor, origin, step, { anew, doubles, loads }) {
  const { driver } = visitor;
  if (step === "open") return driver.get(`${origin}/`);
  if (step === "back" || step === "forward") {
    const way = () => driver.navigate()[step]();
    // A page of the back/forward cache still has its mark.
    return anew && !loads ? remade(visitor, way) : way();
  }
  if (step === "reload") return driver.navigate().refresh();
  if (step === "replaceState") return driver.executeScript("history.replaceState(history.state, '', location.href.replace(/[?]|$/, '?sort=price'))");
  const locator = step === "submit" ? By.css("form button") : By.id(CLICKS[step]);
  // Nothing can be clicked while a view transition covers it.
  const go = () => visitor.until(async () => (await (await driver.findElement(locator)).click()) ?? true, `${step} to be clicked`);
  if (step !== "same link" || !anew) return go();
  await remade(visitor, go);
  if (doubles) await remade(visitor, () => driver.navigate().back());
}

// A page that is made anew may look as before: the mark on its heading is gone.
async function remade(visitor, act) {
  await visitor.run("document.querySelector('h1').marked = true");
  await act();
  await visitor.until(() => visitor.run("return !document.querySelector('h1').marked"), "the page to be made anew");
}

// Nobody keeps the parameter that the walk puts there, and the first route of a hash router is the page itself.
const kept = (address) => address.replace(/[?].*/, "").replace(/#\/$/, "");
