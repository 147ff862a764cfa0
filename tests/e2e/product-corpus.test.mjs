// The corpus of product pages, as a browser sees them: recall and precision of the half to work with, and of the half that is held back.
// `npm run corpus:products` prints both. What is wrong in the half that is held back stays untold.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { pages, score } from "../corpora/products.mjs";
import { name as browser, openBrowser } from "./browser.mjs";
import { SEE, told } from "./seen.mjs";
import { servePages } from "./serve.mjs";

// Of the half that is held back as well: some two pages of its 85 may be wrong.
const [LEAST_RECALL, LEAST_PRECISION] = [0.96, 0.97];

// What is read of a page does not depend on the browser, and it is many pages.
const options = { skip: browser !== "chromium" && "once is enough" };

test(`${browser}: nearly every page of the corpus is seen as it is`, options, async (t) => {
  const site = await servePages(t);
  const visitor = await openBrowser(t);
  const results = [];
  for (const page of pages) {
    site.page = page.html;
    await visitor.open(site.origin + page.at);
    const { failures, views } = await visitor.run(SEE);
    const saw = views.map(told);
    const isRight = failures.length === 0 && isDeepStrictEqual(saw, page.want ? [page.want] : []);
    results.push({ ...page, saw, isRight });
  }
  for (const isHeldBack of [false, true]) {
    const half = results.filter((result) => result.isHeldBack === isHeldBack);
    const { recall, precision, wrong } = score(half);
    const percent = (part) => `${(100 * part).toFixed(1)} %`;
    console.log(`${isHeldBack ? "held back" : "to work with"}: ${half.length} pages, recall ${percent(recall)}, precision ${percent(precision)}, ${wrong.length} not as wanted`);
    if (!isHeldBack) for (const { name, want, saw } of wrong) console.log(`  ${name}: wanted ${JSON.stringify(want)}, saw ${JSON.stringify(saw)}`);
    assert.ok(recall >= LEAST_RECALL && precision >= LEAST_PRECISION, `recall ${recall}, precision ${precision}`);
  }
});
