// How long a page was looked at: by a clock that only this test moves, so that a slow machine changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

// A minute passes whenever the page is hidden, right after the tracker heard of it. Firefox runs a test's script beside the page, with a
// clock of its own.
const TRACKER = `
  let now = Date.now();
  for (const clock of [Date, window.Date]) clock.now = () => now;
  window.pass = (ms) => (now += ms);
  window.hidden = 0;
  window.asked = 0;
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const token = () => ((window.asked += 1), given[0]);
  const capture = { logins: false, productViews: false, durations: true };
  window.tracker = await createTracker({ endpoint: "/", consent: "granted", token, capture, events: "google" });
  addEventListener("visibilitychange", () => document.hidden && ((window.hidden += 1), pass(60_000)));
`;

const DURATIONS = `return Object.entries(localStorage).filter(([key]) => /^omneo:\\d+:/.test(key)).map(([, text]) => /"duration":(\\d+)/.exec(text)?.[1])`;

test(`${name}: a view tells for how long its page was visible, and nothing else counts`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const arrived = async (count) => {
    await visitor.until(async () => (await sandbox.interactions()).length === count, `${count} views`);
    return (await sandbox.interactions()).map(({ url, duration }) => [url.slice(sandbox.origin.length), Number(duration)]);
  };

  await visitor.open(sandbox.url("/"));
  await visitor.run(TRACKER, body.data.token);
  await visitor.until(() => visitor.run("return asked > 0"), "the token to be asked for while the view is held");
  assert.deepEqual(await visitor.run(DURATIONS), [null], "stored, and not sent");
  await visitor.run("pass(7_400)");
  const first = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("tab");
  await visitor.driver.close();
  await visitor.driver.switchTo().window(first);
  await visitor.until(() => visitor.run("return hidden > 0 && !document.hidden"), "the page to be hidden and seen again");
  assert.deepEqual(await visitor.run(DURATIONS), ["7"], "written down as it was hidden");

  // By the next view, by a call, and by leaving.
  await visitor.run(`pass(1_700); history.pushState({}, "", "/b"); document.title = "B"`);
  assert.deepEqual(await arrived(1), [["/", 9]]);
  await visitor.run("pass(3_000); await tracker.flush()");
  assert.deepEqual(await arrived(2), [["/", 9], ["/b", 3]]);
  await visitor.run(`history.pushState({}, "", "/c"); document.title = "C"`);
  await visitor.until(async () => (await visitor.run(DURATIONS)).length === 1, "the view of /c");
  await visitor.run("pass(2_000)");
  await visitor.open(sandbox.url("/?elsewhere"));
  assert.deepEqual(await arrived(3), [["/", 9], ["/b", 3], ["/c", 2]]);
});

test(`${name}: a page that the site emitted ends the stay on the one before`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const arrived = async () => (await sandbox.interactions()).map(({ url, duration }) => [url.slice(sandbox.origin.length), Number(duration)]);
  await visitor.open(sandbox.url("/"));
  await visitor.run(TRACKER, body.data.token);
  await visitor.until(async () => (await visitor.run(DURATIONS)).length === 1, "the page's own view");
  // A step of a checkout, say, that keeps its address.
  const view = (path) => visitor.run("dataLayer.push({ event: 'page_view', page_title: given[0], page_location: location.origin + given[0] })", path);
  await visitor.run("pass(5_000)");
  await view("/step-2");
  await visitor.until(async () => (await arrived()).length === 1, "the view of /");
  assert.deepEqual(await arrived(), [["/", 5]]);
  // The same page again is no other page.
  await visitor.run("pass(1_000)");
  await view("/step-2");
  await visitor.run("pass(2_000); await tracker.flush()");
  assert.deepEqual(await arrived(), [["/", 5], ["/step-2", 3]]);
});
