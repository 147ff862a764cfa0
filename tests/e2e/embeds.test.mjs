// Embedded forms, on pages that do what the vendors' documentation says theirs do; and the same from whoever is not the vendor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name as browser, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

const page = (body) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Embedded</title>${body}`;

const START = `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.tracker = await createTracker({ endpoint: "/", token: () => null, ...given[0] });
  window.seen = [];
  window.records = [];
  tracker.on("recorded", ({ kind, record }) => kind === "formSubmission" && (seen.push(record.meta?.form), records.push(record)));
  await new Promise((told) => tracker.on("recorded", told));`;

/**
 * Opens the page, does something on it, and answers which submissions were recorded when all tasks that this began are over, and the
 * tracker has stopped, as where the page is left.
 */
async function look(visitor, site, forms, body, act, ...given) {
  site.page = page(body);
  await visitor.open(`${site.origin}/`);
  await visitor.run(START, { forms });
  await visitor.run(act, ...given);
  const task = "await new Promise((later) => setTimeout(later));";
  return visitor.run(`for (let tasks = 0; tasks < 3; tasks += 1) ${task} tracker.stop(); ${task} return seen;`);
}

// A message as the browser hands it over, whose origin no page can choose; so a test makes it.
const SAY = `for (const [origin, data] of given) dispatchEvent(new MessageEvent("message", { origin: origin || location.origin, data }));`;

const GUID = "d164c3b6-b2b5-4fc9-acdf-b0920ec87420";
const EMAIL = "canary@leak.example";
const OTHERS = ["https://hubspot.com.evil.example", "https://evil.example", "http://forms.hsforms.com", "https://evilhsforms.com", "null"];

test(`${browser}: HubSpot, older and newer`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const say = (eventName, more) => ({ type: "hsFormCallback", eventName, id: GUID, ...more });
  const submitted = say("onFormSubmitted", { data: { redirectUrl: "", submissionValues: { email: EMAIL } } });
  const hear = (...messages) => look(visitor, site, ["hubspot"], "", SAY, ...messages);
  for (const origin of ["", "https://forms.hsforms.com", "https://share-eu1.hsforms.com", "https://app.hubspot.com", "https://js.hsforms.net"]) {
    assert.deepEqual(await hear([origin, say("onFormReady")], [origin, say("onFormSubmit", { data: [{ name: "email", value: EMAIL }] })], [origin, submitted]), [`hubspot:${GUID}`], origin);
  }
  assert.deepEqual(await visitor.run("return records.map(({ name }) => name)"), [`Submitted form: hubspot:${GUID}`]);
  assert.doesNotMatch(await visitor.run("return JSON.stringify(records)"), /leak/);
  assert.deepEqual(await hear(...OTHERS.map((origin) => [origin, submitted])), []);
  assert.deepEqual(await hear(["", null], ["", "hsFormCallback"], ["", { ...submitted, id: undefined }], ["", { ...submitted, type: "other" }]), []);

  const event = `for (const name of given) dispatchEvent(new CustomEvent("hs-form-event:" + name, { detail: { formId: "${GUID}", instanceId: "0" } }));`;
  assert.deepEqual(await look(visitor, site, ["hubspot"], "", event, "on-ready", "on-submission:success"), [`hubspot:${GUID}`]);
  assert.deepEqual(await look(visitor, site, ["hubspot"], "", event, "on-ready", "on-submission:failed"), []);

  // The older embed's form lies in the page, and its script sends it.
  const form = `<form id="hsForm_${GUID}" class="hs-form stacked"><input name="email" value="${EMAIL}"><button>Send</button></form>`;
  const send = `
    document.forms[0].onsubmit = (event) => {
      event.preventDefault();
      postMessage(given[0], "*");
      dispatchEvent(new CustomEvent("hs-form-event:on-submission:success", { detail: { formId: "${GUID}" } }));
    };
    document.querySelector("button").click();
    await new Promise((heard) => addEventListener("message", heard));`;
  assert.deepEqual(await look(visitor, site, ["hubspot"], form, send, submitted), [`hubspot:${GUID}`], "once, by whichever way");
  assert.deepEqual(await look(visitor, site, [], form, send, submitted), ["(token)"], "without the adapter, as any form");
});

test(`${browser}: Typeform`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const say = (type) => ({ type, embedId: "9160219514785578", formId: "moe6aa", responseId: "tivt73i2ov64sx4gtivt73jiegcmzj54" });
  const hear = (...messages) => look(visitor, site, ["typeform"], "", SAY, ...messages);
  for (const origin of ["https://form.typeform.com", "https://brand.typeform.com"]) {
    const walk = ["form-ready", "form-started", "form-screen-changed", "form-submit", "form-close"].map((type) => [origin, say(type)]);
    assert.deepEqual(await hear(...walk), ["typeform:moe6aa"], origin);
  }
  assert.doesNotMatch(await visitor.run("return JSON.stringify(records)"), /tivt73/);
  const others = ["", "https://typeform.com.evil.example", "http://form.typeform.com", "https://eviltypeform.com", "null"];
  assert.deepEqual(await hear(...others.map((origin) => [origin, say("form-submit")])), []);
  assert.deepEqual(await hear(["https://form.typeform.com", null], ["https://form.typeform.com", { type: "form-submit" }]), []);
});

test(`${browser}: Klaviyo`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const say = `for (const type of given) {
    const metaData = { $email: "${EMAIL}" };
    dispatchEvent(new CustomEvent("klaviyoForms", { detail: { type, formId: "Y6nRLr", companyId: "abc123", formVersionId: 1, metaData } }));
  }`;
  assert.deepEqual(await look(visitor, site, ["klaviyo"], "", say, "open", "stepSubmit", "submit", "stepSubmit", "redirectedToUrl", "close"), ["klaviyo:Y6nRLr"]);
  assert.doesNotMatch(await visitor.run("return JSON.stringify(records)"), /leak/);
  assert.deepEqual(await look(visitor, site, ["klaviyo"], "", say, "open", "close"), []);
  assert.deepEqual(await look(visitor, site, ["klaviyo"], "", 'dispatchEvent(new Event("klaviyoForms"))'), []);
  const form = '<div class="klaviyo-form-Y6nRLr"><form class="klaviyo-form"><button>Send</button></form></div>';
  const press = `document.forms[0].onsubmit = () => false; document.querySelector("button").click();`;
  assert.deepEqual(await look(visitor, site, ["klaviyo"], form, press), [], "not before Klaviyo says so");
});

test(`${browser}: Mailchimp's embedded form, with its script and without`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const action = "https://brand.us1.list-manage.com/subscribe/post?u=0123456789abcdef&amp;id=0fb1e2d3c4&amp;f_id=00";
  const form = (address) => `<div id="mc_embed_signup"><form action="${address}" method="post" id="mc-embedded-subscribe-form"
    name="mc-embedded-subscribe-form" class="validate" target="sink"><input type="email" name="EMAIL" id="mce-EMAIL" value="${EMAIL}">
    <div id="mce-responses" class="clear"><div class="response" id="mce-error-response" style="display:none"></div>
    <div class="response" id="mce-success-response" style="display:none"></div></div>
    <button name="subscribe" id="mc-embedded-subscribe">Subscribe</button></form></div>`;
  // What mc-validate.js does with its list's answer.
  const answer = `
    const [result, msg] = given;
    document.forms[0].onsubmit = (event) => event.preventDefault();
    document.querySelector("button").click();
    await new Promise((later) => setTimeout(later));
    const before = seen.length;
    const response = document.getElementById("mce-" + result + "-response");
    response.style.display = "block";
    response.innerHTML = msg;
    document.forms[0].reset();
    return before;`;
  assert.deepEqual(await look(visitor, site, ["mailchimp"], form(action), answer, "success", "Thank you for subscribing!"), ["mailchimp:0fb1e2d3c4"]);
  assert.doesNotMatch(await visitor.run("return JSON.stringify(records)"), /leak/);
  assert.deepEqual(await look(visitor, site, ["mailchimp"], form(action), answer, "error", "Please enter a value"), []);
  const press = `document.querySelector("button").click();`;
  const frame = '<iframe name="sink" sandbox></iframe>';
  assert.deepEqual(await look(visitor, site, ["mailchimp"], frame + form(action), press), ["mailchimp:0fb1e2d3c4"]);
  // Another's form by the same name is a form like any.
  const other = form("https://evil.example/subscribe/post?id=x");
  assert.deepEqual(await look(visitor, site, ["mailchimp"], frame + other, press), ["mc-embedded-subscribe-form"]);
});

