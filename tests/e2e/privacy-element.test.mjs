// What customers see of their own with `<omneo-privacy>`, and how they answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { name, openBrowser } from "./browser.mjs";
import { ELEMENT, Panel, TAG, VIEW, many, open, page, signInAs, violations } from "./panel.mjs";
import { pages as platformPages } from "./platforms/pages.mjs";
import { startSandbox } from "./sandbox.mjs";
import { openShop } from "./shop.mjs";

const RECORDS = "/id/api/v1/profiles/me/interactions";

test(`${name}: customers see their own records as sentences, by day, and nothing is recorded of it`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, {
    records: [
      { name: "Viewed page: Lookbook", interacted_at: "2026-03-01 10:00:00" },
      { name: "Viewed product: Linen wrap dress", interacted_at: "2026-03-03T10:00:00Z", staff_id: 501 },
      { name: "Submitted form: survey", action: "disclose", interacted_at: "2026-03-02 10:00:00", meta: { form: "survey", size: "Café" } },
      { name: "Parcel was late", action: "service", channel: "support", signal: -1, interacted_at: "2026-03-02 09:00:00" },
    ],
  });
  await panel.is("ready");
  assert.deepEqual(await panel.sentences(), [
    "You looked at Linen wrap dress (with our staff)",
    "You sent the form survey",
    "We helped you: Parcel was late",
    "You looked at the page Lookbook",
  ]);
  const days = await panel.run("return [...root.querySelectorAll('h4')].map(({ textContent }) => textContent)");
  assert.equal(days.length, 3);
  assert.match(days[0], /Tuesday.*March.*2026/);

  // The whole record, only once somebody wants it.
  assert.equal(await panel.run("return root.querySelectorAll('dl').length"), 0);
  await panel.press("All data");
  await visitor.until(() => panel.run("return root.querySelector('dl').textContent.includes('staff_id501')"), "the whole record");

  await panel.search("cafe");
  await panel.says("Records: 1.");
  assert.deepEqual(await panel.sentences(), ["You sent the form survey"]);
  await panel.search("no such thing");
  await panel.says("No record has these words.");
  await panel.search("");
  await panel.says("Records: 4.");
  assert.deepEqual(await violations(visitor), []);

  await panel.search("parcel");
  await panel.says("Records: 1.");
  await panel.press("Delete");
  assert.equal((await sandbox.interactions()).length, 4, "nothing is deleted before it is confirmed");
  assert.deepEqual(await violations(visitor), []);
  await panel.press("Delete");
  await panel.says("Deleted: We helped you: Parcel was late");
  assert.deepEqual((await sandbox.interactions()).map(({ name }) => name), ["Viewed page: Lookbook", "Submitted form: survey", "Viewed product: Linen wrap dress"]);

  const stored = await visitor.stored();
  assert.deepEqual([stored.local, stored.session], [[], []]);
  const posted = (await sandbox.requests()).filter(({ method, path }) => method === "POST" && path.includes("/id/"));
  assert.deepEqual(posted, []);
});

