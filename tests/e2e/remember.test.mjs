// `consent: "remember"`, for sites without a consent platform: who is asked, how, and how long an answer lasts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { name } from "./browser.mjs";
import { open as openPanel, page, violations } from "./panel.mjs";
import { openStart } from "./start-site.mjs";

const KEY = "omneo-consent";
const TAG = `data-consent="remember"`;
const LINK = `<footer><button type="button" data-omneo-consent>Privacy choices</button></footer>`;
const DAY_MS = 86_400_000;

const root = `document.querySelector("omneo-consent")?.shadowRoot`;
const press = (site, which) => site.until(() => site.run(`const button = ${root}?.querySelector("[part=${which}]"); button?.click(); return Boolean(button)`), which);
const asked = (site) => site.until(() => site.run(`return Boolean(${root})`), "the question");
const isAsked = (site) => site.run(`return Boolean(${root})`);
const kept = async (site) => JSON.parse((await site.run(`return localStorage.getItem("${KEY}")`)) ?? "null");
const open = (site, tag = TAG, options = {}) => site.open(tag, { body: LINK, ...options });

test(`${name}: nobody is recorded before they agree, and whoever agreed is not asked again`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await asked(site);
  assert.deepEqual([site.asked, await kept(site), (await site.visitor.stored()).local], [0, null, []]);
  await press(site, "granted");
  await site.until(async () => site.records.length > 0, "a record");
  assert.equal(await isAsked(site), false);
  const { answer, at, version } = await kept(site);
  assert.deepEqual([answer, version, Date.now() - at < 60_000], ["granted", "1", true]);
  await open(site);
  await site.until(async () => site.records.length > 0, "a record");
  assert.deepEqual([await isAsked(site), site.files.includes("banner.js")], [false, false]);
});

test(`${name}: a refusal lasts as an agreement does, and neither a denial nor a sign-out removes it`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await press(site, "denied");
  await open(site);
  assert.deepEqual([await isAsked(site), site.asked, (await kept(site)).answer], [false, 0, "denied"]);
  assert.deepEqual((await site.visitor.stored()).local, [KEY]);
  await site.call(`omneo("signOut")`);
  assert.equal((await kept(site)).answer, "denied");
});

for (const [what, tag] of [["before the tracker is there", `${TAG} data-signed-in="false"`], ["once it is", TAG]]) {
  test(`${name}: an answer by a call lasts too, ${what}, though the page is left at once`, async (t) => {
    const site = await openStart(t);
    await open(site);
    await press(site, "granted");
    await open(site, tag);
    await site.run(`omneo("consent", "denied"); location.href = "about:blank"`);
    await open(site, tag);
    assert.deepEqual([(await kept(site)).answer, site.asked, await isAsked(site)], ["denied", 0, false]);
    await site.run(`omneo("consent", "granted"); location.href = "about:blank"`);
    await open(site);
    await site.until(async () => site.records.length > 0, "a record");
  });
}

test(`${name}: who goes back to no answer at all is asked again`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await press(site, "granted");
  await open(site);
  await site.until(async () => site.records.length > 0, "a record");
  await site.call(`omneo("consent", "unknown")`);
  await open(site);
  await asked(site);
  assert.deepEqual([site.asked, site.records], [0, []]);
});

test(`${name}: with another version of the text, or after its time, everybody is asked again`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await press(site, "granted");
  for (const [options, keep] of [
    [{ version: "2" }, (at) => ({ answer: "granted", at, version: "1" })],
    [{}, (at) => ({ answer: "granted", at: at - 181 * DAY_MS, version: "1" })],
    [{ days: 30 }, (at) => ({ answer: "denied", at: at - 31 * DAY_MS, version: "1" })],
    [{}, () => "{"],
    [{}, () => null],
    [{}, () => ["granted"]],
  ]) {
    const text = keep(Date.now());
    await site.run(`localStorage.setItem("${KEY}", given[0])`, typeof text === "string" ? text : JSON.stringify(text));
    await open(site, `data-consent='${JSON.stringify({ remember: options })}'`);
    await asked(site);
    assert.equal(site.asked, 0, JSON.stringify(options));
  }
});

