// A page that is written anew: `document.open()` takes every listener off the document and the window, and ours are put on again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { openStart } from "./start-site.mjs";

const WRITTEN = `<title>B</title><form name="contact" method="post" action="/sent" onsubmit="return false"><button>Go</button></form>
  <button id="help" data-omneo-interaction='{"action":"service","name":"Opened help"}'>Help</button>`;
const POLICY = `data-policy='{"rules":[{"rule":"help","action":["service"],"kind":["record"]}]}'`;
// Where the Navigation API tells of views, it does so whatever is written.
const HISTORY = `<script>Object.defineProperty(window, "navigation", { value: undefined });</script>`;

for (const [what, write] of [
  ["open()", "document.open(); document.write(given[0]); document.close();"],
  ["write()", "document.write(given[0]); document.close();"],
  ["writeln()", "document.writeln(given[0]); document.close();"],
]) {
  test(`${name}: forms, clicks and views are seen on a page that ${what} has begun anew`, async (t) => {
    const site = await openStart(t);
    await site.open(`data-consent="granted" data-signed-in="true" ${POLICY}`, { head: HISTORY });
    await site.until(async () => site.records.length === 2, "the view and the login");
    const after = async (act, wanted) => {
      const before = (await site.told("recorded")).length;
      await site.run(act, WRITTEN);
      const seen = async () => (await site.told("recorded")).slice(before).map(({ record }) => record.name);
      await site.until(async () => (await seen()).length === wanted.length, wanted);
      assert.deepEqual(await seen(), wanted);
    };
    // In the same task: what is written is there at once.
    await after(`${write} document.querySelector("form button").click();`, ["Submitted form: contact"]);
    await after(`document.getElementById("help").click();`, ["Opened help"]);
    await after(`history.pushState({}, "", "/next"); document.title = "Next";`, ["Viewed page: Next"]);
    await after(`history.back();`, ["Viewed page: /page"]);
    // Once more, and each listener is there once.
    await after(`${write} document.getElementById("help").click();`, ["Opened help"]);
  });
}
