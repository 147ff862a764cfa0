// How customers delete their own with `<omneo-privacy>`, whatever comes between.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { ELEMENT, TAG, VIEW, many, open, page, put, signInAs, violations } from "./panel.mjs";
import { ADA } from "./sandbox.mjs";

const GRACE = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";
const RELAYED = `<omneo-privacy endpoint="/" token-url="/omneo/token" route="relay"></omneo-privacy>`;

const kept = (visitor) => visitor.run('return sessionStorage.getItem("omneo-privacy")');

test(`${name}: all records are deleted, through a pause, a withdrawal and a reload, and what waits in the browser too`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { records: many(30), html: page(ELEMENT, TAG) });
  await visitor.ready();
  await panel.is("ready");
  // What the page records meanwhile cannot leave, and waits.
  await sandbox.faults({ route: "records", status: 503 });
  await visitor.run(`omneo("productView", { name: "Waiting" })`);
  await visitor.until(() => visitor.run(`return Object.keys(localStorage).some((key) => /^omneo:\\d+:/.test(key))`), "what waits");
  await sandbox.faults({ route: "records", status: 503 }, { route: "deletes", status: 429, retry_after: "1", times: 2 }, { route: "deletes", latency_ms: 150 });

  await panel.press("Delete all");
  assert.deepEqual(await violations(visitor), []);
  await panel.press("Delete all");
  await panel.says("There are too many requests just now.");
  await panel.is("deleting");
  await visitor.until(async () => (await sandbox.interactions()).length < 28, "some to be deleted");
  await sandbox.faults({ route: "records", status: 503 }, { route: "deletes", hang: true });
  await visitor.run(`omneo("consent", "denied")`);
  assert.deepEqual(await violations(visitor), []);

  const { customer, n } = JSON.parse(await kept(visitor));
  assert.equal(customer, ADA);
  assert.ok(n > 0 && n < 32, `${n}`);
  await visitor.open(sandbox.url("/"));
  await panel.is("deleting");
  assert.ok((await sandbox.interactions()).length > 0);
  await sandbox.faults({ route: "records", status: 503 });
  // What hangs would be waited for.
  await visitor.open(sandbox.url("/"));
  await panel.says("All your records are deleted: ");
  assert.deepEqual(await sandbox.interactions(), []);
  assert.equal(await kept(visitor), null);
  assert.deepEqual(await visitor.run(`return Object.keys(localStorage).filter((key) => /^omneo:\\d+:/.test(key))`), []);
});

test(`${name}: a deletion that fails says so, and goes on where it was`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { records: many(12) });
  await panel.is("ready");
  await sandbox.faults({ route: "deletes", status: 403 });
  await panel.press("Delete");
  await panel.press("Delete");
  await panel.says("The record could not be deleted (403).");
  assert.equal((await panel.sentences()).length, 12);

  await panel.press("Delete all");
  await panel.press("Delete all");
  await panel.is("notAllDeleted");
  assert.deepEqual(await violations(visitor), []);
  assert.equal((await sandbox.interactions()).length, 12);
  await sandbox.faults();
  await panel.press("Try again");
  await panel.says("All your records are deleted: 12.");
});

test(`${name}: of what waits in the browser one can be deleted alone, and the others arrive`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { html: page(ELEMENT, TAG) });
  await visitor.ready();
  await panel.isRead();
  await sandbox.faults({ route: "records", status: 429, retry_after: "1" });
  await visitor.run(`for (const name of ["First", "Second", "Third"]) omneo("productView", { name })`);
  await visitor.until(() => visitor.run(`return Object.keys(localStorage).filter((key) => /^omneo:\\d+:/.test(key)).length`), "what waits");
  await panel.run("element.refresh()");
  await visitor.until(async () => (await panel.sentences()).some((one) => one.startsWith("You looked at Second waits in this browser")), "what waits");
  await panel.search("second");
  await panel.press("Delete");
  await panel.press("Delete");
  await panel.says("Deleted: You looked at Second");
  await sandbox.faults();
  await visitor.open(sandbox.url("/"));
  await visitor.until(async () => (await sandbox.interactions()).some(({ name }) => name === "Viewed product: Third"), "the others");
  const names = (await sandbox.interactions()).map(({ name }) => name);
  assert.ok(names.includes("Viewed product: First"));
  assert.ok(!names.includes("Viewed product: Second"), `${names}`);
});

test(`${name}: when another customer signs in, nothing of the first stays`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { records: many(40) });
  await put(sandbox, GRACE, [{ name: "Viewed product: For Grace" }]);
  await panel.is("ready");
  await panel.search("Number");
  await sandbox.faults({ route: "deletes", profile: ADA, latency_ms: 300 });
  await panel.press("Delete all");
  await panel.press("Delete all");
  await panel.is("deleting");

  const first = await visitor.driver.getWindowHandle();
  await visitor.another();
  await visitor.open(sandbox.url("/404.html"));
  await signInAs(visitor, "grace");
  await visitor.driver.switchTo().window(first);
  // What a browser without a person in front does not do by itself.
  await visitor.run(`dispatchEvent(new Event("focus"))`);
  await visitor.until(async () => (await panel.sentences()).join() === "You looked at For Grace", "the records of Grace");
  assert.equal(await panel.run("return root.textContent.includes('Number')"), false);
  assert.equal(await panel.run("return part('search').value"), "");
  assert.equal(await kept(visitor), null);
  assert.equal((await sandbox.interactions(GRACE)).length, 1, "the deletion of Ada's is not gone on with");

  await visitor.run(`await fetch("/shop/logout", { method: "POST" }); dispatchEvent(new Event("focus"))`);
  await panel.is("signedOut");
  assert.equal(await panel.run("return root.textContent.includes('Grace')"), false);
});

test(`${name}: what waits in the relay is shown and deleted`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { html: page(RELAYED), records: many(3), relay: true });
  await panel.is("ready");
  // The relay then keeps what it has, and goes on asking for the rest.
  await sandbox.faults({ route: "records", status: 401 });
  const taken = await visitor.run(
    `const { token } = await (await fetch("/omneo/token")).json();
     const records = ["One", "Two"].map((one) => ({ ...given[0], kind: "productView", name: "Viewed product: " + one, meta: { event_id: crypto.randomUUID() } }));
     const headers = { Authorization: "Bearer " + token, "Content-Type": "application/json" };
     const answer = await fetch("/relay/v1/profiles/me/interactions", { method: "POST", headers, body: JSON.stringify(records) });
     return (await answer.json()).map(({ status }) => status)`,
    VIEW,
  );
  assert.deepEqual(taken, [202, 202]);
  await panel.run("element.refresh()");
  await visitor.until(async () => (await panel.sentences()).includes("You looked at Two on its way"), "what waits");
  assert.equal((await panel.sentences()).length, 5);
  await panel.search("Two");
  await panel.press("Delete");
  await panel.press("Delete");
  await panel.says("Deleted: You looked at Two");
  await panel.press("Delete all");
  await panel.press("Delete all");
  await panel.says("All your records are deleted: 4.");
  await sandbox.faults();
  assert.deepEqual(await sandbox.interactions(), []);
});
