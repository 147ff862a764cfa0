// What counts as a submission of a form, and what does not, however a site does it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { name as browser, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

// Forms go into a frame, so that the page stays to be asked.
const page = (body) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Forms</title>
<iframe name="sink"></iframe>${body}`;

const POLICY = { rules: [{ rule: "finder", form: ["find-*"] }] };

// The clock is the test's. It is the tracker's only in this script: in Firefox, each script of a driver has one of its own.
const START = `
  addEventListener("pass", ({ detail }) => { const now = Date.now() + detail; Date.now = () => now; });
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.tracker = await createTracker({ endpoint: "/", token: () => null, ...given[0] });
  window.seen = [];
  window.failures = [];
  tracker.on("recorded", ({ kind, record }) => kind === "formSubmission" && seen.push(record.meta?.form ?? record.name));
  tracker.on("failed", ({ reason }) => failures.push(reason));
  addEventListener("error", ({ message }) => failures.push(message));
  await new Promise((told) => tracker.on("recorded", told));`;

const PASS = 'const pass = (ms) => dispatchEvent(new CustomEvent("pass", { detail: ms }));';

// What a script does with the form, and what was recorded when all tasks that it began are over, and nobody can see any more what comes
// of it: as the page is left, a tracker that stops counts what was not refused.
const DO = `
  const form = document.querySelector("form");
  const task = () => new Promise((later) => setTimeout(later));
  ${PASS}
  await (async () => { ${"${act}"} })();
  for (let tasks = 0; tasks < 3; tasks += 1) await task();
  tracker.stop();
  await task();
  return [seen.splice(0), failures.splice(0)];`;

const FORM = '<form name="f" method="post" target="sink" action="/sent"><input name="size"><button>Send</button></form>';
const REQUIRED = FORM.replace("<input", "<input required");
const CLICK = 'document.querySelector("button").click()';
const on = (handler) => `form.addEventListener("submit", (event) => { ${handler} });`;

/** A form with fields that hide what it has itself by their names. */
const HIDING = FORM.replace(
  "<input",
  `${"addEventListener,action,attributes,closest,dataset,elements,form,getAttribute,getRootNode,hasAttribute,id,isConnected,length,localName,matches,method,name,querySelector,querySelectorAll,requestSubmit,submit"
    .split(",").map((name) => `<input name="${name}">`).join("")}<input`,
);

/** Puts `html` into shadow roots, one within the other. */
const shadow = (html, depth = 1) => `
  let root = document.body;
  for (let at = 0; at < ${depth}; at += 1) {
    const host = document.createElement("div");
    root.append(host);
    root = host.attachShadow({ mode: "open" });
  }
  root.innerHTML = ${JSON.stringify(html)};`;

const COUNTS = [
  ["a click on its button", FORM, CLICK],
  ["a button that lies outside", `${FORM.replace("<form", '<form id="x"').replace(/<button.*button>/, "")}<button form="x">Send</button>`, CLICK],
  ["`requestSubmit`", FORM, "form.requestSubmit()"],
  ["`requestSubmit` by a button", FORM, "form.requestSubmit(document.querySelector('button'))"],
  ["`submit`, which fires no event", FORM, "form.submit()"],
  ["`submit` of the prototype, where a field hides the form's", FORM.replace("size", "submit"), "HTMLFormElement.prototype.submit.call(form)"],
  ["`submit`, which nothing validates", REQUIRED, "form.submit()"],
  ["`fetch` after `preventDefault`", FORM, `${on('event.preventDefault(); fetch("/sent", { method: "POST" });')} ${CLICK}`],
  ["a handler that also stops the event", FORM, `${on("event.preventDefault(); event.stopPropagation();")} ${CLICK}`],
  ["a plain form whose event is stopped", FORM, `${on("event.stopImmediatePropagation();")} ${CLICK}`],
  ["a handler of the page that empties the form", FORM, `${on("event.preventDefault(); form.reset();")} ${CLICK}`],
  ["a handler of the page that removes the form", FORM, `${on("event.preventDefault(); form.remove();")} ${CLICK}`],
  ["`formnovalidate`", REQUIRED.replace("<button", "<button formnovalidate"), CLICK],
  ["`formnovalidate`, then `fetch`", REQUIRED.replace("<button", "<button formnovalidate"), `${on("event.preventDefault();")} ${CLICK}`],
  ["`novalidate`", REQUIRED.replace("<form", "<form novalidate"), CLICK],
  ["`novalidate`, checked by a script and sound", REQUIRED.replace("<form", "<form novalidate").replace("required", 'required value="s"'), `${on("event.preventDefault();")} ${CLICK}`],
  ["`submit` once a script has done something first", FORM, `${on("event.preventDefault(); setTimeout(() => form.submit());")} ${CLICK}`],
  ["`submit` within the handler", FORM, `${on("event.preventDefault(); form.submit();")} ${CLICK}`],
  ["a dialog with a form that is sent", `<dialog id="d">${FORM}</dialog>`, `document.querySelector("dialog").showModal(); ${CLICK}`],
  ["a form that was added since", "", `document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(FORM)}); ${CLICK}`],
  ["a form from a template", `<template>${FORM}</template>`, `document.body.append(document.querySelector("template").content.cloneNode(true)); ${CLICK}`],
  ["a shadow root, by a click", "", `${shadow(FORM)} root.querySelector("button").click()`],
  ["a shadow root, by a click that is handled there", "", `${shadow(FORM)} root.querySelector("form").onsubmit = () => false; root.querySelector("button").click()`],
  ["shadow roots within each other", "", `${shadow(FORM, 3)} root.querySelector("button").click()`],
  ["a shadow root that nobody touched, by `requestSubmit`", "", `${shadow(FORM)} root.querySelector("form").requestSubmit()`],
  ["a shadow root, by `submit`", "", `${shadow(FORM)} root.querySelector("form").submit()`],
  ["a form that is invalid by its own word no more", FORM, `form.elements.size.setAttribute("aria-invalid", "false"); ${on("event.preventDefault();")} ${CLICK}`],
  ["a search form that a rule names", FORM.replace('name="f"', 'name="find-store" role="search"'), CLICK, ["find-store"]],
  ["a dialog that a rule names", `<dialog open>${FORM.replace('name="f" method="post"', 'name="find-size" method="dialog"')}</dialog>`, CLICK, ["find-size"]],
  ["a form whose fields hide what it has", HIDING, CLICK],
  ["the same by `requestSubmit`", HIDING, "HTMLFormElement.prototype.requestSubmit.call(form)"],
  ["the same by `submit`", HIDING, "HTMLFormElement.prototype.submit.call(form)"],
  ["the same where a script takes it over", HIDING.replace("<form", "<form novalidate"), `form.onsubmit = () => false; ${CLICK}`],
  ["a script that wraps `setTimeout`, and hands nothing on", FORM,
    `const own = window.setTimeout; window.setTimeout = (act, ms) => own(() => act(), ms); ${on("event.preventDefault();")} ${CLICK}`],
  ["a sign-up with a picker that is a search field of its own", FORM.replace("<input", '<input type="search"><input'), CLICK],
];

const CHANGE = 'form.elements.size.dispatchEvent(new Event("input", { bubbles: true, composed: true }));';
const TAKEN = on("event.preventDefault();");
/** The handler that sends the form itself once something came of it, as a captcha or a dialog does. */
const onceTaken = (then) => on(`if (form.dataset.isDone) return; form.dataset.isDone = "yes"; event.preventDefault(); ${then}`);
const COPY = 'const copy = form.cloneNode(true); copy.style.display = "none"; document.body.append(copy); copy.submit();';

// One submission, however often the browser or a script tells of it.
const ONCE = [
  ["two clicks at once", FORM, `${CLICK}; ${CLICK}`],
  ["a double click", FORM, `${CLICK}; await task(); pass(80); ${CLICK}`],
  ["a double click on a form that a script takes over", FORM, `${TAKEN} ${CLICK}; await task(); pass(80); ${CLICK}`],
  ["a double click, and the site empties the form in between", FORM, `${TAKEN} ${CLICK}; await task(); form.reset(); ${CHANGE} pass(80); ${CLICK}`],
  ["a visitor who waits in vain and clicks again", FORM, `${TAKEN} ${CLICK}; await task(); pass(20_000); ${CLICK}`],
  ["`submit` twice", FORM, "form.submit(); form.submit()"],
  ["`requestSubmit` after a captcha", FORM, `${onceTaken("setTimeout(() => (pass(9_000), form.requestSubmit()));")} ${CLICK}`],
  ["`requestSubmit` after a promise", FORM, `${onceTaken("Promise.resolve().then(() => form.requestSubmit());")} ${CLICK}`],
  ["the button again, after a dialog", FORM, `${onceTaken(`setTimeout(() => { pass(9_000); ${CLICK} });`)} ${CLICK}`],
  ["a copy of the form", FORM, `${on(`event.preventDefault(); setTimeout(() => { ${COPY} });`)} ${CLICK}`],
  ["a copy of the form, within the handler", FORM, `${on(`event.preventDefault(); ${COPY}`)} ${CLICK}`],
];

// The visitor sends the form again, or another one.
const TWICE = [
  ["a form that was changed", FORM, `${TAKEN} ${CLICK}; await task(); pass(501); ${CHANGE} ${CLICK}`],
  ["a form whose field lies outside", `${FORM.replace("<form", '<form id="x"')}<input form="x" id="outside">`,
    `${TAKEN} ${CLICK}; await task(); pass(501); document.querySelector("#outside").dispatchEvent(new Event("change", { bubbles: true })); ${CLICK}`],
  ["a form that the site emptied", FORM, `${TAKEN} ${CLICK}; await task(); form.reset(); pass(501); ${CLICK}`],
  ["the same a minute later", FORM, `${TAKEN} ${CLICK}; await task(); pass(60_000); ${CLICK}`],
  ["`requestSubmit` of a form that was changed", FORM, `${TAKEN} form.requestSubmit(); await task(); pass(501); ${CHANGE} form.requestSubmit();`],
  ["two forms that look the same", FORM + FORM,
    `for (const one of document.forms) { one.onsubmit = () => false; one.querySelector("button").click(); }`],
  ["two forms that look the same, by `submit`", FORM + FORM, "for (const one of document.forms) one.submit();"],
  ["a form in a shadow root that the site emptied", "",
    `${shadow(FORM)} const own = root.querySelector("form"); own.onsubmit = () => false; const button = root.querySelector("button");
     button.click(); await task(); own.reset(); pass(501); button.click()`],
];

const NONE = [
  ["a required field that is empty", REQUIRED, CLICK],
  ["`requestSubmit` of an invalid form", REQUIRED, "form.requestSubmit()"],
  ["`reset`", FORM, "form.reset()"],
  ["a button that is none of the form's", FORM.replace("<button", '<button type="button"'), CLICK],
  ["a click that was prevented", FORM, `form.addEventListener("click", (event) => event.preventDefault()); ${CLICK}`],
  ["`novalidate`, checked by a script and refused", REQUIRED.replace("<form", "<form novalidate"), `${on("if (!form.checkValidity()) event.preventDefault();")} ${CLICK}`],
  ["the same, and the event is stopped", REQUIRED.replace("<form", "<form novalidate"), `${on("if (!form.checkValidity()) { event.preventDefault(); event.stopPropagation(); }")} ${CLICK}`],
  ["a custom validity", FORM.replace("<form", "<form novalidate"), `form.elements.size.setCustomValidity("Sold out"); ${on("event.preventDefault();")} ${CLICK}`],
  ["a library that marks a field as invalid", FORM, `${on('event.preventDefault(); form.elements.size.ariaInvalid = "true"; form.elements.size.setAttribute("aria-invalid", "true");')} ${CLICK}`],
  ["a library that marks it a moment later", FORM, `${on('event.preventDefault(); Promise.resolve().then(() => form.elements.size.setAttribute("aria-invalid", "true"));')} ${CLICK}`],
  ["a dialog that closes", `<dialog open>${FORM.replace('"post"', '"dialog"')}</dialog>`, CLICK],
  ["a button that closes the dialog", `<dialog open>${FORM.replace("<button", '<button formmethod="dialog"')}</dialog>`, CLICK],
  ["`role=search`", FORM.replace("<form", '<form role="search"'), CLICK],
  ["within `role=search`", `<div role="search">${FORM}</div>`, CLICK],
  ["within `<search>`", `<search>${FORM}</search>`, CLICK],
  ["a named search field", FORM.replace("<input", '<input type="search"'), CLICK],
  ["a GET with `q`", FORM.replace('"post"', '"get"').replace("size", "q"), CLICK],
  ["a GET with `s`, by `submit`", FORM.replace(' method="post"', "").replace("size", "s"), "form.submit()"],
  ["a form whose fields hide what it has, checked by a script", HIDING.replace("<form", "<form novalidate").replace('name="form"', 'name="form" required'),
    `form.onsubmit = () => false; ${CLICK}`],
  ["events that are of no form", FORM,
    'for (const target of [document, window, document.body]) target.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));'],
  ["methods that are called on no form", FORM,
    `for (const name of ["submit", "requestSubmit"]) try { HTMLFormElement.prototype[name].call({}); } catch { continue; }`],
  ["`submit` of a form that is not on the page", "", "document.createElement('form').submit()"],
];

async function look(t, cases, wanted) {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  for (const [what, body, act, names = wanted] of cases) {
    site.page = page(body);
    await visitor.open(`${site.origin}/`);
    await visitor.run(START, { policy: POLICY });
    assert.deepEqual(await visitor.run(DO.replace("${act}", () => act)), [names, []], what);
  }
}

test(`${browser}: ${COUNTS.length} ways to submit a form count`, (t) => look(t, COUNTS, ["f"]));

test(`${browser}: ${NONE.length} others are no submission`, (t) => look(t, NONE, []));

test(`${browser}: ${ONCE.length} submissions that are told twice count once`, (t) => look(t, ONCE, ["f"]));

test(`${browser}: ${TWICE.length} submissions of one form, or of two that look the same, are two`, (t) => look(t, TWICE, ["f", "f"]));

test(`${browser}: a person submits with the keyboard, within a shadow root`, async (t) => {
  const site = await servePages(t);
  site.page = page("");
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  await visitor.run(START, {});
  await visitor.run(shadow(FORM.replace(/<button.*button>/, "").replace("<input", '<input autofocus')));
  const host = await visitor.driver.findElement(By.css("div"));
  await (await (await host.getShadowRoot()).findElement(By.css("input"))).sendKeys("small", Key.ENTER);
  await visitor.until(async () => (await visitor.run("return seen")).join() === "f", "the submission");
});

test(`${browser}: a person sends a form again with something else in it`, async (t) => {
  const site = await servePages(t);
  site.page = page(FORM);
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  await visitor.run(START, {});
  await visitor.run("window.sent = 0; addEventListener('submit', () => (window.sent += 1));");
  const field = await visitor.driver.findElement(By.css("input"));
  const send = async (keys, wanted) => {
    await field.sendKeys(...keys, Key.ENTER);
    await visitor.until(async () => (await visitor.run("return sent")) === wanted, "the event");
    await visitor.run(`${PASS} pass(501);`);
    return visitor.run("return seen");
  };
  assert.deepEqual(await send(["small"], 1), ["f"]);
  assert.deepEqual(await send([], 2), ["f"], "nothing was changed");
  assert.deepEqual(await send(["er"], 3), ["f", "f"]);
});

// What walks over all of the page: a query of its root, and `labels`, which each field has.
const WALKS = `
  window.walks = 0;
  const count = (prototype, name, part) => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const own = descriptor[part];
    descriptor[part] = function (...given) { window.walks += 1; return own.apply(this, given); };
    Object.defineProperty(prototype, name, descriptor);
  };
  for (const { prototype } of [Document, Element]) ["querySelectorAll", "querySelector"].forEach((name) => count(prototype, name, "value"));
  for (const { prototype } of [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement]) count(prototype, "labels", "get");`;

test(`${browser}: how often a page is walked over for a submission does not depend on its fields`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const submit = async (fields) => {
    const labelled = Array.from({ length: fields }, (_, at) => `<label>Size ${at} <input name="size${at}" value="s"></label>`);
    site.page = page(FORM.replace("<input", `${labelled.join("")}<input`));
    await visitor.open(`${site.origin}/`);
    const kept = ["size0", `size${fields - 1}`];
    return visitor.run(
      `${WALKS} ${START} window.walks = 0; const kept = [];
       tracker.on("recorded", ({ record }) => kept.push(record.meta.fields));
       document.querySelector("button").click();
       return [window.walks, kept];`,
      { policy: { rules: [{ rule: "sizes", form: ["f"], fields: kept }] } },
    );
  };
  const [few, many] = [await submit(10), await submit(4_000)];
  assert.deepEqual([few[1], many[1]], [[{ size0: "s", size9: "s" }], [{ size0: "s", size3999: "s" }]]);
  assert.equal(many[0], few[0]);
  assert.deepEqual((await submit(5_001))[1], [{ size0: "s" }], "no form is read without end");
});

// In a script of the page's own: Firefox shows a driver's script the methods that the browser brought along, whatever became of them.
const METHODS = `<script>
  window.native = HTMLFormElement.prototype.submit;
  const isNative = () => HTMLFormElement.prototype.submit === window.native;
  const threw = (act) => { try { return String(act()); } catch (error) { return error.name + ": " + error.message; } };
  const methods = () => ["submit", "requestSubmit"].map((name) => {
    const { value, ...descriptor } = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, name);
    const form = document.querySelector("form");
    return [
      descriptor, typeof value, value.name, value.length, String(value), value.toString(), Object.getOwnPropertyNames(value),
      threw(() => value.call({})), threw(() => form[name]()), threw(() => new value()),
      threw(() => form[name](document.body)), name in form, Object.hasOwn(form, name),
    ];
  });
  let calls = 0;
  const wrap = () => {
    const ours = HTMLFormElement.prototype.submit;
    HTMLFormElement.prototype.submit = function () { calls += 1; return ours.call(this); };
  };
  addEventListener("look", () => document.body.dataset.seen = JSON.stringify({ calls, isNative: isNative(), methods: methods() }));
  addEventListener("wrap", wrap);
  addEventListener("send", () => document.forms[0].submit());
