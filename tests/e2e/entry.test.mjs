// The start of the package: a tracker at once, and the rest of it only for who agreed and is signed in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

async function open(t) {
  const sandbox = await startSandbox(t, BLANK);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.run(`
    const { createTracker, OmneoError } = await import("/omneo/entry.js");
    window.make = (settings) => createTracker({ endpoint: "/", token: () => given[0], ...settings });
    window.OmneoError = OmneoError;`, body.data.token);
  const loaded = () =>
    visitor.run(`return performance.getEntriesByType("resource").map(({ name }) => name.split("/omneo/")[1]).filter((name) => name && !/^history/.test(name))`);
  return { sandbox, visitor, loaded };
}

test(`${name}: createTracker returns a tracker at once, and loads the rest when there is something to record`, async (t) => {
  const { sandbox, visitor, loaded } = await open(t);
  const calls = await visitor.run(`
    window.tracker = make({ consent: "unknown" });
    window.failed = [];
    tracker.on("failed", ({ error }) => failed.push([error instanceof OmneoError, error.field]));
    tracker.productView({ name: "Dress" });
    tracker.productView({ signal: 2 });
    return [typeof tracker.then, Object.keys(tracker).length, await tracker.flush()];`);
  assert.deepEqual(calls, ["undefined", 13, { delivered: 0, refused: 0, kept: 3, failed: 0 }]);
  assert.deepEqual(await loaded(), ["entry.js"]);
  await visitor.run(`tracker.consent("granted")`);
  await visitor.until(async () => (await sandbox.interactions()).length === 3, "the view, the login and the product");
  assert.deepEqual(await visitor.run("return failed"), [[true, "signal"]]);
  const thrown = await visitor.run(`try { tracker.productView({ signal: 2 }); } catch (error) { return [error instanceof OmneoError, error.field]; }`);
  assert.deepEqual(thrown, [true, "signal"]);
  assert.equal((await visitor.run("return tracker.flush()")).delivered, 3);
  const mistake = await visitor.run(`return tracker.explain({ signal: 7 }).catch(({ code }) => code)`);
  assert.match(mistake, /^invalid-/, "as before it had loaded, by a promise");
});

test(`${name}: a platform, a function of the site's own and a hint of the server's`, async (t) => {
  const { visitor, loaded } = await open(t);
  assert.deepEqual(await visitor.run(`
    window.answer = "unknown";
    window.own = make({ consent: (changed) => ((window.changed = changed), () => answer), signedIn: false });
    own.pageView();
    const before = await own.flush();
    answer = "denied";
    changed();
    own.pageView();
    return [before, await own.flush()].map(({ refused, kept }) => [refused, kept]);`), [[1, 0], [2, 0]]);
  await visitor.run(`window.Cookiebot = { hasResponse: true, consent: { method: "explicit" } }; make({ consent: "cookiebot" })`);
  await visitor.until(async () => (await loaded()).includes("consent/cookiebot.js"), "the adapter");
  assert.deepEqual((await loaded()).sort(), ["consent/cookiebot.js", "entry.js"]);
});

test(`${name}: loaded now, it is a promise of the tracker, and a wrong setting rejects it`, async (t) => {
  const { visitor } = await open(t);
  const [told, wrong] = await visitor.run(`
    const tracker = await make({ load: "now" });
    const { rule } = tracker.explain({ action: "view", channel: "website", signal: 1, name: "Viewed page: X", namespace: "web-engagement", url: location.href });
    const wrong = await make({ load: "now", chanel: "app" }).catch(({ field }) => field);
    return [rule, wrong];`);
  assert.deepEqual([told, wrong], ["view", "chanel"]);
});
