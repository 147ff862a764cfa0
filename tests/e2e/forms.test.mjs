// Forty forms as they are on the web, every field filled with a canary, submitted: none of it may turn up anywhere.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { found } from "./canary.mjs";
import { ADA, startSandbox } from "./sandbox.mjs";
import { startTap } from "./tap.mjs";

const FOLDER = "tests/e2e/forms";
const PAGES = readdirSync(FOLDER).filter((file) => file.endsWith(".html") && !["thanks.html", "search-get.html"].includes(file));

// One policy beside the default one: an innocent field, and the fields that people would most regret. Those of the second
// list are refused by name at the start, so here they have names that say nothing.
const POLICY = { rules: [{ rule: "kept", kind: ["formSubmission"], fields: ["interest", "field_1", "field_2", "d1", "exp", "elements"] }] };

// Fills every field of the page, submits its form as a person would, and tells what the trackers and storage heard of it.
const FILL = `
  const [token, policy, mark] = given;
  const told = (what) =>
    fetch("/told", { method: "POST", body: JSON.stringify(what), keepalive: true, referrerPolicy: "no-referrer" }).catch(() => {});
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    told(["storage", key, value]);
    return setItem.call(this, key, value);
  };
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.trackers = [];
  for (const own of [undefined, policy]) {
    const settings = { endpoint: "/", consent: "granted", token: () => token, capture: { logins: false }, batch: { records: 1 } };
    const tracker = await createTracker({ ...settings, policy: own });
    for (const event of ["recorded", "refused", "delivered", "failed"]) tracker.on(event, (detail) => told([event, detail]));
    trackers.push(tracker);
  }

  const canaries = [];
  const plant = (canary) => (canaries.push(canary), canary);
  const number = () => String(mark * 100_000 + 97 * (canaries.length + 1));
  const VALUES = {
    email: () => "canary." + number() + "@leak.example",
    tel: () => "+61 491 " + number().slice(0, 3) + " " + number().slice(3),
    url: () => "https://canary" + number() + ".example/",
    number: number,
    range: number,
    date: () => "19" + (60 + (canaries.length % 30)) + "-03-14",
    password: () => "Canary-" + number() + "!",
    textarea: () => "Dear canary " + number() + ", please call me.",
  };
  for (const field of document.querySelectorAll("input, select, textarea")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = true;
    else if (field.name === "interest") field.value ||= "linen";
    // Too short to be told from any other time.
    else if (field.type === "time") field.value = "03:14";
    else if (field.type === "file") {
      const files = new DataTransfer();
      files.items.add(new File([plant("canary" + number())], plant("canary" + number() + ".pdf")));
      field.files = files.files;
    } else if (field.localName === "select") {
      const canary = plant("canary" + number());
      field.add(new Option(canary, canary, true, true));
    } else if (field.autocomplete.includes("cc-number")) field.value = plant("4111 1111 1111 1111");
    else field.value = plant((VALUES[field.type] ?? (() => "Canary" + number() + "é"))());
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const text of document.querySelectorAll("[contenteditable]")) text.textContent = plant("Canary " + number());
  for (const host of document.querySelectorAll("shop-field")) {
    const inner = document.createElement("input");
    inner.value = plant("Canary" + number());
    host.attachShadow({ mode: "open" }).append(inner);
  }

  // A site that handles the form itself likes to put the address into its own.
  const form = document.querySelector("form");
  if ("handled" in form.dataset) form.addEventListener("submit", (event) => {
    event.preventDefault();
    const mail = "canary." + number() + "@leak.example";
    document.title = "Thank you, " + plant(mail);
    history.pushState(null, "", "/thanks/" + encodeURIComponent(mail) + "?email=" + mail + "&next=%2Fa#" + mail);
  });
  Promise.resolve().then(() => setTimeout(() => document.querySelector("button").click(), 0));
  return canaries;
`;

test(`${name}: ${PAGES.length} forms full of canaries, with the default policy and with one that keeps fields`, async (t) => {
  assert.ok(PAGES.length >= 40);
  const sandbox = await startSandbox(t, { www: FOLDER });
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  for (const [at, file] of PAGES.entries()) {
    await t.test(file, async (t) => {
      const tap = await startTap(t, sandbox);
      await visitor.open(`${tap.origin}/${file}`);
      const innocent = await visitor.run(`return document.querySelector("[name=interest]") !== null`);
      const planted = await visitor.run(FILL, body.data.token, POLICY, 7103 + at);
      assert.ok(planted.length > 0, "something was filled in");
      const submissions = () => tap.records().filter(({ action }) => action === "disclose");
      await visitor.until(async () => submissions().length === 2, "both trackers to tell of the submission");
      // The page may be on its way to the next just now, where nothing can be read.
      const read = () => visitor.run(`return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])`);
      const kept = await visitor.until(read, "the storage to be read");
      // All but the site's own traffic: what the trackers sent, and what the page heard from them.
      const ours = tap.seen.filter(({ url }) => /interactions|told/.test(url));
      const everything = [kept, ...ours.flatMap(({ url, headers, body }) => [url, JSON.stringify(headers), body])];
      assert.deepEqual(found([...planted, "leak.example"], everything.join("\n")), [], "in a request, an event or storage");
      const fields = submissions().map(({ meta }) => meta.fields).filter(Boolean);
      assert.deepEqual(fields.map(Object.keys), innocent ? [["interest"]] : [], "the innocent field, once");
    });
  }
});

test("a canary is found in every disguise", () => {
  const canary = "Canary 7103@leak.example";
  const encoded = Buffer.from(`x${canary}y`).toString("base64");
  const hidden = [canary, canary.toUpperCase(), encodeURIComponent(canary), encoded, encodeURIComponent(encoded)];
  for (const text of hidden) assert.deepEqual(found([canary], `{"a":"${text}"}`), [canary], text);
  assert.deepEqual(found([canary], '{"a":"(mail)"}'), []);
});
