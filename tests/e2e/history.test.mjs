// Views of a client-side router, where the Navigation API tells of them and where history must be wrapped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { BLANK, startSandbox } from "./sandbox.mjs";

for (const api of ["the Navigation API", "wrapped history"]) {
  test(`${name}: each view of a client-side router once, by ${api}`, { skip: isAbsent(api) }, async (t) => {
    const sandbox = await startSandbox(t, BLANK);
    const visitor = await openBrowser(t);
    await visitor.open(sandbox.url("/"));
    const { names, result, text, restored } = await visitor.run(
      `if (given[0] === "wrapped history") Object.defineProperty(window, "navigation", { value: undefined });
       const { createTracker } = await import("/omneo/omneo-interactions.js");
       const native = { push: history.pushState, text: String(history.pushState) };
       const tracker = await createTracker({ endpoint: "/", token: () => null });
       const names = [];
       tracker.on("recorded", ({ record }) => names.push(record.name));
       // A router changes the address first and the title after it, in the same task.
       const noted = () => new Promise((later) => setTimeout(later));
       const go = async (method, address, title) => {
         const result = history[method]({ title }, "", address);
         document.title = title;
         await noted();
         return result;
       };
       const back = () => new Promise((done) => addEventListener("popstate", ({ state }) => {
         document.title = state?.title ?? "first";
         done();
       }, { once: true }));
       const result = await go("pushState", "/a", "A");
       await go("pushState", "/b", "B");
       await go("pushState", "/b", "B again");
       await go("replaceState", "/b?utm_source=mail", "B with a campaign");
       await go("pushState", "/b#part", "B, further down");
       await go("replaceState", "/c", "C");
       const popped = back();
       history.go(-2);
       await popped;
       await noted();
       const text = String(history.pushState);
       tracker.stop();
       await go("pushState", "/after", "after stop");
       return { names, result: String(result), text: text === native.text, restored: history.pushState === native.push };
     `,
      api,
    );
    const first = "Viewed page: Nothing but what a test puts here";
    assert.deepEqual(names, [first, "Viewed page: A", "Viewed page: B", "Viewed page: C", "Viewed page: B"]);
    assert.deepEqual([result, text, restored], ["undefined", true, true]);
  });
}

function isAbsent(api) {
  return name === "webkit" && api === "the Navigation API" && "WebKitGTK 2.50 has none";
}
