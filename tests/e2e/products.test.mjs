// A hundred pages as shops, their systems, plug-ins and documentations write them: which of them show a product, and which one.
//
// The first lines of each page in `products/` have where it lies and what the tracker is to see there; `null` is nothing.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { name as browser, openBrowser } from "./browser.mjs";
import { SEE, told } from "./seen.mjs";
import { servePages } from "./serve.mjs";

const FOLDER = "tests/e2e/products";
const PAGES = readdirSync(FOLDER).map((file) => {
  const html = readFileSync(`${FOLDER}/${file}`, "utf8");
  return { file, html, ...JSON.parse(/<!-- (.*) -->/.exec(html)[1]) };
});

test(`${browser}: products are seen where a page shows one, and nowhere else`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const counts = { right: 0, wrong: 0, missed: 0, silent: 0 };
  const mistakes = [];
  for (const { file, html, at, want } of PAGES) {
    site.page = html;
    await visitor.open(`${site.origin}${at}`);
    const { failures, views } = await visitor.run(SEE);
    assert.deepEqual(failures, [], file);
    const saw = views.map(told);
    const isRight = saw.length === 1 && isDeepStrictEqual(saw[0], want);
    if (isRight) counts.right += 1;
    else if (!want && saw.length === 0) counts.silent += 1;
    else mistakes.push({ file, want, saw });
    counts.wrong += saw.length - Number(isRight);
    counts.missed += Number(want && !isRight);
    for (const { url } of views) assert.equal(url, `${site.origin}${new URL(at, site.origin).pathname}`, file);
  }
  const { right, wrong, missed, silent } = counts;
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `${browser}: ${PAGES.length} pages, ${right + missed} with a product, ${silent} rightly silent; ` +
      `precision ${percent(right, right + wrong)}, recall ${percent(right, right + missed)}`,
  );
  assert.ok(PAGES.length >= 60 && PAGES.filter(({ want }) => !want).length >= 20);
  assert.deepEqual(mistakes, []);
});

const JSON_LD = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Dress</title>
<script type="application/ld+json">{"@type":"Product","name":"Dress","sku":"D-1","productID":"77"}</script>`;

// As `SEE`, with a setting that is the body of a function, and until so many views or failures have come.
const IDENTIFY = `
  const [body, wanted] = given;
  const asked = [];
  window.product = (seen) => (asked.push(seen), new Function("seen", body)(seen));
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  const tracker = await createTracker({ endpoint: "/", token: () => null, product: window.product });
  const views = [], failures = [];
  tracker.on("recorded", ({ kind, record }) => kind === "productView" && views.push(record));
  tracker.on("failed", ({ reason }) => failures.push(reason));
  while (views.length + failures.length < wanted) await new Promise((later) => setTimeout(later));
  tracker.stop();
  return { asked, failures, views };`;

test(`${browser}: the site says which of Omneo's products it is`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const identify = async (body, wanted = 1) => {
    site.page = JSON_LD;
    await visitor.open(`${site.origin}/dress`);
    const { asked, failures, views } = await visitor.run(IDENTIFY, body, wanted);
    return { asked, failures, views: views.map(told) };
  };
  const seen = { name: "Dress", sku: "D-1" };
  const asked = [{ url: `${site.origin}/dress`, ...seen, id: "77" }];
  for (const body of ["return { productId: 1001, categoryId: '31' }", "return Promise.resolve({ productId: 1001, categoryId: 31 })"]) {
    assert.deepEqual(await identify(body), { asked, failures: [], views: [{ ...seen, product_id: 1001, product_category_id: 31 }] });
  }
  for (const body of ["return null", "return Promise.resolve()"]) assert.deepEqual(await identify(body), { asked, failures: [], views: [seen] });
  for (const body of ["throw 7", "return Promise.reject(7)"]) {
    assert.deepEqual(await identify(body, 2), { asked, failures: ["The page's product could not be told."], views: [seen] });
  }
  const bad = "`productId` is \"dress\"; accepted: a whole number from 1 to 9007199254740991";
  assert.deepEqual(await identify("return { productId: 'dress' }"), { asked, failures: [bad], views: [] });
  // Where the address changes before the answer comes, the view is that of the page that showed it.
  const late = await identify("history.replaceState(null, '', '/dress?sent'); return Promise.resolve({ productId: 1 })");
  assert.deepEqual(late.views, [{ ...seen, product_id: 1 }]);
  await assert.rejects(visitor.run(
    `const { createTracker } = await import("/omneo/omneo-interactions.js");
     await createTracker({ endpoint: "/", token: () => null, product: "x" });`,
  ), /`product` is "x"; accepted: a function that answers Omneo's ids of a product, or null/);
});

