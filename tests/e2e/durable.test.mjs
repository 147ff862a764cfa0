// What a page could not deliver, another one does: real storage, real tabs, a receiver that is really gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { CLOCK, pass } from "./clock.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";

const TRACKER = `
  ${CLOCK}
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const tracker = await createTracker({
    endpoint: given[0], consent: "granted", token: () => given[1],
    capture: { pageViews: false, logins: false }, batch: { seconds: 300 },
  });
  window.tracker = tracker;
  const failed = [];
  tracker.on("failed", ({ rule }) => failed.push(rule));
`;

// The records of a task are kept together.
const KEPT = `Object.entries(localStorage).filter(([key]) => /^omneo:\\d+:/.test(key)).flatMap(([, text]) => JSON.parse(text))`;

// The token has come: what was recorded has its owner, and another page may deliver it.
const OWNED = `await new Promise((owned) => {
  const look = () => (${KEPT}.some(({ profile }) => profile) ? owned() : setTimeout(look));
  look();
});`;

const records = (visitor) => visitor.run(`return ${KEPT}.length`);

async function signedIn(sandbox) {
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  return body.data.token;
}

async function arrived(sandbox) {
  const interactions = await sandbox.interactions();
  return interactions.map(({ name }) => name).sort();
}

test(`${name}: a record is stored in the task it was made in, and gone once it is confirmed`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const [before, after, later] = await visitor.run(
    `${TRACKER}
     const kept = () => ${KEPT}.length;
     const before = kept();
     tracker.productView({ name: "A" });
     // The rest of this task, and nothing else.
     await undefined;
     const after = kept();
     await tracker.flush();
     return [before, after, kept()];`,
    sandbox.origin,
    await signedIn(sandbox),
  );
  assert.deepEqual([before, after, later], [0, 1, 0]);
});

test(`${name}: what happens in a task is stored at once, and before a script in the same task hides the page`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const [written, hidden] = await visitor.run(
    `${TRACKER}
     await tracker.flush();
     const { setItem } = Storage.prototype;
     const written = [];
     Storage.prototype.setItem = function (key, text) {
       if (/^omneo:\\d+:/.test(key)) written.push(JSON.parse(text).length ?? 1);
       setItem.call(this, key, text);
     };
     for (const name of "ABC") tracker.productView({ name });
     await undefined;
     tracker.productView({ name: "D" });
     dispatchEvent(new PageTransitionEvent("pagehide"));
     return [written, ${KEPT}.map(({ record }) => record.name.slice(-1)).sort().join("")];`,
    "http://127.0.0.1:9",
    await signedIn(sandbox),
  );
  assert.equal(written[0], 3, "one write for three");
  assert.equal(hidden, "ABCD");
});

test(`${name}: what is declined within the task it was made in is never stored`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const kept = await visitor.run(
    `${TRACKER}
     tracker.productView({ name: "A" });
     tracker.consent("denied");
     const kept = [Object.keys(localStorage)];
     await undefined;
     return [...kept, Object.keys(localStorage)];`,
    sandbox.origin,
    await signedIn(sandbox),
  );
  assert.deepEqual(kept, [[], []]);
});

test(`${name}: whoever calls does not wait for a request to begin, and a page that goes begins it at once`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const order = await visitor.run(
    `const order = [];
     const view = (name) => (tracker.productView({ name }), order.push("returned"));
     addEventListener("pagehide", () => view("C"));
     ${TRACKER.replace("seconds: 300", "seconds: 0")}
     addEventListener("pagehide", () => sessionStorage.setItem("order", order));
     tracker.productView({ name: "A" });
     await tracker.flush();
     const { fetch } = window;
     window.fetch = (...given) => (order.push("request"), fetch(...given));
     view("B");
     await tracker.flush();
     return order;`,
    sandbox.origin,
    await signedIn(sandbox),
  );
  assert.deepEqual(order, ["returned", "request"]);
  await visitor.open(sandbox.url("/?next"));
  assert.equal(await visitor.run(`return sessionStorage.getItem("order")`), "returned,request,returned,request");
  await visitor.until(async () => (await arrived(sandbox)).length === 3, "the page that left to deliver");
});

test(`${name}: what a page could not deliver, the next one does, once`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const token = await signedIn(sandbox);
  await visitor.open(sandbox.url("/"));
  // Nobody listens there.
  await visitor.run(`${TRACKER} for (const name of ["A", "B", "C"]) tracker.productView({ name }); ${OWNED}`, "http://127.0.0.1:9", token);
  await visitor.open(sandbox.url("/?next"));
  assert.equal(await records(visitor), 3);
  await pass(visitor);
  await visitor.run(TRACKER, sandbox.origin, token);
  await visitor.until(async () => (await records(visitor)) === 0, "the next page to deliver");
  assert.deepEqual(await arrived(sandbox), ["Viewed product: A", "Viewed product: B", "Viewed product: C"]);
});

test(`${name}: a page that left with a request under way, and a record that arrived, make no second copy`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const token = await signedIn(sandbox);
  await visitor.open(sandbox.url("/"));
  await visitor.run(`${TRACKER} tracker.productView({ name: "A" }); ${OWNED}`, sandbox.origin, token);
  await visitor.open(sandbox.url("/?next"));
  await visitor.until(async () => (await arrived(sandbox)).length === 1, "the page that left to deliver");
  await pass(visitor);
  await visitor.run(TRACKER, sandbox.origin, token);
  await visitor.until(async () => (await records(visitor)) === 0, "the next page to find it delivered");
  const posts = (await sandbox.requests()).filter(({ method, path }) => method === "POST" && path.endsWith("/interactions"));
  assert.equal(posts.length, 1, "looked up, not sent again");
});

