// What a visitor downloads, what is asked, sent and kept in each state of the start, and on the way from each to each.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { name } from "./browser.mjs";
import { hasWebAssembly } from "./launch.mjs";
import { ALL, LEFT, MODULE, START, openStart } from "./start-site.mjs";

const rows = [];
after(() => console.log(["| state | requests | bytes |", "| --- | --- | --- |", ...rows].join("\n")));

/** Each state: how a page gets there by what the server rendered, and by calls; and what is seen of it. */
const STATES = {
  waiting: { by: ``, calls: `omneo("consent", "unknown")`, files: [START], asked: 0, kept: [] },
  denied: { by: `data-consent="denied"`, calls: `omneo("consent", "denied")`, files: [START], asked: 0, kept: [] },
  signedOut: { by: `data-consent="granted"`, isOut: true, calls: `omneo("consent", "granted"); omneo("signOut")`, files: [START], asked: 1, kept: ["omneo:session"] },
  signedIn: { by: `data-consent="granted"`, calls: `omneo("login"); omneo("consent", "granted")`, files: ALL, asked: 1, kept: ["omneo:session"] },
};

for (const [state, { by, isOut, files, asked, kept }] of Object.entries(STATES)) {
  test(`${name}: ${state}: what is downloaded, asked and kept`, async (t) => {
    const site = await openStart(t);
    if (isOut) site.token = null;
    await site.open(by);
    if (state === "signedIn") await site.until(async () => site.records.length === 2, "the view and the login");
    assert.deepEqual([site.files, site.asked, await site.kept()], [files, asked, kept]);
    assert.deepEqual(site.records, state === "signedIn" ? ["Logged in", "Viewed page: A page"] : []);
    assert.deepEqual(await site.run("return warned"), []);
    rows.push(`| ${state} | ${site.files.length + site.asked} | ${site.bytes} |`);
  });
}

test(`${name}: what the server has rendered saves the question to the token source, and lets the tracker load beside it`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-consent="granted" data-signed-in="false"`);
  assert.deepEqual([site.files, site.asked, await site.kept()], [[START], 0, ["omneo:session"]]);

  let answer;
  const { "/omneo/token": given } = site.tap.answers;
  site.tap.answers["/omneo/token"] = (request, response) => (answer = () => given(request, response));
  const opened = site.open(`data-consent="granted" data-signed-in="true"`, { path: "/other" });
  // The script knows whether the browser runs WebAssembly, and loads what takes its place once it is opened.
  const beside = hasWebAssembly ? ALL : ALL.filter((file) => file !== MODULE);
  await site.until(async () => answer && site.files.length === beside.length, "the files, while the token source has yet to answer");
  answer();
  await opened;
  await site.until(async () => site.records.length === 2, "the view and the login");
  assert.equal(site.asked, 1);
});

for (const state of ["denied", "signedOut"]) {
  test(`${name}: ${state}: nothing of an earlier page is left, but who is not ours is`, async (t) => {
    const site = await openStart(t);
    await site.open("");
    await site.run(LEFT);
    await site.call(STATES[state].calls);
    assert.deepEqual(await site.kept(), [...STATES[state].kept, "shop:basket"]);
    await site.run(LEFT);
    if (state === "signedOut") site.token = null;
    await site.open(STATES[state].by, { path: "/next" });
    assert.deepEqual(await site.kept(), [...STATES[state].kept, "shop:basket"]);
    if (state === "signedOut") assert.match(await site.run(`return localStorage["omneo:session"]`), /^\d{13} \d{13} \?$/);
  });
}

// From each state to each other on one page, by calls. Whatever comes after the last can be recorded once somebody is signed in who agreed.
for (const from of Object.keys(STATES)) {
  for (const to of Object.keys(STATES).filter((other) => other !== from)) {
    test(`${name}: from ${from} to ${to}`, async (t) => {
      const site = await openStart(t);
      await site.open("");
      await site.call(STATES[from].calls);
      if (from === "signedIn") await site.until(async () => site.records.includes("Viewed page: A page"), "the view");
      const before = site.records.length;
      await site.call(STATES[to].calls);
      await site.call(`omneo("productView", { name: "Dress" })`);
      const isSent = to === "signedIn";
      if (isSent) await site.until(async () => site.records.includes("Viewed product: Dress"), "the product");
      else assert.equal(site.records.length, before, site.records.join());
      const kept = to === "waiting" && from === "signedOut" ? ["omneo:session"] : STATES[to].kept;
      assert.deepEqual(await site.kept(), kept);
      if (!isSent && from !== "signedIn") assert.deepEqual(site.files, [START]);
      const rule = { denied: "consent-denied", signedOut: "signed-out" }[to] ?? (to === "waiting" && from === "signedOut" ? "unknown" : undefined);
      const refused = (await site.told("refused")).filter(({ kind }) => kind === "productView");
      assert.deepEqual(refused.map((one) => one.rule), rule ? [rule] : []);
    });
  }
}

test(`${name}: what was noted is recorded in its order, each once, with its own time, address and title`, async (t) => {
  const site = await openStart(t);
  await site.open("");
  await site.run(`
    const later = () => new Promise((after) => setTimeout(after, 150));
    window.times = [];
    for (const [path, title] of [["/a?utm=1#x", "A"], ["/b", "B"]]) {
      times.push(Date.now());
      history.pushState({}, "", path);
      await later();
      document.title = title;
      await later();
      omneo("productView", { name: "On " + title });
      await later();
    }
    omneo("productView", { name: "Wrong", signal: 2 });
    omneo("pageview");`);
  assert.equal((await site.call("")).kept, 7);
  await site.call(`omneo("consent", "granted")`);
  await site.until(async () => site.records.length === 6, "all of it");
  const records = site.tap.records().sort((one, other) => one.interacted_at.localeCompare(other.interacted_at));
  const views = records.filter(({ name }) => name.startsWith("Viewed"));
  assert.deepEqual(views.map(({ name, url }) => [name.replace("Viewed ", ""), new URL(url).pathname]), [
    ["page: A page", "/page"],
    ["page: A", "/a"],
    ["product: On A", "/a"],
    ["page: B", "/b"],
    ["product: On B", "/b"],
  ]);
  const times = await site.run("return times");
  for (const [at, name] of [[0, "page: A"], [1, "page: B"]]) {
    const time = Date.parse(views.find((view) => view.name === `Viewed ${name}`).interacted_at);
    assert.ok(Math.abs(time - times[at]) < 100, `${name}: ${time} is not ${times[at]}`);
  }
  const mistakes = (await site.told("failed")).map(({ reason }) => reason.split(";")[0]);
  assert.deepEqual(mistakes, ["`signal` is 2", '`call` is "pageview"']);
});

test(`${name}: a form that a script sends is noted by its name, and nothing of what is in it`, async (t) => {
  const site = await openStart(t);
  const form = (attributes, fields) => `<form ${attributes} onsubmit="event.preventDefault()">${fields}<button>Go</button></form>`;
  const body = [
    form(`name="newsletter" aria-label="Newsletter"`, `<input name="email" value="secret@example.com"><input name="name">`),
    form(`id="search" role="search"`, `<input name="q" value="secret">`),
    form(`id="wrong" novalidate`, `<input name="age" required>`),
  ].join("");
  await site.open("", { body });
  await site.run(`for (const button of document.querySelectorAll("button")) button.click();
    document.querySelector("button").click();`);
  await site.until(async () => (await site.call("")).kept === 3, "two notes of the form, and the view");
  await site.call(`omneo("consent", "granted")`);
  await site.until(async () => site.records.length === 3, "the records");
  assert.deepEqual(site.records, ["Logged in", "Submitted form: Newsletter", "Viewed page: A page"]);
  assert.ok(!JSON.stringify(site.tap.seen).includes("secret"));
});

test(`${name}: before an answer nothing is noted where the site wants it so`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-before-consent="drop"`);
  assert.deepEqual(await site.call(`omneo("productView", { name: "Before" })`), { delivered: 0, refused: 1, kept: 0, failed: 0 });
  assert.deepEqual((await site.told("refused")).map(({ kind, rule }) => [kind, rule]), [["productView", "unknown"]]);
  await site.call(`omneo("consent", "granted"); omneo("productView", { name: "After" })`);
  await site.until(async () => site.records.length === 3, "the records");
  assert.deepEqual(site.records, ["Logged in", "Viewed page: A page", "Viewed product: After"]);
});

