// What reads the fields of forms is a file of its own: downloaded where the policy keeps fields, and without it none is kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

const PAGE = "<!doctype html><meta charset=utf-8><title>Fern</title>";
const FORM = `<form id=f><label>Größe<input name=f1 value=38></label><label>Kreditkarte<input name=f2 value=4111></label>
  <label>كلمة المرور<input name=f3 value=secret></label><label>전화번호<input name=f4 value=0212345678></label></form>`;
const FIELDS = ["f1", "f2", { name: "f3", personal: true }, "f4"];

// Submits the form, and answers what was kept, what was dropped and why, which warnings the console had, and whether the file was asked for.
const SUBMIT = `
  const [form, rule] = given;
  const warnings = [];
  console.warn = (...told) => warnings.push(told.map(String).join(" "));
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const capture = { pageViews: false, productViews: false, logins: false };
  const settings = { endpoint: "/", token: () => null, policy: { rules: [{ rule: "f", form: ["f"], ...rule }] }, capture };
  const tracker = await createTracker(settings);
  await createTracker(settings).then((second) => second.stop());
  document.body.innerHTML = form;
  document.forms[0].addEventListener("submit", (event) => event.preventDefault());
  const heard = new Promise((resolve) => tracker.on("recorded", resolve));
  document.forms[0].requestSubmit();
  const { record, dropped = [] } = await heard;
  tracker.stop();
  const isAsked = performance.getEntriesByType("resource").some(({ name }) => name.endsWith("kept-fields.js"));
  return { form: record.meta.form, fields: record.meta.fields ?? null, dropped: dropped.map(({ field, reason }) => [field, reason]), warnings, isAsked };`;

test(`${name}: a policy that keeps fields has them told by their words in many languages, another downloads nothing for it`, async (t) => {
  const site = await servePages(t);
  site.page = PAGE;
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  assert.deepEqual(await visitor.run(SUBMIT, FORM, {}), { form: "f", fields: null, dropped: [], warnings: [], isAsked: false });
  await visitor.open(`${site.origin}/`);
  assert.deepEqual(await visitor.run(SUBMIT, FORM, { fields: FIELDS }), {
    form: "f",
    fields: { f1: "38" },
    dropped: [
      ["fields.f2", 'a card or account, by the word "kreditkart": never kept.'],
      ["fields.f3", 'a secret, by the word "كلمة مرور": never kept.'],
      ["fields.f4", 'a way to reach somebody, by the word "전화": kept only with "personal": true.'],
    ],
    warnings: [],
    isAsked: true,
  });
});

test(`${name}: where it cannot be downloaded, no field is kept, the console says so once, and the record is made`, async (t) => {
  const site = await servePages(t);
  site.page = PAGE;
  const visitor = await openBrowser(t);
  site.missing = "kept-fields.js";
  await visitor.open(`${site.origin}/`);
  const told = await visitor.run(SUBMIT, FORM, { fields: FIELDS });
  assert.deepEqual([told.form, told.fields], ["f", null]);
  const unknown = "The words that tell what a field is could not be loaded: not kept.";
  assert.deepEqual(told.dropped, ["f1", "f2", "f3", "f4"].map((field) => [`fields.${field}`, unknown]));
  assert.equal(told.warnings.length, 1, JSON.stringify(told.warnings));
  assert.match(told.warnings[0], /kept-fields\.js could not be loaded, so no field of a form is kept/);
});