</script>`;

test(`${browser}: forms have the methods they had`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  site.page = page(FORM + METHODS);
  const tell = (event) => visitor.run("dispatchEvent(new Event(given[0]))", event);
  const look = async () => JSON.parse(await visitor.run('dispatchEvent(new Event("look")); return document.body.dataset.seen'));
  await visitor.open(`${site.origin}/`);
  const native = await look();
  await visitor.run(START, {});
  const ours = await look();
  assert.deepEqual(ours.methods, native.methods);
  assert.deepEqual([native.isNative, ours.isNative], [true, false]);
  await visitor.run("tracker.stop()");
  assert.equal((await look()).isNative, true, "and they come back");
  // Whoever wrapped ours meanwhile keeps it, and it is silent.
  await visitor.open(`${site.origin}/`);
  await visitor.run(START, {});
  for (const event of ["wrap", "send"]) await tell(event);
  await visitor.run("tracker.stop()");
  await tell("send");
  assert.equal((await look()).calls, 2);
  assert.deepEqual(await visitor.run("return seen"), ["f"]);
});

test(`${browser}: nothing counts where the site switched forms off, or stopped`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  site.page = page(FORM);
  for (const [settings, before] of [[{ capture: { forms: false } }, ""], [{}, "tracker.stop();"]]) {
    await visitor.open(`${site.origin}/`);
    await visitor.run(START, settings);
    assert.deepEqual(await visitor.run(DO.replace("${act}", () => `${before} form.requestSubmit(); form.submit()`)), [[], []]);
  }
});

test(`${browser}: where forms are not captured, nothing of them is touched`, async (t) => {
  const site = await servePages(t);
  site.page = page(FORM);
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  const methods = await visitor.run(`
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const followed = [];
    const start = (forms) => createTracker({ endpoint: "/", token: () => null, forms: () => void followed.push(forms), capture: { forms } });
    const look = () => ["submit", "requestSubmit"].map((name) => HTMLFormElement.prototype[name]);
    const native = look();
    const same = () => look().every((method, at) => method === native[at]);
    const without = await start(false);
    const seen = [same()];
    without.stop();
    const within = await start(true);
    seen.push(same());
    within.stop();
    return { seen: [...seen, same()], followed };`);
  assert.deepEqual(methods, { seen: [true, false, true], followed: [true] });
});
