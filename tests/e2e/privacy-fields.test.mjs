// Of a form, only the fields that the policy names, and of those none that is a secret.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

const FORM = `
  <form id="club" aria-label="Join ada@example.com's club">
    <select name="size" aria-label="Size"><option>36</option><option selected>38</option></select>
    <label>Wool <input type="checkbox" name="topic" value="wool" checked></label>
    <label>Linen <input type="checkbox" name="topic" value="linen"></label>
    <input name="colour" value="navy, or write to canary@example.com">
    <input type="password" name="entry" value="canary-password">
    <input name="digits" autocomplete="cc-number" value="4111111111111111">
    <label>Passnummer / Passport <input name="paper" value="canary-passport"></label>
    <input type="email" name="contact" value="canary@example.com">
    <input name="other" value="canary-unnamed">
    <button>Join</button>
  </form>`;

const POLICY = {
  rules: [{ rule: "club", form: ["club"], fields: ["size", "topic", "colour", "entry", "digits", "paper", "contact"] }],
};

test(`${name}: an innocent field is kept, and no secret leaves even where the policy names its field`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const minted = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const { recorded, read } = await visitor.run(
    `const [markup, policy, token] = given;
     document.body.insertAdjacentHTML("beforeend", markup);
     const form = document.getElementById("club");
     form.addEventListener("submit", (event) => event.preventDefault());
     const read = [];
     for (const field of form.querySelectorAll("input, select")) {
       const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
       Object.defineProperty(field, "value", { get() { read.push(field.name); return get.call(field); } });
     }
     const { createTracker } = await import("/omneo/omneo-interactions.js");
     const capture = { pageViews: false, productViews: false, logins: false };
     const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => token, policy, capture });
     const recorded = new Promise((heard) => tracker.on("recorded", heard));
     form.requestSubmit();
     const heard = await recorded;
     await tracker.flush();
     return { recorded: heard, read };`,
    FORM,
    POLICY,
    minted.body.data.token,
  );
  assert.deepEqual(recorded.record.meta.fields, { size: "38", topic: "wool", colour: "navy, or write to (mail)" });
  assert.equal(recorded.record.name, "Submitted form: Join (mail)'s club");
  assert.deepEqual(recorded.dropped.map(({ field }) => field), ["fields.entry", "fields.digits", "fields.paper", "fields.contact"]);
  assert.deepEqual([...new Set(read)], ["size", "topic", "colour"], "the values of the others were never read");
  await visitor.until(async () => (await sandbox.interactions()).length === 1, "the submission");
  const sent = JSON.stringify([await sandbox.interactions(), recorded]);
  assert.ok(!/canary|4111111111111111/.test(sent), sent);
});

test(`${name}: with the default policy no value is read`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const record = await visitor.run(
    `document.body.insertAdjacentHTML("beforeend", given[0]);
     const form = document.getElementById("club");
     form.addEventListener("submit", (event) => event.preventDefault());
     const { createTracker } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({ endpoint: "/", token: () => null, capture: { pageViews: false, productViews: false } });
     const recorded = new Promise((heard) => tracker.on("recorded", ({ record }) => heard(record)));
     form.requestSubmit();
     return recorded;`,
    FORM,
  );
  assert.deepEqual(Object.keys(record.meta).sort(), ["event_id", "form"]);
  assert.ok(!/canary|4111111111111111/.test(JSON.stringify(record)));
});

test(`${name}: a policy that names a secret is refused at the start, with its path`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  for (const field of ["password", "cardNumber", "email", { name: "Passwort", personal: true }]) {
    const mistake = await visitor.run(
      `const { createTracker } = await import("/omneo/omneo-interactions.js");
       const policy = { rules: [{ rule: "club", form: ["club"], fields: ["size", given[0]] }] };
       return createTracker({ endpoint: "/", token: () => null, policy }).then(() => "none", ({ code, field }) => [code, field]);`,
      field,
    );
    assert.deepEqual(mistake, ["invalid-settings", "policy.rules[0].fields[1]"], JSON.stringify(field));
  }
});