test(`${browser}: a frame of another origin says what it likes`, async (t) => {
  const site = await servePages(t);
  const other = await servePages(t);
  const messages = [
    { type: "hsFormCallback", eventName: "onFormSubmitted", id: GUID },
    { type: "form-submit", formId: "moe6aa" },
    "the end",
  ];
  other.page = `<script>for (const message of ${JSON.stringify(messages)}) parent.postMessage(message, "*")</script>`;
  const visitor = await openBrowser(t);
  const frame = `
    const heard = new Promise((heard) => addEventListener("message", ({ data }) => data === "the end" && heard()));
    document.body.append(Object.assign(document.createElement("iframe"), { src: given[0] }));
    await heard;`;
  assert.deepEqual(await look(visitor, site, ["hubspot", "typeform"], "", frame, other.origin.replace("127.0.0.1", "localhost")), []);
});

test(`${browser}: an adapter of the site's own; one that throws; one that is not known`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  site.page = page('<form id="own"><button>Send</button></form>');
  await visitor.open(`${site.origin}/`);
  const seen = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const own = (submitted, signal) => (addEventListener("own", () => submitted("own:1", "Feedback"), { signal }), "#own");
     const broken = () => { throw new Error("broken"); };
     const tracker = await createTracker({ endpoint: "/", token: () => null, forms: [broken, own] });
     const seen = [];
     tracker.on("recorded", ({ kind, record }) => seen.push(kind === "formSubmission" ? record.name : kind));
     tracker.on("failed", ({ reason, error }) => seen.push(reason + " " + error.message));
     while (seen.length < 2) await new Promise((later) => setTimeout(later));
     document.forms[0].onsubmit = () => false;
     document.querySelector("button").click();
     dispatchEvent(new Event("own"));
     tracker.stop();
     dispatchEvent(new Event("own"));
     await new Promise((later) => setTimeout(later));
     return seen;`,
  );
  assert.deepEqual(seen, ["An adapter of `forms` threw. broken", "pageView", "Submitted form: Feedback"]);
  const start = `
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    return createTracker({ endpoint: "/", token: () => null, forms: given[0] }).catch(({ message }) => message);`;
  const accepted = "accepted: hubspot, klaviyo, mailchimp, typeform, a function, or several of these";
  for (const [forms, shown] of [[["marketo"], '["marketo"]'], ["marketo", '"marketo"'], [[1], "[1]"], [{ marketo: {} }, "[object Object]"], [["toString"], '["toString"]']]) {
    assert.equal(await visitor.run(start, forms), `\`forms\` is ${shown}; ${accepted}`);
  }
});
