// The browser that the tests of a file share: each finds it as if it had just been started.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { name, openBrowser } from "./browser.mjs";

// The same site for every test here, whose page a browser may keep for an hour.
let site;
let served = 0;
before(async () => {
  site = createServer((_, response) => {
    served += 1;
    response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "max-age=3600" }).end("<title>Traces</title>");
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
});
after(() => {
  site.closeAllConnections();
  site.close();
});

const LEAVE = `
  localStorage.left = sessionStorage.left = document.cookie = "left=1; max-age=3600";
  await (await caches.open("left")).put("/left", new Response("left"));
  await new Promise((opened, failed) => Object.assign(indexedDB.open("left"), { onsuccess: opened, onerror: failed }));
  open("about:blank");`;

const FOUND = `
  const databases = await indexedDB.databases();
  return [history.length, matchMedia("(prefers-color-scheme: light)").matches,
    { ...localStorage }, { ...sessionStorage }, document.cookie, await caches.keys(), databases.map(({ name }) => name)];`;

for (const turn of ["first", "second", "third"]) {
  test(`${name}: the ${turn} of three tests leaves its traces, and finds none`, async (t) => {
    const visitor = await openBrowser(t);
    const before = served;
    await visitor.open(`http://127.0.0.1:${site.address().port}/`);
    assert.deepEqual([served > before, (await visitor.driver.getAllWindowHandles()).length], [true, 1]);
    const [length, ...found] = await visitor.run(FOUND);
    assert.deepEqual(found, [true, {}, {}, "", [], []]);
    // Some begin with a blank page.
    assert.ok(length <= 2, `${length} pages`);
    await visitor.run(LEAVE);
    const left = await visitor.run(FOUND);
    assert.notDeepEqual(left.slice(1), found);
  });
}

test(`${name}: whoever opens a second browser in a test sees nothing of the first`, async (t) => {
  const [one, other] = [await openBrowser(t), await openBrowser(t)];
  for (const visitor of [one, other]) await visitor.open(`http://127.0.0.1:${site.address().port}/`);
  await one.run(LEAVE);
  assert.deepEqual((await other.run(FOUND)).slice(2), [{}, {}, "", [], []]);
});
