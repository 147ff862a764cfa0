// What a site emits already, with Google's own snippet and Tag Manager's way of pushing, on a page that is captured as well.

import assert from "node:assert/strict";
import { test } from "node:test";
import { name, openBrowser } from "./browser.mjs";
import { ADA, BLANK, startSandbox } from "./sandbox.mjs";
import { serve } from "./serve.mjs";

// The tag as https://developers.google.com/tag-platform/gtagjs has it, but for the script of Google's that it would load.
const GTAG = `
  window.dataLayer = window.dataLayer || [];
  window.gtag = function gtag() { dataLayer.push(arguments); };
  gtag("js", new Date());
  gtag("config", "G-TEST");
`;
const TRACKER = `
  const { createTracker } = await import("/omneo/omneo-interactions.js");
  window.refused = [];
  window.tracker = await createTracker({ endpoint: "/", token: () => given[0], consent: given[1] ?? "granted", events: "google" });
  tracker.on("refused", ({ rule, reason, record }) => refused.push([rule, record.name, reason]));
`;
const COAT = `
  document.title = "Coat";
  const product = document.createElement("script");
  product.type = "application/ld+json";
  product.textContent = JSON.stringify({ "@type": "Product", name: "Linen coat", sku: "C-1" });
  document.head.append(product);
`;

async function shop(t) {
  const sandbox = await startSandbox(t, BLANK);
  const visitor = await openBrowser(t);
  const { body } = await sandbox.call("POST", "/id/api/v1/auth/token", { id: ADA });
  await visitor.open(sandbox.url("/"));
  const recorded = async () => {
    await visitor.run("await tracker.flush()");
    return (await sandbox.interactions()).map(({ name: label, meta }) => [label, meta?.sku ?? meta?.method ?? meta?.form].filter(Boolean).join(" | "));
  };
  return { sandbox, visitor, token: body.data.token, recorded };
}

test(`${name}: what gtag and Tag Manager pushed before and after is recorded once beside what is captured`, async (t) => {
  const { sandbox, visitor, token, recorded } = await shop(t);
  await visitor.run(
    `${COAT} ${GTAG}
     gtag("event", "page_view", { page_title: "Coat", send_to: "G-1" });
     gtag("event", "page_view", { page_title: "Coat", send_to: "G-2" });
     gtag("event", "login", { method: "Google" });
     ${TRACKER}`,
    token,
  );
  await visitor.run(`
    const items = [{ item_id: "C-1", item_name: "Linen coat", price: 98765.43 }];
    gtag("event", "view_item", { currency: "AUD", value: 98765.43, items, user_data: { email: "someone@example.com" } });
    dataLayer.push({ ecommerce: null });
    dataLayer.push({ event: "view_item", ecommerce: { value: 19, items: [{ item_id: "S-1", item_name: "Quick look scarf" }] } });
    gtag("event", "generate_lead", { value: 5, currency: "AUD" });
    gtag("event", "purchase", { transaction_id: "T-1", value: 98765.43, items });
    dataLayer.push({ event: "add_payment_info", ecommerce: { items } });
    gtag("event", "scroll", { percent_scrolled: 90 });
  `);
  assert.deepEqual((await recorded()).sort(), [
    "Logged in | Google",
    "Submitted form",
    "Viewed page: Coat",
    "Viewed product: Linen coat | C-1",
    "Viewed product: Quick look scarf | S-1",
  ]);
  const refused = await visitor.run("return refused");
  assert.deepEqual(refused.map(([rule, event]) => `${rule} ${event}`), ["own-model purchase", "own-model add_payment_info"]);
  assert.match(refused[0][2], /Transaction/);
  const all = JSON.stringify(await sandbox.interactions());
  for (const secret of ["someone", "98765", "AUD", "T-1"]) assert.ok(!all.includes(secret), secret);
});

test(`${name}: a router's page_view and its change of address are one view, and a form's event and its submission one submission`, async (t) => {
  const { visitor, token, recorded } = await shop(t);
  await visitor.run(`${GTAG} ${TRACKER}`, token);
  await visitor.run(`
    for (const [path, title] of [["/a", "A"], ["/b", "B"]]) {
      history.pushState(null, "", path);
      document.title = title;
      gtag("event", "page_view", { page_title: title, page_location: location.href });
      await tracker.flush();
      await new Promise((later) => setTimeout(later));
    }
    for (let times = 0; times < 2; times += 1) {
      const form = document.createElement("form");
      form.setAttribute("name", "newsletter");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        gtag("event", "form_submit", { form_name: "newsletter" });
        gtag("event", "generate_lead", {});
      });
      document.body.append(form);
      form.requestSubmit();
      await new Promise((later) => setTimeout(later));
    }
  `);
  const first = "Viewed page: Nothing but what a test puts here";
  const form = "Submitted form: newsletter | newsletter";
  assert.deepEqual((await recorded()).filter((label) => label !== "Logged in").sort(), [form, form, "Viewed page: A", "Viewed page: B", first].sort());
});

test(`${name}: nothing is heard where consent was denied, and the page's own push is as it was`, async (t) => {
  const { visitor, token, recorded } = await shop(t);
  await visitor.run(`${GTAG} gtag("event", "login", { method: "Google" }); ${TRACKER}`, token, "denied");
  const seen = await visitor.run(`
    const before = dataLayer.length;
    const answer = dataLayer.push({ event: "login", method: "Google" }, { event: "purchase" });
    tracker.consent("granted");
    await new Promise((later) => setTimeout(later));
    return [answer - before, refused, Object.keys(dataLayer.at(-1)), String(dataLayer.push) === String([].push)];
  `);
  assert.deepEqual(seen, [2, [], ["event"], true]);
  assert.ok(!(await recorded()).includes("Logged in | Google"));
});

test(`${name}: a web pixel records from within its frame, which has neither storage nor an origin`, async (t) => {
  const { sandbox, visitor, token } = await shop(t);
  const anywhere = { "Access-Control-Allow-Origin": "*" };
  const [store, files] = [await serve(t, "tests/e2e/pixel", anywhere), await serve(t, "dist", anywhere)];
  const given = new URLSearchParams({ token, endpoint: sandbox.origin, tracker: `${files}omneo-interactions.js` });
  await visitor.open(`${store}?${given}`);
  const told = () => visitor.run("return told");
  await visitor.until(async () => (await told()).includes("delivered"), "the pixel to deliver");
  const url = "https://fern.example/products/coat";
  assert.deepEqual(
    (await sandbox.interactions()).map(({ name: label, url: address, meta }) => [label, address, meta.sku ?? meta.form ?? ""]).sort(),
    [
      ["Submitted form: contact", url, "contact"],
      ["Viewed page: Coat", url, ""],
      ["Viewed product: Coat", url, "C-1"],
    ],
  );
  // That nothing outlives the frame is told once; else nothing goes wrong.
  assert.deepEqual((await told()).sort(), ["delivered", "failed: storage", "own-model checkout_completed"]);
});
