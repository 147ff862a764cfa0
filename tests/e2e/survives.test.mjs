// What breaks a part of the tracker, or the module itself, breaks no more than that.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWebAssembly, name, openBrowser } from "./browser.mjs";
import { STUB, TOKEN, openShop, tag } from "./shop.mjs";

const RECORDS = "/id/api/v1/profiles/me/interactions";
const HEAR = `<script>
  window.told = [];
  for (const event of ["failed", "refused"]) omneo("on", event, ({ rule, reason }) => told.push([event, rule ?? reason].join(": ")));
  omneo("on", "recorded", ({ record }) => told.push("recorded: " + record.name));
</script>`;

async function open(t, { head = "", attributes = "" } = {}) {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  shop.page = `<title>Shop</title>${head}${STUB}${HEAR}${tag(attributes)}<form name="f" onsubmit="return false"><button>Go</button></form>`;
  await visitor.open(`${shop.origin}/`);
  await visitor.ready();
  return { shop, visitor };
}

const failed = async (visitor) => (await visitor.run("return told")).filter((one) => one.startsWith("failed"));

for (const [what, head] of [
  ["a data layer that is no array", `<script>window.dataLayer = { pageType: "home" };</script>`],
  ["a data layer that throws", `<script>window.dataLayer = Object.defineProperty([], "forEach", { get() { throw 7; } });</script>`],
]) {
  test(`${name}: ${what} is told once, and the rest works until the denial`, async (t) => {
    const { shop, visitor } = await open(t, { head, attributes: 'data-events="google"' });
    await visitor.until(async () => shop.records.length === 2, "the view and the login");
    assert.deepEqual(await failed(visitor), ["failed: A source of `events` threw."]);
    await visitor.run(`omneo("consent", "denied"); document.querySelector("button").click(); history.pushState({}, "", "/next")`);
    assert.deepEqual(await visitor.run(`return omneo("flush")`), { delivered: 2, refused: 0, kept: 0, failed: 0 });
    assert.deepEqual(shop.records, ["Logged in", "Viewed page: Shop"]);
    assert.deepEqual((await visitor.stored()).local, []);
  });
}

test(`${name}: a token source that answers a cycle is told, and asked again`, async (t) => {
  const shop = await openShop(t);
  const visitor = await openBrowser(t);
  await visitor.open(`${shop.origin}/`);
  const reasons = await visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     const answer = {};
     answer.self = answer;
     let asked = 0;
     const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => (asked++ ? given[0] : answer) });
     const reasons = [];
     tracker.on("failed", ({ reason }) => reasons.push(reason));
     await tracker.flush();
     return reasons;`,
    TOKEN,
  );
  assert.equal(reasons.length, 1);
  assert.match(reasons[0], /^The token source gave no token and will be asked again: /);
  await visitor.until(async () => shop.records.length === 2, "the view and the login");
});

test(`${name}: messages of other pages that are none of ours do nothing`, async (t) => {
  const { shop, visitor } = await open(t);
  await visitor.until(async () => shop.records.length === 2, "the view and the login");
  await visitor.run(`
    window.uncaught = [];
    addEventListener("error", ({ message }) => uncaught.push(message));
    addEventListener("unhandledrejection", ({ reason }) => uncaught.push(String(reason)));
    const messages = [
      1, null, {}, "x", [], [1], ["start"], ["pageView", '{"title":"forged"}'], ["answered", [1, 201, "", ""]], ["token", [1, "forged"]], ["leaving"],
      ["nothing\\nx", {}], ["consent"], ["consent", "sure"], ["consent", { 0: "granted" }], ["consent", "denied"],
      { told: "sure" }, { told: { 0: "granted" } }, { told: null }, { told: false }, ["page", true], [["page"], 1], ["omneo:1", "yes"],
    ];
    for (const name of ["omneo", "omneo:"]) {
      const channel = new BroadcastChannel(name);
      for (const message of messages) channel.postMessage(message);
    }
    // Each is heard in the order it was sent, and so is an answer that is one.
    new BroadcastChannel("omneo").postMessage({ told: "denied" });`);
  await visitor.until(async () => (await visitor.stored()).local.length === 0, "the denial");
  assert.deepEqual(await visitor.run("return uncaught"), []);
  assert.deepEqual(await visitor.run("return told"), ["recorded: Viewed page: Shop", "recorded: Logged in"]);
});

// Whatever runs of the module traps, when the test says so: `(module (func (export "f") unreachable))`.
const TRAP = `<script>
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const trapping = ({ exports }) => {
    const { f } = new Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
    const guarded = (one) => (typeof one === "function" ? (...given) => (window.traps ? f() : one(...given)) : one);
    return { exports: Object.fromEntries(Object.entries(exports).map(([name, one]) => [name, guarded(one)])) };
  };
  const { Instance, instantiateStreaming } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    return trapping(new Instance(...given));
  };
  WebAssembly.instantiateStreaming = async (...given) => {
    const { module, instance } = await instantiateStreaming.apply(WebAssembly, given);
    return { module, instance: trapping(instance) };
  };
