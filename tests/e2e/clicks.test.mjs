// Elements that say by an attribute what a click on them is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { name as browser, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Stores</title>
<a id="finder" href="#stores" data-omneo-interaction='{"action":"service","name":"Opened store finder"}'><b id="inner">Stores</b></a>
<button id="key" data-omneo-interaction='{"action":"service","name":"Opened the size guide","signal":1}'>Sizes</button>
<div onclick="event.stopPropagation()"><button id="stopped" data-omneo-interaction='{"action":"service","name":"Stopped"}'>x</button></div>
<div data-omneo-interaction='{"action":"service","name":"Outer"}'><i id="nested" data-omneo-interaction='{"action":"service","name":"Inner"}'>x</i></div>
<button id="share" data-omneo-interaction='{"action":"refer","name":"Shared"}'>Share</button>
<button id="bought" data-omneo-interaction='{"action":"service","name":"order_completed"}'>Buy</button>
<button id="broken" data-omneo-interaction="{'action':'service'}">x</button>
<button data-omneo-interaction='{"action":"click","name":"x"}' id="wrong">x</button>
<button id="empty" data-omneo-interaction="">x</button><button id="none">x</button>
<label data-omneo-interaction='{"action":"service","name":"Gift wrap"}'><i id="wrap">Gift wrap</i><input id="box" type="checkbox"></label>
<p data-omneo-interaction='{"action":"service","name":"Pick-up"}'><label id="store" for="pick">Pick-up</label><input id="pick" type="radio"></p>
<label><i id="inside" data-omneo-interaction='{"action":"service","name":"Inside"}'>x</i><input type="checkbox"></label>
<label onclick="event.preventDefault()" data-omneo-interaction='{"action":"service","name":"Prevented"}'><i id="prevented">x</i><input type="checkbox"></label>
<shop-button></shop-button>`;

const START = `
  const root = document.querySelector("shop-button").attachShadow({ mode: "open" });
  root.innerHTML = '<button data-omneo-interaction=\\'{"action":"service","name":"In the shadow"}\\'>x</button>';
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const policy = { rules: [{ rule: "help", action: ["service"], kind: ["record"] }] };
  window.tracker = await createTracker({ endpoint: "/", token: () => null, policy });
  window.seen = [];
  await new Promise((told) => tracker.on("recorded", told));
  tracker.on("recorded", ({ record: { name, url, signal } }) => seen.push(["recorded", name, url, signal]));
  tracker.on("refused", ({ rule, record: { name } }) => seen.push(["refused", name, rule]));
  tracker.on("failed", ({ reason }) => seen.push(["failed", reason]));`;

test(`${browser}: a click on an element that says so is recorded, if the policy has it`, async (t) => {
  const site = await servePages(t);
  site.page = PAGE;
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/stores?utm_source=x`);
  await visitor.run(START);
  const url = `${site.origin}/stores`;
  const after = async (act) => (await act(), visitor.run("return seen.splice(0)"));
  const click = (id) => after(() => visitor.run("document.getElementById(given[0]).click()", id));
  assert.deepEqual(await after(() => visitor.press(By.id("inner"))), [["recorded", "Opened store finder", url, 0]]);
  const byKey = async () => (await visitor.driver.findElement(By.id("key"))).sendKeys(Key.ENTER);
  assert.deepEqual(await after(byKey), [["recorded", "Opened the size guide", url, 1]]);
  assert.deepEqual(await click("stopped"), [["recorded", "Stopped", url, 0]]);
  assert.deepEqual(await click("nested"), [["recorded", "Inner", url, 0]]);
  const inShadow = () => visitor.run("document.querySelector('shop-button').shadowRoot.querySelector('button').click()");
  assert.deepEqual(await after(inShadow), [["recorded", "In the shadow", url, 0]]);
  assert.deepEqual(await click("share"), [["refused", "Shared", "not-listed"]]);
  assert.deepEqual(await click("bought"), [["refused", "order_completed", "own-model"]]);
  const broken = `data-omneo-interaction of button#broken: \`interaction\` is "{'action':'service'}"; accepted: an object with the fields of an interaction`;
  assert.deepEqual(await click("broken"), [["failed", broken]]);
  const wrong = 'data-omneo-interaction of button#wrong: `action` is "click"; accepted: broadcast, disclose, feedback, product, reach, refer, service, visit, view';
  assert.deepEqual(await click("wrong"), [["failed", wrong]]);
  assert.deepEqual([await click("empty"), await click("none")], [[], []]);
  await visitor.run("tracker.stop()");
  assert.deepEqual(await click("finder"), []);
});

// To the control of a label that is clicked the browser dispatches a click of its own (HTML standard, "The label element").
test(`${browser}: a click on a label is one, though its control is clicked with it`, async (t) => {
  const site = await servePages(t);
  site.page = PAGE;
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/stores`);
  await visitor.run(START);
  const names = async (act) => (await act(), visitor.run("return seen.splice(0).map(([, name]) => name)"));
  const press = (id) => names(() => visitor.press(By.id(id)));
  const script = (text) => names(() => visitor.run(`const click = (id) => document.getElementById(id).click(); ${text}`));
  assert.deepEqual(await press("wrap"), ["Gift wrap"]);
  assert.equal(await visitor.run("return document.getElementById('box').checked"), true);
  assert.deepEqual(await press("box"), ["Gift wrap"]);
  assert.deepEqual(await press("store"), ["Pick-up"]);
  assert.deepEqual(await press("pick"), ["Pick-up"]);
  assert.deepEqual(await press("inside"), ["Inside"]);
  assert.deepEqual(await press("prevented"), ["Prevented"]);
  assert.deepEqual(await script("click('wrap'); click('wrap')"), ["Gift wrap", "Gift wrap"]);
  assert.deepEqual(await script("click('box'); click('box')"), ["Gift wrap", "Gift wrap"]);
  assert.deepEqual(await script("click('wrap'); click('store')"), ["Gift wrap", "Pick-up"]);
});