test(`${name}: whatever a record holds is shown as text, and is no formula in a file`, async (t) => {
  const shop = await openShop(t);
  const markup = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>`;
  const hostile = [
    { id: 1, name: markup, url: "javascript:window.broken=1", description: markup, tags: [markup], meta: { [markup]: markup, form: "\u202Egnp.exe" }, interacted_at: markup },
    { id: 2, name: "\u202Etxet\u0000", action: "constructor", namespace: "__proto__", interacted_at: "2026-02-30 99:99:99", created_at: {} },
    { id: "../../../token", name: `=HYPERLINK("https://evil.example","x")`, description: "\t=1+1", url: "＝cmd", latitude: -37.8, channel: '@SUM(1,"2")' },
    { id: 4, name: { toString: 1 }, action: ["view"], signal: { deep: [[[]]] }, staff_id: [], constructor: "-2+3", hasOwnProperty: 1 },
    { id: 5, name: "x".repeat(100_000), meta: "no object" },
    { id: 6, interacted_at: 1e99, name: 6 },
    { name: "without an id" },
    JSON.parse(`{ "id": 8, "__proto__": { "name": "inherited" } }`),
    null,
    "text",
  ];
  shop.page = page(ELEMENT);
  shop.answers[RECORDS] = (_request, response) => response.end(JSON.stringify({ data: hostile, meta: { total: "many", last_page: 1 } }));
  const deleted = [];
  shop.answers["/id/api/v1/token"] = (_request, response) => (deleted.push("escaped"), response.end());
  const visitor = await openBrowser(t);
  await visitor.open(shop.origin);
  const panel = new Panel(visitor);
  await panel.is("ready");
  assert.equal((await panel.sentences()).length, 8);
  assert.ok((await panel.sentences()).includes(`You looked at ${markup}`) || (await panel.sentences()).includes(markup));
  await panel.run("for (const details of root.querySelectorAll('details')) details.open = true");
  await visitor.until(() => panel.run("return root.querySelectorAll('dl').length === 8"), "all data");
  assert.deepEqual(await panel.run("return [window.broken, root.querySelectorAll('img, script, a').length]"), [null, 0]);
  const sizes = await visitor.run("return [document.documentElement.scrollWidth, innerWidth]");
  assert.ok(sizes[0] <= sizes[1], `scrolls sideways: ${sizes}`);

  const csv = await panel.file("Download (CSV)");
  assert.match(csv.name, /^records-\d{4}-\d\d-\d\d\.csv$/);
  assert.ok(csv.text.startsWith("\uFEFF"));
  for (const text of [`"'=HYPERLINK(""https://evil.example"",""x"")"`, `"'\t=1+1"`, `"'＝cmd"`, `"'@SUM(1,""2"")"`, `"'-2+3"`]) assert.ok(csv.text.includes(text), text);
  assert.ok(csv.text.includes(",-37.8,"), "a number stays one");
  const json = await panel.file("Download (JSON)");
  assert.deepEqual(JSON.parse(json.text).length, 8);

  // An id is a name below the customer's own records, whatever it is.
  await panel.search("HYPERLINK");
  await panel.says("Records: 1.");
  await panel.press("Delete");
  await panel.press("Delete");
  await visitor.until(async () => shop.seen.some(({ method }) => method === "DELETE"), "the request");
  assert.deepEqual(shop.seen.filter(({ method }) => method === "DELETE").map(({ path }) => path), [`${RECORDS}/..%2F..%2F..%2Ftoken`]);
  assert.deepEqual(deleted, []);
});

test(`${name}: consent is given and taken back from here, and the tracker follows`, async (t) => {
  const tag = TAG.replace("granted", "unknown");
  const { sandbox, visitor, panel } = await open(t, { html: page(ELEMENT, tag) });
  await panel.says("You have not answered yet.");
  await panel.is("empty");
  assert.deepEqual((await visitor.stored()).local, []);
  await panel.press("Agree");
  await panel.says("Thank you.");
  await visitor.until(async () => (await sandbox.interactions()).some(({ name }) => name === "Viewed page: Your data"), "a record");
  await panel.press("Take back");
  await panel.says("Your consent is taken back.");
  assert.deepEqual((await visitor.stored()).local, []);
  await panel.press("Agree");
  // Another page of the site says otherwise.
  await visitor.run(`const channel = new BroadcastChannel("omneo"); channel.postMessage({ told: "denied" })`);
  await panel.says("You have declined");
});

const isChromium = name === "chromium";
for (const platform of ["cookiebot", "cookieconsent", "klaro", "onetrust", "shopify"]) {
  test(`${name}: the answer goes through the platform, ${platform}`, { skip: !isChromium && "no matter of the engine" }, async (t) => {
    const sandbox = await startSandbox(t, { www: await platformPages(t) });
    const visitor = await openBrowser(t);
    await visitor.open(sandbox.url(`/${platform}/`));
    await signInAs(visitor, "ada");
    await visitor.run(
      `await import("/omneo/privacy.js");
       const element = document.createElement("omneo-privacy");
       element.settings = { endpoint: "/", tokenUrl: "/omneo/token", consent: given[0] };
       document.body.append(element)`,
      platform,
    );
    const panel = new Panel(visitor);
    await panel.says("You have not answered yet.");
    await panel.press("Agree");
    await panel.says("You have agreed");
    await visitor.until(async () => (await sandbox.interactions()).length > 0, "a record");
    await panel.press("Take back");
    await panel.says("You have declined");
    await visitor.until(async () => (await visitor.stored()).local.every((key) => !key.startsWith("omneo:")), "the storage to be emptied");
    // The platform itself knows it on the next page.
    await visitor.open(sandbox.url(`/${platform}/`));
    await visitor.ready();
    const { kept: waits } = await visitor.run(`omneo("pageView", {}); return omneo("flush")`);
    assert.equal(waits, 0, "it is not asked again");
  });
}

test(`${name}: nobody signed in, an error with a retry, no network`, async (t) => {
  const { sandbox, visitor, panel } = await open(t, { is: null, records: many(1), html: page(ELEMENT.replace("><", `><a slot="signed-out" href="/login">Sign in</a><`)) });
  await panel.is("signedOut");
  await panel.says("You are not signed in.");
  assert.deepEqual(await violations(visitor), []);
  await sandbox.faults({ route: "looks", status: 403 });
  await signInAs(visitor, "ada");
  await panel.press("Try again");
  await panel.says("Your records could not be read (403).");
  assert.deepEqual(await violations(visitor), []);
  await sandbox.faults();
  await panel.press("Try again");
  await panel.is("ready");

  if (name === "webkit") return t.diagnostic("WebKit's driver cannot take the network away");
  const network = networkOf(visitor);
  await network(false);
  // For Firefox this machine is there all the same.
  await sandbox.stop();
  await panel.run("element.refresh()");
  await panel.is("offline");
  assert.equal(await panel.run("return root.textContent.includes('Number')"), false);
  await sandbox.start();
  await network(true);
  await panel.is("ready");
});

test(`${name}: 10,000 records are read page by page, and few of them are in the document`, async (t) => {
  const shop = await openShop(t);
  const all = Array.from({ length: 10_000 }, (_, at) => ({ ...VIEW, id: 10_000 - at, name: `Viewed product: Number n${at}`, created_at: "2026-03-01 10:00:00" }));
  shop.page = page(ELEMENT);
  shop.answers[RECORDS] = ({ url }, response) => {
    const query = new URL(url, shop.origin).searchParams;
    const [page, size] = ["page", "per_page"].map((name) => Number(query.get(name)));
    response.end(JSON.stringify({ data: all.slice((page - 1) * size, page * size), meta: { total: all.length, last_page: all.length / size } }));
  };
  const visitor = await openBrowser(t);
  await visitor.open(shop.origin);
  const panel = new Panel(visitor);
  await panel.says("Records: 10,000. Shown: 1 to 50.");
  assert.equal(shop.asked(RECORDS), 1, "no more than is shown");
  await panel.press("Older");
  await panel.says("Shown: 51 to 100.");
  await panel.press("Older");
  await panel.says("Shown: 101 to 150.");
  await panel.search("Number n9876");
  await panel.says("Records: 1.");
  assert.deepEqual(await panel.sentences(), ["You looked at Number n9876"]);
  assert.equal(shop.asked(RECORDS), 100);
  await panel.search("");
  await panel.says("Records: 10,000.");
  assert.ok((await panel.run("return root.querySelectorAll('*').length")) < 800);
  const { text } = await panel.file("Download (JSON)");
  assert.equal(JSON.parse(text).length, 10_000);
});

test(`${name}: from right to left, with the keyboard alone`, async (t) => {
  const html = page(ELEMENT).replace('lang="en"', 'lang="ar" dir="rtl"');
  const { sandbox, visitor, panel } = await open(t, { html, records: many(2) });
  await panel.is("ready");
  assert.equal(await panel.run("return getComputedStyle(root).direction"), "rtl");
  assert.match((await panel.sentences())[0], /^شاهدت Number \d$/);
  assert.deepEqual(await violations(visitor), []);

  const press = (...keys) => visitor.driver.actions().sendKeys(...keys).perform();
  const focused = () => panel.run("const { activeElement } = element.shadowRoot; return activeElement?.textContent ?? ''");
  const tabTo = async (wanted) => {
    for (let tabs = 0; tabs < 20 && (await focused()) !== wanted; tabs += 1) await press(Key.TAB);
    assert.equal(await focused(), wanted);
  };
  await tabTo("حذف الكل");
  await press(Key.ENTER);
  await visitor.until(async () => (await focused()) === "إلغاء", "the dialog");
  await press(Key.ESCAPE);
  await visitor.until(async () => (await focused()) === "حذف الكل", "the focus to go back");
  assert.equal((await sandbox.interactions()).length, 2);
  await tabTo("كل البيانات");
  await press(Key.ENTER);
  await visitor.until(() => panel.run("return root.querySelectorAll('dl').length === 1"), "all data");
  await tabTo("حذف");
  await press(Key.ENTER);
  await visitor.until(async () => (await focused()) === "إلغاء", "the dialog");
  await press(Key.TAB, Key.ENTER);
  await visitor.until(async () => (await sandbox.interactions()).length === 1, "the record to be deleted");
  await visitor.until(async () => (await focused()) === "سجلاتك", "the focus to go to the heading");
});

test(`${name}: a mistake in its settings is told by its name, and to nobody it asks for a token`, async (t) => {
  const shop = await openShop(t);
  shop.page = page(`<omneo-privacy endpoint="http://elsewhere.example" token-url="/omneo/token"></omneo-privacy>`, `<script>window.told = []; console.warn = (...said) => told.push(said.join(" "))</script>`);
  const visitor = await openBrowser(t);
  await visitor.open(shop.origin);
  const panel = new Panel(visitor);
  await panel.is("failed");
  assert.match((await visitor.run("return told"))[0], /^omneo-privacy: TypeError: `endpoint` is http:\/\/elsewhere\.example; accepted: https/);
  assert.equal(shop.asked("/omneo/token"), 0);
});

test(`${name}: a token that names no customer is not taken for one, and never kept`, async (t) => {
  const shop = await openShop(t);
  shop.page = page(ELEMENT);
  const visitor = await openBrowser(t);
  const claims = (pid) => `${btoa("{}")}.${btoa(JSON.stringify({ pid }))}.c2ln`;
  for (const token of ["opaque", "a.b.c", claims(7), claims("ada@example.com"), claims(["5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001"])]) {
    shop.answers["/omneo/token"] = (_request, response) => response.end(JSON.stringify({ token }));
    await visitor.open(shop.origin);
    await new Panel(visitor).is("failed");
    const { local, session } = await visitor.stored();
    assert.deepEqual([local, session, shop.asked(RECORDS)], [[], [], 0]);
  }
});

/** Takes the network away, or gives it back. */
function networkOf({ driver }) {
  if (isChromium) return (isThere) => driver.setNetworkConditions({ offline: !isThere, latency: 0, download_throughput: 1e7, upload_throughput: 1e7 });
  return async (isThere) => {
    await driver.setContext("chrome");
    await driver.executeScript("Services.io.offline = !arguments[0]", isThere);
    await driver.setContext("content");
  };
}
