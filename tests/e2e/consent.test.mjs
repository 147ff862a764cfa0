// Without consent, nothing: no request, no token, nothing stored.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";
import { browse, signIn } from "./walk.mjs";

for (const answer of ["denied", "never answered"]) {
  test(`${name}: consent ${answer}: the whole walk leaves no trace of ours`, async (t) => {
    const sandbox = await startSandbox(t);
    const visitor = await openBrowser(t);
    await visitor.open(sandbox.url("/"));
    if (answer === "denied") await visitor.click("Decline");
    await signIn(visitor, sandbox);
    await browse(visitor);
    await visitor.run("await omneo('flush')");

    assert.deepEqual(await sandbox.requests(), []);
    const loaded = await visitor.run("return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)");
    const ours = loaded.filter((path) => path.startsWith("/omneo/"));
    const views = answer === "denied" || (await visitor.run("return 'navigation' in window")) ? [] : ["/omneo/history.js"];
    assert.deepEqual([...new Set(ours)], ["/omneo/snippet.js", ...views], "the start, which did not even ask for a token");
    const shopsOwn = answer === "denied" ? ["shop:consent"] : [];
    assert.deepEqual(await visitor.stored(), { local: shopsOwn, session: [], databases: [], cookies: "" });
  });
}

test(`${name}: what waited for the answer goes with it, and a withdrawal clears the storage`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await signIn(visitor, sandbox);
  await visitor.open(sandbox.url("/knitwear/"));
  await visitor.ready();
  assert.deepEqual(await sandbox.requests(), []);
  await visitor.click("Accept");
  await visitor.run("await omneo('flush')");
  await visitor.until(async () => (await sandbox.interactions()).length === 2, "the view and the login");
  assert.deepEqual((await sandbox.interactions()).map((one) => one.name).sort(), ["Logged in", "Viewed page: Knitwear · Fern & Field"]);
  assert.deepEqual((await visitor.stored()).local.sort(), ["omneo:session", "shop:consent"]);
  await visitor.click("Privacy choices");
  await visitor.click("Decline");
  assert.deepEqual((await visitor.stored()).local, ["shop:consent"]);
});

test(`${name}: a visitor whose browser sends Global Privacy Control is not recorded`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  const rule = await visitor.run(
    `Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
     const { createTracker } = await import("/omneo/omneo-interactions.js");
     const tracker = await createTracker({ endpoint: "/", consent: "granted", token: () => null });
     return new Promise((heard) => {
       tracker.on("refused", ({ rule }) => heard(rule));
       tracker.pageView();
     });`,
  );
  assert.equal(rule, "consent-denied");
});

const tracker = (settings) => `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  return createTracker({ endpoint: "/", token: () => given[0], ...${settings} })`;

test(`${name}: a listener that takes consent back while a record is made leaves nothing behind`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.open(sandbox.url("/"));
  await visitor.run(
    `const tracker = await (async () => {${tracker(`{ consent: "granted", capture: { pageViews: false, logins: false }, batch: { records: 1 } }`)}})();
     await tracker.flush();
     tracker.on("recorded", () => tracker.consent("denied"));
     tracker.pageView();
     await tracker.flush();`,
    body.data.token,
  );
  assert.deepEqual((await visitor.stored()).local, []);
  assert.deepEqual(await sandbox.interactions(), []);
});

test(`${name}: a consent that nobody knows is named, with what is accepted`, async (t) => {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  for (const [consent, given] of [
    [`"tfc"`, `"tfc"`],
    [`{ tcf: {}, gpp: {} }`, `{"tcf":{},"gpp":{}}`],
    [`() => () => true`, "true"],
  ]) {
    const told = await visitor.run(`try { ${tracker(`{ consent: ${consent} }`).replace("return", "await")} } catch (error) { return error.message; }`);
    const accepted = "unknown, granted, denied, an array of purposes, the name of a consent platform, or a function";
    assert.equal(told, `\`consent\` is ${given}; accepted: ${accepted}`);
  }
});
