// A review on the demo, and what the tenant's reaction makes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { name, openBrowser } from "./browser.mjs";
import { startSandbox } from "./sandbox.mjs";
import { signIn } from "./walk.mjs";

const AWARD = By.xpath("//ul[@id='awards']/li[starts-with(., '50 points: first product review of ')]");

test(`${name}: the first review of a month is worth points, and is no more than an answer`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.click("Accept");
  await signIn(visitor, sandbox);
  for (const product of ["linen-wrap-dress", "merino-crew"]) {
    await visitor.open(sandbox.url(`/products/${product}.html`));
    await visitor.ready();
    await visitor.press(By.xpath("//span[.='I love it']"));
    await visitor.click("Send review");
    await visitor.see(By.xpath("//p[@id='review-said'][.='Thank you. Your review is noted.']"));
    await visitor.run("await omneo('flush')");
  }
  const reviews = (await sandbox.interactions()).filter(({ action }) => action === "feedback");
  assert.deepEqual(
    reviews.map(({ name, signal, namespace, product_id, meta, description }) => [name, signal, namespace, product_id, Object.keys(meta), description]),
    [
      ["Reviewed product: Linen wrap dress", 1, "product-review", 1001, ["event_id"], null],
      ["Reviewed product: Merino crew", 1, "product-review", 1004, ["event_id"], null],
    ],
  );
  await visitor.open(sandbox.url("/account/"));
  await visitor.see(AWARD);
  assert.equal((await visitor.driver.findElements(AWARD)).length, 1);
  assert.equal(await (await visitor.see(By.id("points"))).getText(), "You have 50 points.");
});

test(`${name}: who declined is told that no review is noted, and has no points`, async (t) => {
  const sandbox = await startSandbox(t);
  const visitor = await openBrowser(t);
  await visitor.open(sandbox.url("/"));
  await visitor.click("Decline");
  await signIn(visitor, sandbox);
  await visitor.open(sandbox.url("/products/linen-wrap-dress.html"));
  await visitor.ready();
  await visitor.press(By.xpath("//span[.='Not for me']"));
  await visitor.click("Send review");
  await visitor.see(By.xpath("//p[@id='review-said'][contains(., 'not noted')]"));
  assert.deepEqual(await sandbox.interactions(), []);
  await visitor.open(sandbox.url("/account/"));
  await visitor.see(By.xpath("//p[@id='points'][starts-with(., 'No points yet')]"));
});