test(`${name}: of two living pages each delivers its own, and takes over what a closed one leaves`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const token = await signedIn(sandbox);
  await visitor.open(sandbox.url("/"));
  await visitor.run(`${TRACKER} tracker.productView({ name: "first" }); ${OWNED}`, "http://127.0.0.1:9", token);
  const first = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().newWindow("tab");
  await visitor.open(sandbox.url("/?second"));
  await visitor.run(`${TRACKER} tracker.productView({ name: "second" }); await tracker.flush();`, sandbox.origin, token);
  assert.deepEqual([await records(visitor), await arrived(sandbox)], [1, ["Viewed product: second"]], "the first one lives");
  const second = await visitor.driver.getWindowHandle();
  await visitor.driver.switchTo().window(first);
  await visitor.driver.close();
  await visitor.driver.switchTo().window(second);
  const told = `return Object.entries(localStorage).some(([key, text]) => /^omneo:\\d+:/.test(key) && JSON.parse(text).until > 0)`;
  await visitor.until(() => visitor.run(told), "what the first page sent as it went to be stored as that");
  await pass(visitor);
  await visitor.until(async () => {
    await visitor.run(`dispatchEvent(new Event("focus")); await tracker.flush();`);
    return (await records(visitor)) === 0;
  }, "the second page to take over");
  assert.deepEqual(await arrived(sandbox), ["Viewed product: first", "Viewed product: second"]);
});

test(`${name}: a withdrawal empties memory and storage of every page of the site`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const token = await signedIn(sandbox);
  await visitor.open(sandbox.url("/"));
  await visitor.run(`${TRACKER} tracker.productView({ name: "A" });`, sandbox.origin, token);
  const first = await visitor.driver.getWindowHandle();
  // No pause and no leave may send it: only storage and memory could.
  await visitor.driver.switchTo().newWindow("window");
  await visitor.open(sandbox.url("/?second"));
  await visitor.run(`${TRACKER} tracker.consent("denied");`, sandbox.origin, token);
  assert.equal(await records(visitor), 0);
  await visitor.driver.switchTo().window(first);
  await visitor.until(
    () => visitor.run(`tracker.productView({ name: "B" }); return (await tracker.flush()).refused > 0`),
    "the first page to hear of it",
  );
  assert.equal((await visitor.stored()).local.length, 0);
});

test(`${name}: where storage is full or blocked it says so once and delivers from memory`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const [failed, report] = await visitor.run(
    `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
     ${TRACKER}
     tracker.productView({ name: "A" });
     tracker.productView({ name: "B" });
     return [failed, await tracker.flush()];`,
    sandbox.origin,
    await signedIn(sandbox),
  );
  // The first failure, of reading the session, comes before anybody can listen.
  assert.ok(failed.length <= 1);
  assert.deepEqual(report, { delivered: 2, refused: 0, kept: 0, failed: 0 });
});

const FAULTY = `
  ${CLOCK}
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const tracker = await createTracker({
    endpoint: "/", consent: "granted", token: () => given[0], route: given[1],
    capture: { pageViews: false, logins: false }, batch: { records: 3 },
  });
  window.tracker = tracker;
`;

for (const [what, rule] of [
  ["an answer lost after the write", { drop: "after", times: 1 }],
  ["an error answered after the write", { status: 500, after: true, times: 1 }],
  ["a connection dropped before the write", { drop: "before", times: 1 }],
  ["too many requests", { status: 429, retry_after: "1", times: 2 }],
]) {
  for (const route of ["me", "relay"]) {
    test(`${name}: ${what} costs no record and makes no second copy, on the route ${route}`, async (t) => {
      const sandbox = await startSandbox(t, { ...BLANK, relay: route === "relay" });
      const visitor = await openBrowser(t);
      const token = await signedIn(sandbox);
      await sandbox.call("POST", "/_sandbox/faults", { rules: [{ route: "any", ...rule }] });
      await visitor.open(sandbox.url("/"));
      await visitor.run(
        `${FAULTY} for (const name of "ABCDE") tracker.productView({ name, description: "x".repeat(300) });`,
        token,
        route,
      );
      await visitor.until(async () => {
        // What was cut off, or failed, is looked for when it can be under way no longer.
        await pass(visitor);
        return visitor.run("return (await tracker.flush()).delivered === 5");
      }, "all five to be delivered");
      // A relay has what it answered, and hands it on.
      await visitor.until(async () => (await arrived(sandbox)).length >= 5, "all five to be on the profile");
      assert.deepEqual(await arrived(sandbox), ["A", "B", "C", "D", "E"].map((letter) => `Viewed product: ${letter}`));
      const { body } = await sandbox.call("GET", "/_sandbox/ledger");
      // A browser may itself send again what it wrote to a connection that turned out to be closed.
      if (route === "me" && rule.status) assert.equal(body.meta.duplicate, 0, "looked up, not sent again");
    });
  }
}

test(`${name}: a relay's batch goes compressed`, async (t) => {
  const sandbox = await startSandbox(t, { ...BLANK, relay: true });
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const encodings = await visitor.run(
    `const encodings = [];
     const native = fetch;
     window.fetch = (url, options) => {
       if (options?.method === "POST") encodings.push(new Headers(options.headers).get("Content-Encoding") ?? "plain");
       return native(url, options);
     };
     ${FAULTY}
     tracker.productView({ name: "A", description: "x".repeat(900) });
     await tracker.flush();
     tracker.productView({ name: "B" });
     await tracker.flush();
     return encodings;`,
    await signedIn(sandbox),
    "relay",
  );
  assert.deepEqual(encodings, ["gzip", "plain"]);
  await visitor.until(async () => (await arrived(sandbox)).length === 2, "both to be on the profile");
  assert.deepEqual(await arrived(sandbox), ["Viewed product: A", "Viewed product: B"]);
});
