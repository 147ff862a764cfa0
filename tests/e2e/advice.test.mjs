// Advice on settings, as whoever builds a site sees it in the console; and that nobody else downloads it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { openStart } from "./start-site.mjs";

const FILE = "advice.js";
const GRANTED = `data-consent="granted" data-signed-in="true"`;
const ONE_NAMESPACE = `data-policy='{"extends":"nothing","rules":[{"rule":"all","namespace":["web-engagement"]}]}'`;
const SECOND = `<script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token" ${GRANTED} data-namespace="kiosk"></script>`;

// When all has been looked at, as the page's own clock has it: what comes with other scripts, three seconds after the page has loaded.
const isDone = (site) => site.until(() => site.run("return performance.now() - performance.getEntriesByType('navigation')[0].loadEventEnd > 4000"), "the end of it");
const warned = (site) => site.run("return warned");

/** What is planted, and what the one warning says. */
const MISTAKES = {
  "a namespace that no rule allows": [{ attributes: `data-namespace="kiosk" ${ONE_NAMESPACE}` }, /`data-namespace` is "kiosk", which no rule of `policy` allows for login, .* Mend: /],
  "records that wait for no relay": [{ attributes: `data-batch='{"seconds":1}'` }, /`data-batch\.seconds` is 1, so records wait, .* Mend: leave it out/],
  "forms that are not followed": [{ attributes: `data-forms='["hubspot"]' data-capture='{"forms":false}'` }, /`data-forms` is "hubspot", but none is followed, .* Mend: /],
  "an end in milliseconds": [{ exp: 1000 }, /`data-token-url\.exp` is an end that is in milliseconds, .* Mend: /],
  "a platform that is not asked": [{ head: "<script>window.klaro = {};</script>" }, /`data-consent` is "granted", but klaro, which is on this page, is not asked.* Mend: set it to "klaro"/],
  "a second tag with other settings": [{ body: SECOND }, /`data-namespace` is another, "kiosk", on a second tag.* Mend: leave one tag/],
};

for (const [what, [{ attributes = "", exp, ...page }, said]] of Object.entries(MISTAKES)) {
  test(`${name}: ${what}: one warning, with its mend`, async (t) => {
    const site = await openStart(t);
    if (exp) site.token = { ...site.ada, exp: site.ada.exp * exp };
    await site.open(`${GRANTED} ${attributes}`, page);
    await site.call(`omneo("pageView", { title: "Another" })`);
    await isDone(site);
    const lines = await warned(site);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0], /^omneo-interactions: [^\n]+$/);
    assert.match(lines[0], said);
    for (const part of site.ada.token.split(".")) assert.ok(!lines[0].includes(part));
  });
}

test(`${name}: of what is right, no warning; the inspector lists those that there were`, async (t) => {
  const site = await openStart(t);
  await site.open(GRANTED);
  await isDone(site);
  assert.deepEqual(await warned(site), []);
  await site.open(`${GRANTED} data-batch='{"seconds":1}'`);
  await site.call(`omneo("inspect")`);
  const listed = () =>
    site.run(`
      const { shadowRoot } = document.getElementsByTagName("omneo-inspector")[0];
      const settings = [...shadowRoot.querySelectorAll("details")].find((one) => one.firstChild.textContent === "Settings");
      settings.open = true;
      return [...settings.querySelectorAll("[part=advice] li")].map((one) => one.textContent)`);
  await site.until(async () => (await listed()).length === 1, "the advice");
  assert.match((await listed())[0], /^`data-batch\.seconds` is 1, /);
  assert.equal((await warned(site)).length, 1, "it is said once, whoever asks");
});

test(`${name}: where no tracker is loaded, the console says so when it is asked`, async (t) => {
  const site = await openStart(t);
  await site.open(`data-consent="klaro"`);
  assert.deepEqual(await warned(site), []);
  await site.call(`omneo("inspect")`);
  await site.until(async () => (await warned(site)).length > 0, "the warning");
  const lines = await warned(site);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /`data-consent` is "klaro", but no klaro is on this page: .* Mend: put klaro on the page/);
});

test(`${name}: \`inspect: false\` leaves it away`, async (t) => {
  const site = await openStart(t);
  await site.open(`${GRANTED} data-batch='{"seconds":1}' data-inspect="false"`);
  assert.ok(!downloaded(site));
});

test(`${name}: at another host's name nothing of it is downloaded`, { skip: name === "webkit" && "its driver knows no other name" }, async (t) => {
  const site = await openStart(t, { host: "shop.example" });
  const address = new URL("/shop", site.tap.origin);
  const tag = (attributes) => `<!doctype html><title>Shop</title><script>console.warn = (...words) => (window.warned ??= []).push(words.join(" "))</script>
    <script async src="/omneo/snippet.js" data-endpoint="${site.tap.origin}" data-token-url="/omneo/token" data-batch='{"seconds":1}' ${attributes}></script>`;
  for (const host of ["127.0.0.1", "shop.example"]) {
    site.tap.seen.length = 0;
    site.tap.answers["/shop"] = (_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(tag(GRANTED));
    address.hostname = host;
    await site.visitor.open(address.href);
    await site.visitor.ready();
    await site.until(() => site.run(`return omneo("explain", { action: "view", channel: "website", signal: 0, name: "x", namespace: "x" })`), "the tracker");
    await site.run(`await omneo("flush")`);
    assert.equal(downloaded(site), host === "127.0.0.1", host);
    if (host === "shop.example") assert.equal(await site.run("return window.warned?.length ?? 0"), 0);
  }
});

const downloaded = (site) => site.tap.seen.some(({ url }) => url.endsWith(`/${FILE}`));