test(`${browser}: what reads other markup is loaded where there is such markup and nothing better`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const load = async (page) => {
    site.page = page;
    await visitor.open(`${site.origin}/dress`);
    return visitor.run(
      `const { createTracker } = await import("/omneo/omneo-interactions.js");
       const tracker = await createTracker({ endpoint: "/", token: () => null, capture: { productViews: given[0] } });
       await new Promise((seen) => tracker.on("recorded", seen));
       tracker.stop();
       return performance.getEntriesByType("resource").some(({ name }) => name.endsWith("product-markup.js"));`,
      !page.includes("<!-- off -->"),
    );
  };
  const microdata = '<p itemscope itemtype="https://schema.org/Product"><b itemprop="name">Dress</b></p>';
  assert.equal(await load(JSON_LD), false);
  assert.equal(await load(JSON_LD + microdata), false);
  assert.equal(await load("<!doctype html><title>x</title>"), false);
  assert.equal(await load(`<!doctype html><title>x</title><!-- off -->${microdata}`), false);
});

// Markup that is made to hurt, and beside it the product that the page shows.
const ENDLESS = {
  "a type in 4,100 arrays": `{"@type":${"[".repeat(4_100)}${"]".repeat(4_100)},"name":"x"}`,
  "50,000 nested arrays": "[".repeat(50_000) + "]".repeat(50_000),
  "50,000 nested graphs": '{"@graph":['.repeat(50_000) + "]}".repeat(50_000),
  "a property in 4,100 objects": `{"@type":"Thing","about":${'{"about":'.repeat(4_100)}1${"}".repeat(4_100)}}`,
  "half a MB of other products": JSON.stringify(Array.from({ length: 4_000 }, (_, at) => ({ "@type": "Product", name: `n${at}`, sku: "s".repeat(100) }))),
};

test(`${browser}: JSON-LD without end harms nobody, and hides no product beside it`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  for (const [what, text] of Object.entries(ENDLESS)) {
    site.page = `<script>addEventListener("unhandledrejection", ({ reason }) => (window.uncaught = String(reason)))</script>
      ${JSON_LD.replace("<script", `<script type="application/ld+json">${text}</script><script`)}`;
    await visitor.open(`${site.origin}/dress`);
    const { failures, views } = await visitor.run(SEE);
    assert.deepEqual([failures, views.map(told)], [[], [{ name: "Dress", sku: "D-1" }]], what);
    assert.equal(await visitor.run("return document.defaultView.uncaught ?? null"), null, what);
  }
});

// An item within an item, and what an item refers to, as often as anybody likes.
test(`${browser}: the microdata of a page is walked over once, however many items it has`, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const walks = async (items) => {
    const item = `<div itemscope itemtype="https://schema.org/Product" itemref="${"x ".repeat(items)}"><b itemprop="name">Dress</b>`;
    site.page = `<!doctype html><meta charset="utf-8"><title>x</title><i id="x" itemprop="sku">D-1</i>${item.repeat(items)}${"</div>".repeat(items)}`;
    await visitor.open(`${site.origin}/dress`);
    return visitor.run(`
      const { read } = await import("/omneo/product-markup.js");
      let walks = 0;
      for (const { prototype } of [Document, Element]) {
        const all = prototype.querySelectorAll;
        prototype.querySelectorAll = function (...given) { walks += 1; return all.apply(this, given); };
      }
      return [read()[1][0], walks];`);
  };
  const product = { "@type": ["https://schema.org/Product"], name: "Dress", sku: "D-1" };
  const [few, many] = [await walks(100), await walks(400)];
  assert.deepEqual([few[0], many[0]], [product, product]);
  assert.equal(many[1], few[1]);
});
