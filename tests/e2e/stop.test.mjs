// What a tracker leaves behind that was stopped: nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWebAssembly, name, openBrowser } from "./browser.mjs";
import { servePages } from "./serve.mjs";

const SETTINGS = `{ endpoint: "/", consent: "granted", token: () => null }`;

async function open(t) {
  const site = await servePages(t);
  site.page = '<!doctype html><link rel="icon" href="data:,"><title>Shop</title>';
  const visitor = await openBrowser(t);
  await visitor.open(`${site.origin}/`);
  return visitor;
}

test(`${name}: a thousand trackers that are stopped leave memory, channels and listeners as the first hundred did`, async (t) => {
  const visitor = await open(t);
  const [first, then] = await visitor.run(`
    const open = new Set();
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name) {
        super(name);
        open.add(this);
      }
      close() {
        super.close();
        open.delete(this);
      }
    };
    const listening = [];
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, heard, options) {
      if (this === window || this === document) listening.push(options?.signal);
      return addEventListener.call(this, type, heard, options);
    };
    let memory;
    const { instantiateStreaming } = globalThis.WebAssembly ?? {};
    if (instantiateStreaming) WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiateStreaming.apply(WebAssembly, given);
      memory = Object.values(made.instance.exports).find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const round = async (count) => {
      for (; count > 0; count -= 1) {
        const tracker = await createTracker(${SETTINGS});
        tracker.pageView({ title: "Dress" });
        tracker.stop();
      }
      while (open.size > 0) await new Promise((later) => setTimeout(later));
      return { bytes: memory?.buffer.byteLength, listeners: listening.filter((signal) => !signal?.aborted).length };
    };
    return [await round(100), await round(900)];`);
  assert.equal(first.bytes > 0, hasWebAssembly);
  assert.deepEqual([then, then.listeners], [first, 0]);
});

test(`${name}: a tracker that was stopped records nothing more, and takes a withdrawal`, async (t) => {
  const visitor = await open(t);
  const seen = await visitor.run(`
    const { createTracker } = await import("/omneo/omneo-interactions.js");
    const tracker = await createTracker({ ...${SETTINGS}, capture: { pageViews: false } });
    const recorded = [];
    tracker.on("recorded", ({ record }) => recorded.push(record.name));
    tracker.pageView({ title: "Before" });
    await tracker.flush();
    tracker.stop();
    tracker.pageView({ title: "After" });
    const report = await tracker.flush();
    localStorage.setItem("omneo:session", "left");
    tracker.consent("denied");
    tracker.signOut();
    tracker.stop();
    const { allowed, rule, record } = tracker.explain({ action: "view" });
    return { recorded, kept: report.kept, verdict: [allowed, rule, record], stored: Object.keys(localStorage) };`);
  assert.deepEqual(seen, {
    recorded: ["Viewed page: Before"],
    kept: 0,
    verdict: [false, "stopped", { action: "view" }],
    stored: [],
  });
});