</script>`;
const AGAIN = "failed: The module failed; it starts again with what is stored.";
const options = { skip: !hasWebAssembly && "there is no module that could trap" };

test(`${name}: a module that traps throws nothing into the page, and the tracker starts again from what is stored`, options, async (t) => {
  const { shop, visitor } = await open(t, { head: TRAP });
  await visitor.until(async () => shop.records.length === 2, "the view and the login");
  shop.answers[RECORDS] = (_, response) => response.writeHead(429, { "Retry-After": "3600" }).end();
  await visitor.run(`omneo("productView", { name: "kept" })`);
  // The page knows the answer: what it does not know the fate of is left alone for a while.
  const isReleased = `return Object.entries(localStorage).some(([key, text]) => /^omneo:\\d+:/.test(key) && JSON.parse(text).until === null)`;
  await visitor.until(async () => shop.records.length === 3 && visitor.run(isReleased), "the request that is refused for now");
  delete shop.answers[RECORDS];
  await visitor.run(`
    window.traps = true;
    omneo("productView", { name: "lost" });
    document.querySelector("button").click();
    window.traps = false;
    omneo("productView", { name: "lost as well" });`);
  await visitor.until(async () => shop.records.filter((one) => one.endsWith("kept")).length === 2, "what was stored");
  await visitor.run(`omneo("productView", { name: "new" }); await omneo("flush");`);
  assert.ok(shop.records.includes("Viewed product: new"));
  assert.ok(!shop.records.some((one) => one.includes("lost")));
  assert.deepEqual(await failed(visitor), [AGAIN]);

  // At most once a minute: until then it is silent, and still heeds a denial.
  const before = shop.seen.length;
  await visitor.run(`
    window.traps = true;
    omneo("productView", { name: "lost" });
    window.traps = false;
    omneo("productView", { name: "lost as well" });
    omneo("consent", "denied");`);
  assert.deepEqual((await visitor.stored()).local, []);
  assert.deepEqual([await failed(visitor), shop.seen.length], [[AGAIN, AGAIN], before]);
});

test(`${name}: what the visitor said holds when the tracker has started again`, options, async (t) => {
  const { shop, visitor } = await open(t, { head: TRAP });
  await visitor.until(async () => shop.records.length === 2, "the view and the login");
  await visitor.run(`
    omneo("consent", "denied");
    window.traps = true;
    omneo("productView", { name: "lost" });
    window.traps = false;`);
  await visitor.until(async () => {
    await visitor.run(`omneo("productView", { name: "after" })`);
    return (await visitor.run("return told")).includes("refused: consent-denied");
  }, "the tracker");
  assert.deepEqual([shop.records.length, (await visitor.stored()).local], [2, []]);
});

test(`${name}: what was left in storage, ids of many digits and a date to wait until end no module`, async (t) => {
  const seed = `<script>
    localStorage["omneo:session"] = "something else, and of many letters";
    sessionStorage["omneo:clienteling"] = "12345678901234567890 12345678901234567890";
  </script>`;
  const { shop, visitor } = await open(t, { head: seed });
  await visitor.until(async () => shop.records.length === 2, "the view and the login");
  let asked = 0;
  shop.answers[RECORDS] = (_, response) => {
    if ((asked += 1) > 1) delete shop.answers[RECORDS];
    response.writeHead(429, { "Retry-After": new Date(Date.now() + 1_000).toUTCString() }).end();
  };
  await visitor.run(`
    omneo("productView", { name: "by sixteen digits", productId: "1234567890123456" });
    omneo("productView", { name: "by none", productId: "gid://shopify/Product/1234567890123" });
    omneo("productView", { name: "by too many", productId: "123456789012345678901234567890" });`);
  await visitor.until(async () => shop.records.filter((one) => one.endsWith("by sixteen digits")).length > asked, "what was taken after the wait");
  assert.deepEqual(await failed(visitor), []);
  assert.ok(!shop.records.some((one) => /by none|by too many/.test(one)));
});
