// A token source and files that do not answer as they should: the page goes on, the site hears of it, and what was noted waits.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasWebAssembly, name } from "./browser.mjs";
import { MODULE, SCRIPT, START, json, openStart } from "./start-site.mjs";

const html = (response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Sign in</title>");

// What a token source answers that names nobody.
for (const [what, answer] of Object.entries({
  "a 204": (response) => response.writeHead(204).end(),
  "a 403": (response) => response.writeHead(403).end(),
  "a redirect to a login page": (response) => response.writeHead(302, { Location: "/sign-in" }).end(),
  null: (response) => json(response, 200, null),
  "a token that is null": (response) => json(response, 200, { data: { token: null } }),
})) {
  test(`${name}: ${what} from the token source says that nobody is signed in`, async (t) => {
    const site = await openStart(t);
    site.tap.answers["/omneo/token"] = (_, response) => answer(response);
    await site.open(`data-consent="granted"`);
    assert.deepEqual([site.files, site.asked, await site.kept()], [[START], 1, ["omneo:session"]]);
    assert.equal((await site.call(`omneo("pageView")`)).refused, 1);
    assert.ok(!site.tap.seen.some(({ url }) => url === "/sign-in"), "the redirect is not followed");
    assert.deepEqual(await site.run("return warned"), []);
  });
}

// What it answers that is no answer.
for (const [what, answer, reason] of [
  ["a 503", (response) => response.writeHead(503).end(), "No token: 503"],
  ["a page for people", html, "No token: SyntaxError"],
  ["nothing at all", (response) => response.destroy(), "No token: TypeError"],
]) {
  test(`${name}: ${what} from the token source: it is told, and asked again later`, async (t) => {
    const site = await openStart(t);
    const given = site.tap.answers["/omneo/token"];
    site.tap.answers["/omneo/token"] = (_, response) => answer(response);
    await site.open(`data-consent="granted"`);
    assert.deepEqual([(await site.call("")).kept, site.files], [1, [START]]);
    assert.equal((await site.told("failed"))[0].reason, reason);
    // Browsers themselves ask again where a connection broke.
    if (what !== "nothing at all") assert.equal(site.asked, 1, "it is not asked again at once");
    site.tap.answers["/omneo/token"] = given;
    await site.until(async () => site.records.length === 2, "the records");
    assert.deepEqual(await site.run("return warned"), []);
  });
}

test(`${name}: a token source that is slow holds up nothing but what waits for it, and an answer that comes too late counts no more`, async (t) => {
  const site = await openStart(t);
  let answer;
  const given = site.tap.answers["/omneo/token"];
  site.tap.answers["/omneo/token"] = (request, response) => (answer = () => given(request, response));
  await site.open("");
  await site.run(`omneo("consent", "granted"); omneo("pageView", { title: "Held" })`);
  await site.until(async () => answer, "the question");
  assert.deepEqual(site.files, [START]);
  await site.run(`omneo("consent", "denied")`);
  answer();
  assert.deepEqual(await site.call(""), { delivered: 0, refused: 1, kept: 0, failed: 0 });
  assert.deepEqual([site.files, site.records, await site.kept()], [[START], [], []]);
});

const FILES = hasWebAssembly ? [SCRIPT, MODULE] : [SCRIPT];
for (const file of FILES) {
  // Firefox and WebKit ask for a script no second time on the same page.
  const skip = name !== "chromium" && file === SCRIPT;
  test(`${name}: ${file} does not come: one warning, and it is asked for once more`, { skip }, async (t) => {
    const site = await openStart(t);
    const path = `/omneo/${file}`;
    const asked = () => site.tap.seen.filter(({ url }) => url.startsWith(path)).length;
    site.tap.answers[path] = (_, response) => response.writeHead(500).end();
    await site.open(`data-consent="granted"`);
    await site.until(() => site.run("return warned.length > 0"), "a warning");
    const before = asked();
    assert.equal((await site.call(`omneo("pageView", { title: "Later" })`)).kept, 2);
    delete site.tap.answers[path];
    await site.until(async () => site.records.length === 3, "the records");
    assert.ok(asked() > before);
    assert.equal((await site.run("return warned")).length, 1);
  });
}

test(`${name}: a file that never comes is asked for twice, and the page goes on`, async (t) => {
  const site = await openStart(t);
  site.tap.answers["/omneo/omneo-interactions.wasm"] = site.tap.answers["/omneo/fallback.js"] = (_, response) => response.writeHead(404).end();
  await site.open(`data-consent="granted"`);
  const asked = () => site.tap.seen.filter(({ url }) => url === `/omneo/${MODULE}`).length;
  await site.until(async () => asked() === 2, "a second try");
  await site.call("");
  for (const call of [`omneo("consent", "denied")`, `omneo("consent", "granted")`]) await site.call(call);
  assert.equal(asked(), 2);
  assert.equal((await site.run("return warned")).length, 1);
  assert.deepEqual(site.records, []);
});

test(`${name}: files that are slow hold up nothing, and what happens meanwhile is noted`, async (t) => {
  const site = await openStart(t);
  let arrive;
  site.tap.answers[`/omneo/${MODULE}`] = (_, response) =>
    (arrive = () => response.writeHead(200, { "Content-Type": MODULE.endsWith("js") ? "text/javascript" : "application/wasm" }).end(readFileSync(join("dist", MODULE))));
  await site.open("");
  await site.run(`omneo("consent", "granted")`);
  await site.until(async () => arrive, "the question for the module");
  await site.run(`omneo("productView", { name: "Meanwhile" })`);
  arrive();
  await site.until(async () => site.records.length === 3, "the records");
  assert.ok(site.records.includes("Viewed product: Meanwhile"));
});

test(`${name}: a setting that only the tracker knows is one warning once it is here`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-consent="granted" data-channel="radio"`);
  await site.until(() => site.run("return warned.length > 0"), "a warning");
  const [warned] = await site.run("return warned");
  assert.match(warned, /`channel` is "radio"; accepted: /);
});

test(`${name}: loaded at once, a mistake in a call is a warning where it is made`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-load="now"`);
  assert.deepEqual([site.files.length, site.asked, await site.kept()], [3, 0, []]);
  await site.call(`omneo("record", { signal: 7 })`);
  assert.equal((await site.run("return warned")).length, 1);
  await site.call(`omneo("consent", "granted")`);
  await site.until(async () => site.records.length === 2, "the records");
  assert.equal(site.asked, 1);
});
