// What others write onto the script tag: consent platforms, optimisers, routers. None of it stops the tracker.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name } from "./browser.mjs";
import { openStart } from "./start-site.mjs";

const OTHERS = `data-wp-strategy="async" data-rh="true" data-cfasync="false" data-turbo-track="reload" data-nscript="afterInteractive"
  data-cookieconsent="ignore" data-ot-ignore data-category="analytics" data-usercentrics="Omneo" data-cmp-vendor="s1" data-type="text/javascript"
  data-n-head="ssr" data-hid="omneo" data-vmid="omneo" data-rocket-status="executed" data-no-optimize="1" data-pagespeed-no-defer
  data-astro-rerun data-hx-history-elt data-iub-purposes="4" data-borlabs-cookie-id="omneo" data-precedence="default"
  data-json='{"not":"ours"}' data-broken='{"not":' data-list='[1,' data-empty="" data--="" data-x-1="[[["`;
const AGREED = `data-consent="granted" data-signed-in="true"`;

test(`${name}: attributes of other people's stop nothing, and nobody is warned of them`, async (t) => {
  const site = await openStart(t);
  await site.open(`${AGREED} ${OTHERS}`);
  await site.until(async () => site.records.length === 2, "the view and the login");
  assert.deepEqual(site.records, ["Logged in", "Viewed page: A page"]);
  assert.deepEqual(await site.run("return warned"), []);
  // What has a loaded tracker's settings before there is one has none of theirs either.
  await site.open(`data-consent="unknown" ${OTHERS}`);
  const record = { action: "view", channel: "website", signal: 0, name: "Viewed page", namespace: "web-engagement", url: "https://shop.example/" };
  const { allowed } = await site.run("return omneo('explain', given[0])", record);
  assert.equal(allowed, true);
});

test(`${name}: what is nearly a setting is told, and the tracker goes on without it`, async (t) => {
  const site = await openStart(t);
  await site.open(`${AGREED} data-namspace="shop" data-Do-Not-Trak="deny" data-wp-strategy="async"`);
  await site.until(async () => site.records.length === 2, "the view and the login");
  assert.deepEqual((await site.run("return warned")).sort(), [
    "omneo-interactions: `data-do-not-trak` is no setting and is left alone; `data-do-not-track` is one.",
    "omneo-interactions: `data-namspace` is no setting and is left alone; `data-namespace` is one.",
  ]);
});

test(`${name}: JSON that is none is told where it is a setting's`, async (t) => {
  const site = await openStart(t);
  await site.open(`${AGREED} data-capture='{"forms":'`);
  await site.until(async () => (await site.run("return warned")).length === 1, "a warning");
  assert.match((await site.run("return warned"))[0], /`capture` is "\{\\"forms\\":"; accepted: an object/);
});