test(`${name}: at most 500 notes are kept`, async (t) => {
  const site = await openStart(t);
  await site.open("");
  const report = await site.call(`for (let at = 0; at < 600; at += 1) omneo("productView", { name: "P" + at })`);
  assert.deepEqual(report, { delivered: 0, refused: 0, kept: 500, failed: 0 });
});

test(`${name}: a browser that opts out is denied, whatever the site's own consent says`, async (t) => {
  const site = await openStart(t);
  const head = `<script>Object.defineProperty(navigator, "globalPrivacyControl", { value: true });</script>`;
  await site.open(`data-consent="granted"`, { head });
  assert.equal((await site.call(`omneo("consent", "granted"); omneo("pageView")`)).refused, 1);
  assert.deepEqual([site.files, site.asked, await site.kept()], [[START], 0, []]);
  await site.open(`data-consent="granted" data-global-privacy-control="ignore"`, { head, path: "/ignores" });
  await site.until(async () => site.records.length === 2, "the records");
});

test(`${name}: a consent platform is one file more, and is asked whenever something happens`, async (t) => {
  const site = await openStart(t);
  const head = `<script>window.Cookiebot = { hasResponse: false, consent: {} };</script>`;
  await site.open(`data-consent='{"cookiebot":{"category":"marketing"}}'`, { head });
  await site.until(async () => site.files.includes("consent/cookiebot.js"), "the adapter");
  assert.deepEqual([site.files, site.asked], [["consent/cookiebot.js", START], 0]);
  rows.push(`| no answer, with a platform | ${site.files.length} | ${site.bytes} |`);
  await site.run(`Object.assign(Cookiebot, { hasResponse: true, consent: { marketing: true, method: "explicit" } }); omneo("productView", { name: "Dress" })`);
  await site.until(async () => site.records.length === 3, "the records");
  // The tracker goes on with the same adapter.
  await site.run(`Cookiebot.consent.marketing = false; omneo("productView", { name: "Later" })`);
  await site.until(async () => (await site.kept()).length === 0, "an empty storage");
  assert.equal(site.records.length, 3);
});