test(`${name}: an element of the site opens the question again, with the last answer, and by the keyboard it is taken back`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await press(site, "granted");
  await open(site);
  await site.until(async () => site.records.length > 0, "a record");
  await site.run(`document.querySelector("[data-omneo-consent]").click()`);
  await asked(site);
  await site.until(() => site.run(`return ${root}.activeElement?.localName === "section"`), "the focus");
  assert.match(await site.run(`return ${root}.textContent`), /You have agreed\./);
  await site.visitor.driver.actions().sendKeys(Key.TAB, Key.ENTER).perform();
  await site.until(async () => (await kept(site)).answer === "denied", "the answer");
  assert.deepEqual((await site.visitor.stored()).local, [KEY]);
});

test(`${name}: an answer in one tab closes the question in the others`, async (t) => {
  const site = await openStart(t);
  await open(site);
  await asked(site);
  const here = await site.visitor.driver.getWindowHandle();
  await site.visitor.another();
  await open(site);
  await press(site, "denied");
  await site.visitor.driver.switchTo().window(here);
  await site.until(async () => !(await isAsked(site)), "the question to go");
});

for (const scheme of ["light", "dark"]) {
  test(`${name}: the question takes nobody's focus, is accessible and fits a phone and a desk, in ${scheme}`, async (t) => {
    const site = await openStart(t, { scheme });
    for (const [lang, direction] of [["en", "ltr"], ["ar", "rtl"], ["de", "ltr"]]) {
      await open(site, `data-consent='{"remember":{"policyUrl":"/privacy","language":"${lang}"}}'`, { head: `<html lang="en"><meta name=viewport content="width=device-width">`, body: `<main><h1>Fern</h1><input aria-label="Search"></main><script>document.querySelector("input").focus()</script>${LINK}` });
      await asked(site);
      assert.equal(await site.run(`return document.activeElement.localName`), "input");
      assert.deepEqual(await site.run(`const { lang, dir } = ${root}.querySelector("section"); return [lang, dir]`), [lang, direction]);
      for (const width of [390, 1280]) {
        await site.visitor.driver.manage().window().setRect({ width, height: 844 });
        assert.deepEqual(await violations(site.visitor), [], `${lang} ${width}`);
        assert.ok(await site.run("return document.documentElement.scrollWidth <= innerWidth"), `${lang} ${width}`);
      }
    }
  });
}

test(`${name}: a site asks by itself where it says so, and chooses the words otherwise`, async (t) => {
  const site = await openStart(t);
  await open(site, `data-consent='{"remember":{"banner":false}}'`);
  await site.call(`omneo("consent", "denied")`);
  assert.deepEqual([await isAsked(site), (await kept(site)).answer], [false, "denied"]);
  await site.run(`localStorage.clear()`);
  await open(site, `data-consent='{"remember":{"texts":{"title":"<b>Cookies?</b>"}}}'`);
  await asked(site);
  assert.match(await site.run(`return ${root}.querySelector("h2").textContent`), /^<b>Cookies\?<\/b>$/);
});

test(`${name}: on the account page customers see the remembered answer, and take it back`, async (t) => {
  const { sandbox, visitor, panel } = await openPanel(t, { html: page(`<omneo-privacy endpoint="/" token-url="/omneo/token" consent="remember"></omneo-privacy>`) });
  await panel.says("You have not answered yet.");
  await visitor.run(`localStorage.setItem("${KEY}", given[0])`, JSON.stringify({ answer: "granted", at: Date.now(), version: "1" }));
  await visitor.open(sandbox.url("/"));
  await panel.isRead();
  await panel.press("Take back");
  await panel.says("Your consent is taken back.");
  assert.equal(JSON.parse(await visitor.run(`return localStorage.getItem("${KEY}")`)).answer, "denied");
  assert.equal(await visitor.run("return document.querySelector('omneo-consent')"), null);
});
