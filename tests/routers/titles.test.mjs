// Shops of five pages, each made with another framework, walked through in each browser: each page that was shown is one view at the
// receiver, with its own title and address, whichever page the visitor landed on.
//
// `ROUTERS` says which: `all`, or the names of their folders, separated by commas.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { By } from "selenium-webdriver";
import { Visitor } from "../e2e/browser.mjs";
import { launch } from "../e2e/launch.mjs";
import { ADA, BLANK, startSandbox } from "../e2e/sandbox.mjs";
import { built, prepared, versionOf } from "./build.mjs";
import { SHOPS } from "./shops.mjs";
import { serveApp } from "./site.mjs";

const browsers = (process.env.BROWSERS ?? "chromium,firefox").split(",");
const shops = selected(process.env.ROUTERS?.split(","));
const drivers = {};
const rows = [];

const PAGES = {
  home: ["/", "Home"],
  stores: ["/stores", "Stores"],
  dress: ["/products/dress", "Linen wrap dress"],
  journal: ["/journal", "Journal"],
  about: ["/about", "About us"],
};

// How many views were recorded since the page was loaded.
const COUNT = `<script>
  window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
  window.viewed = 0;
  omneo("on", "recorded", ({ kind }) => { if (kind === "pageView") viewed += 1; });
</script>`;

// What the visitor does, and the page that is shown then. Each page is landed on once. They stay until its view is sent where its title
// may come late: after a load, and on the page that fetches its own. Elsewhere they go on at once.
const WALK = [
  ["open", "home"],
  ["click", "dress"],
  ["click", "stores"],
  ["click", "journal"],
  ["click", "about"],
  ["back", "journal"],
  ["back", "stores"],
  ["forward", "journal"],
  ["click", "home"],
  ["open", "stores"],
  ["click", "dress"],
  ["open", "dress"],
  ["click", "home"],
  ["open", "journal"],
  ["open", "about"],
  ["click", "journal"],
];

after(async () => {
  await Promise.all(Object.values(drivers).map(async (driver) => (await driver).quit()));
  console.log("| made with | version | titles by | browser | views, each once and with its own title |\n| --- | --- | --- | --- | --- |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
});

for (const [name, shop] of shops) {
  test(`${name} by ${shop.titles}`, { concurrency: true }, async (t) => {
    await prepared([shop]);
    const files = await built(shop);
    await Promise.all(browsers.map((browser) => t.test(`${browser}: ${name}`, (t) => visit(t, browser, { name, ...shop, files }))));
  });
}

async function visit(t, browser, shop) {
  const sandbox = await startSandbox(t, BLANK);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  const tag = `${COUNT}<script async src="/omneo/snippet.js" data-endpoint="${sandbox.origin}" data-token-url="/omneo/token" data-consent="granted"></script>`;
  // After a load, the title that came with the page is the app's own for a second at most; later, for as long as it takes.
  const origin = await serveApp(t, { files: shop.files, slow: { landing: 0, later: 1_500 } }, tag, body.data.token);
  const visitor = new Visitor(await (drivers[browser] ??= launch(browser)));
  // A tab of its own: a browser's history of a tab ends at fifty.
  await visitor.driver.switchTo().newWindow("tab");
  const views = async () => (await sandbox.interactions()).filter(({ name }) => name.startsWith("Viewed page")).map(({ name, url }) => [name, url]);
  const wanted = [];
  let sinceLoad = 0;
  for (const [how, page] of WALK) {
    sinceLoad = how === "open" ? 1 : sinceLoad + 1;
    await act(visitor, origin, how, page, sinceLoad);
    wanted.push([`Viewed page: ${titleOf(page)}`, origin + PAGES[page][0]]);
    const isLast = wanted.length === WALK.length;
    // What is missing is told with all the others, at the end.
    const isSent = async () => (await views()).length >= wanted.length;
    if (how === "open" || page === "stores" || isLast) await visitor.until(isSent, `${wanted.length} views`).catch(() => {});
  }
  const seen = await views();
  const isRight = JSON.stringify(seen) === JSON.stringify(wanted);
  rows.push([shop.name, versionOf(shop, shop.package), shop.titles, browser, isRight ? `${seen.length}` : "no"]);
  assert.deepEqual(seen, wanted);
}

/** Takes a step, and waits until its page is shown and seen: what is left within a tenth of a second is none, and no person does it. */
async function act(visitor, origin, how, page, sinceLoad) {
  const { driver } = visitor;
  const [path, heading] = PAGES[page];
  if (how === "open") await driver.get(origin + path);
  else if (how === "click") await visitor.press(By.id(page));
  else await driver.navigate()[how]();
  const shown = () =>
    visitor.run("return [document.title, document.querySelector('h1')?.textContent, location.pathname, document.readyState, viewed]");
  const wanted = [titleOf(page), heading, path, "complete", sinceLoad].join();
  let seen;
  await visitor
    .until(async () => (seen = (await shown()).join()) === wanted, "the page")
    .catch(() => assert.equal(seen, wanted, `what is shown after ${how} ${page}`));
}

const titleOf = (page) => `${PAGES[page][1]} – Acme`;

function selected(names) {
  const all = Object.entries(SHOPS);
  if (!names) return all.filter(([, { isShort }]) => isShort);
  if (names.includes("all")) return all;
  const nameOf = ({ folder }) => folder.replace("shops/", "");
  const stray = names.find((name) => !all.some(([, shop]) => nameOf(shop) === name));
  if (stray === undefined) return all.filter(([, shop]) => names.includes(nameOf(shop)));
  throw new Error(`ROUTERS has "${stray}"; accepted: all, ${all.map(([, shop]) => nameOf(shop)).join(", ")}.`);
}
