// The reports in the demo: what the brand sees of all its customers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { name, openBrowser } from "./browser.mjs";
import { startSandbox } from "./sandbox.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function open(t, { path = "/reports/", story = true, ...options } = {}) {
  const sandbox = await startSandbox(t, { story });
  const visitor = await openBrowser(t, options);
  await visitor.open(sandbox.url(path));
  return { sandbox, visitor };
}

const isRead = (visitor) => visitor.until(() => visitor.run(`return document.querySelectorAll(".report").length === 6`), "the report");
const status = (visitor) => visitor.run(`return document.querySelector("[data-omneo-records] [role=status]").textContent`);

/** The rows of the table whose caption begins so. */
const table = (visitor, caption) =>
  visitor.run(
    `const table = [...document.querySelectorAll("table")].find((one) => one.caption.textContent.startsWith(given[0]));
    return [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))`,
    caption,
  );

async function recorded(sandbox) {
  const lines = (await (await fetch(sandbox.url("/_sandbox/records"))).text()).trim().split("\n");
  return lines.slice(1, -1).map((line) => JSON.parse(line));
}

test(`${name}: the figures are those of a plain count, and the support desk's story is seen`, async (t) => {
  const { sandbox, visitor } = await open(t);
  await isRead(visitor);
  const rows = await recorded(sandbox);
  const plain = (text) => text.replaceAll(",", "");
  assert.ok(plain(await status(visitor)).startsWith(`${rows.length} of ${rows.length} records`), await status(visitor));
  const channels = Object.fromEntries((await table(visitor, "Channels")).map(([channel, count]) => [channel, Number(plain(count))]));
  for (const channel of ["website", "app", "support", "email"]) assert.equal(channels[channel], rows.filter((row) => row.channel === channel).length, channel);
  const drawn = `return ["rect.bar", "rect.neutral", "rect.negative", "path.mean"].map((part) => document.querySelectorAll(\`.report svg[role=img] \${part}\`).length)`;
  const [bars, neutral, negative, lines] = await visitor.run(drawn);
  assert.ok(bars > 25 && neutral > 12 && negative > 4 && lines === 1, `drawn: ${[bars, neutral, negative, lines]}`);
  assert.ok(!(await visitor.run(`return document.querySelector("[data-omneo-records]").textContent`)).includes("[object"));
  const [[product, count]] = await table(visitor, "Products");
  assert.equal(Number(plain(count)), rows.filter((row) => row.name === `Viewed product: ${product}`).length);
  await visitor.open(sandbox.url("/reports/?channel=support"));
  await isRead(visitor);
  const means = (await table(visitor, "Sentiment")).map(([, mean]) => Number(mean.replace("−", "-")));
  assert.ok(means.filter((mean) => mean < -0.5).length >= 4, `${means}`);
  assert.ok(means.lastIndexOf(-1) < means.indexOf(1), `first bad, then good: ${means}`);
});

test(`${name}: by the keyboard a channel is chosen, the address says so, and going back undoes it`, async (t) => {
  const { sandbox, visitor } = await open(t);
  await isRead(visitor);
  await visitor.run(`document.querySelector("#choice-channel").focus()`);
  await visitor.driver.actions().sendKeys("s", Key.TAB).perform();
  await visitor.until(() => visitor.run(`return location.search === "?channel=support"`), "the address");
  const support = (await recorded(sandbox)).filter((row) => row.channel === "support");
  await visitor.until(async () => (await status(visitor)).startsWith(`${support.length} of `), "the figures");
  await visitor.run("history.back()");
  await visitor.until(async () => (await visitor.run("return location.search")) === "" && !(await status(visitor)).startsWith(`${support.length} of `), "all again");
  assert.equal(await visitor.run(`return document.querySelector("#choice-channel").value`), "");
});

test(`${name}: with no records, and when they cannot be read, a sentence says so`, async (t) => {
  const { visitor } = await open(t, { story: false, path: "/reports/?namespace=none-such" });
  await visitor.until(async () => (await status(visitor)).startsWith("None of 0 records"), "that there are none");
  assert.equal(await visitor.run(`return document.querySelector("#choice-namespace").value`), "none-such");
  await visitor.run(`
    const place = document.querySelector("[data-omneo-records]");
    place.dataset.omneoRecords = "/_sandbox/none";
    place.replaceChildren();
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src: "/omneo/reports.js?again" }))`);
  await visitor.until(async () => /status 404/.test(await status(visitor).catch(() => "")), "the trouble");
  await visitor.run(`
    const place = document.querySelector("[data-omneo-records]");
    place.dataset.omneoRecords = "/_sandbox/records";
    place.querySelector("button").click()`);
  await visitor.until(async () => (await status(visitor)).startsWith("None of 0 records"), "that it was tried again");
});

for (const scheme of ["light", "dark"]) {
  test(`${name}: the reports are accessible and fit a phone and a desk, in ${scheme}`, async (t) => {
    const { visitor } = await open(t, { scheme });
    await isRead(visitor);
    await visitor.run(`for (const one of document.querySelectorAll("details")) one.open = true`);
    for (const width of [390, 1280]) {
      await visitor.driver.manage().window().setRect({ width, height: 900 });
      await visitor.driver.executeScript(axe);
      const { violations } = await visitor.driver.executeAsyncScript("axe.run(document).then(arguments[0], (error) => arguments[0]({ violations: [error.message] }))");
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes?.[0].html]), [], `${width}`);
      assert.ok(await visitor.run("return document.documentElement.scrollWidth <= innerWidth"), `scrolls sideways at ${width}`);
    }
  });
}
