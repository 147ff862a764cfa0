// A staff-assisted session lasts in its tab, from page to page, and nowhere else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

// Each page makes a tracker of its own; `views` has of each view the staff, the place and the namespace that were sent.
const PAGE = `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const [token, consent] = given;
  const sent = [];
  const { fetch } = window;
  window.fetch = (url, request) => (request?.method === "POST" && sent.push(JSON.parse(request.body)), fetch(url, request));
  window.tracker = await createTracker({ endpoint: "/", token: () => token, consent, capture: { logins: false } });
  window.views = async () => {
    await tracker.flush();
    return sent.map(({ staff_id, location_id, namespace }) => [staff_id, location_id, namespace].join(" "));
  };
`;
const WITH_MORGAN = "501 7 clienteling";
const ALONE = "  web-engagement";

const kept = (visitor) => visitor.run(`return Object.keys(sessionStorage)`);

async function atTheStore(t) {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const open = async (path, consent = "granted") => {
    await visitor.open(sandbox.url(path));
    await visitor.run(PAGE, body.data.token, consent);
  };
  return { sandbox, visitor, open };
}

test(`${name}: views carry staff and place on the tab's next pages, until it is ended`, async (t) => {
  const { sandbox, visitor, open } = await atTheStore(t);
  await open("/");
  await visitor.run(`tracker.clienteling({ staffId: 501, locationId: 7 }); tracker.productView({ name: "Coat" });`);
  assert.deepEqual(await visitor.run("return views()"), [ALONE, WITH_MORGAN]);
  await open("/?second");
  assert.deepEqual(await visitor.run("return views()"), [WITH_MORGAN], "the very view that the next page begins with");

  const tab = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("tab");
  await open("/?other");
  assert.deepEqual(await visitor.run("return views()"), [ALONE], "another tab");
  await visitor.driver.switchTo().window(tab);

  await visitor.run("tracker.clienteling(null)");
  assert.deepEqual(await kept(visitor), []);
  await open("/?third");
  assert.deepEqual(await visitor.run("return views()"), [ALONE]);
  const namespaces = (await sandbox.interactions()).map(({ namespace, staff_id }) => [namespace, staff_id]);
  const [web, assisted] = [["web-engagement", null], ["clienteling", 501]];
  assert.deepEqual(namespaces, [web, assisted, assisted, web, web]);
});

test(`${name}: clienteling is in no storage without consent, and a later answer still finds it`, async (t) => {
  const { visitor, open } = await atTheStore(t);
  await open("/", "unknown");
  await visitor.run(`tracker.clienteling({ staffId: 501, locationId: 7 }); tracker.productView({ name: "Coat" });`);
  assert.deepEqual(await kept(visitor), []);
  await visitor.run(`tracker.consent("granted")`);
  assert.deepEqual(await kept(visitor), ["omneo:clienteling"]);
  assert.deepEqual(await visitor.run("return views()"), [ALONE, WITH_MORGAN]);

  // As with a consent platform that takes its time on every page.
  await open("/?second", "unknown");
  await visitor.run(`
    Storage.prototype.getItem = () => { throw new Error("storage was read"); };
    tracker.productView({ name: "Scarf" });
  `);
  await open("/?third", "unknown");
  await visitor.run(`tracker.productView({ name: "Hat" }); tracker.consent("granted");`);
  assert.deepEqual(await visitor.run("return views()"), [WITH_MORGAN, WITH_MORGAN]);
  await visitor.run(`tracker.consent("denied")`);
  assert.deepEqual(await kept(visitor), []);
});

test(`${name}: a sign-out in another tab ends clienteling, and so does its time limit`, async (t) => {
  const { visitor, open } = await atTheStore(t);
  await open("/");
  await visitor.run("tracker.clienteling({ staffId: 501, locationId: 7 })");
  await visitor.run("await views()");
  const tab = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("tab");
  await open("/?other");
  await visitor.run("tracker.signOut()");
  await visitor.driver.switchTo().window(tab);
  await visitor.until(async () => (await kept(visitor)).length === 0, "the other tab's sign-out to arrive");

  await open("/?second");
  await visitor.run("tracker.clienteling({ staffId: 501, locationId: 7 })");
  // As if it had been opened so much earlier.
  const age = async (minutes) => {
    await visitor.run(
      `const session = JSON.parse(sessionStorage["omneo:clienteling"]);
       sessionStorage["omneo:clienteling"] = JSON.stringify({ ...session, opened: session.opened - given[0] * 60_000 });`,
      minutes,
    );
    await open(`/?${minutes}`);
    return visitor.run("return views()");
  };
  assert.deepEqual(await age(59), [WITH_MORGAN]);
  assert.deepEqual(await age(1), [ALONE]);
  assert.deepEqual(await kept(visitor), []);
});
