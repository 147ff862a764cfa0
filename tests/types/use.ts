// The README's calls as a site writes them, and calls that must not compile. Nothing here runs: the compiler is the test.

import { createTracker, OmneoError, version } from "omneo-interactions";
import type { Interaction, LoadedTracker, Settings, Tracker, Verdict } from "omneo-interactions";
import { createTracker as inOneFile } from "omneo-interactions/inline";
import { createTracker as withModule } from "omneo-interactions/slim";
import type { OmneoPrivacy } from "omneo-interactions/privacy";
import { shopify } from "omneo-interactions/shopify";
import { cypress, expose, watch } from "omneo-interactions/testing";
import type { Cy, Page, Watch } from "omneo-interactions/testing";

const settings: Settings = {
  tenant: "acme",
  route: "me",
  token: () => fetch("/omneo/token").then((answer) => answer.json()),
  namespace: "web-engagement",
  channel: "website",
  consent: "unknown",
  policy: {
    extends: "default",
    rules: [
      { rule: "reviews", purpose: "marketing", kind: ["record"], action: ["feedback"], url: ["/reviews/*"], meta: ["topic"] },
      { rule: "club", form: ["club"], fields: ["size", { name: "birthday", personal: true }] },
    ],
    query: ["size"],
  },
  product: async ({ sku, gtin, id }) => (sku ? { productId: 1001, categoryId: "31" } : gtin || id ? null : {}),
  forms: ["hubspot", "typeform", (submitted, signal) => addEventListener("my-form", () => submitted("size-advice"), { signal })],
  capture: { pageViews: true, productViews: true, forms: true, logins: true, durations: true },
  clienteling: { minutes: 90 },
  batch: { records: 20, seconds: 5 },
};

export async function site(): Promise<string> {
  const tracker: Tracker = createTracker(settings);
  tracker.pageView();
  tracker.productView({ productId: 1001, variantId: "2001", categoryId: 31, name: "Linen dress" });
  tracker.login({ method: "password" });
  tracker.formSubmission({ form: "newsletter", name: "Newsletter" });
  tracker.clienteling({ staffId: 501, locationId: 7 });
  tracker.clienteling(null);
  tracker.consent("granted");
  tracker.signOut();
  const { delivered, refused, kept, failed } = await tracker.flush();
  const counts: number[] = [delivered, refused, kept, failed];

  const record: Interaction = { action: "view", channel: "website", signal: 0, name: "Viewed", namespace: "web-engagement" };
  tracker.record({ ...record, product_id: 1001, tags: ["sale"], meta: { event_id: "…", nested: { any: [1] } } });
  tracker.record({ ...record, interacted_type: "order", interacted_id: 9, interacted_at: new Date() });
  tracker.on("recorded", ({ dropped }) => dropped?.forEach(({ field, reason }) => console.log(field, reason)));
  const { allowed, rule, reason }: Verdict = await tracker.explain(record);

  const unlisten: () => void = tracker.on("refused", ({ rule, reason, record }) => console.log(rule, reason, record?.name));
  tracker.on("delivered", ({ status }) => status.toFixed());
  tracker.on("failed", ({ reason, status }) => console.warn(reason, status));
  unlisten();
  tracker.stop();
  return [version, allowed, rule, reason, ...counts].join();
}

export const consents: Settings["consent"][] = [
  "granted",
  ["analytics", "marketing"],
  "tcf",
  { tcf: { purposes: [1, 9], elsewhere: "unknown" } },
  (changed, signal) => {
    addEventListener("chosen", changed, { signal });
    return () => "unknown";
  },
];

export const emitted: Settings["events"][] = [
  "google",
  { google: { dataLayer: "ownLayer" }, shopify: {} },
  [
    "google",
    (heard, signal) => {
      addEventListener("viewed", () => heard("productView", { sku: "C-1" }), { signal });
      heard("purchase");
    },
  ],
];

export const tokens: Settings["token"][] = [
  shopify({ tenant: "acme", customer: 7001, signature: "7edd" }),
  { shopify: { customer: "7001", signature: "7edd", endpoint: "https://proxy.example" } },
  { shopify: { customer: null, signature: null } },
  // @ts-expect-error: the shop's secret is not for a page
  shopify({ tenant: "acme", customer: 7001, secret: "…" }),
];

export async function otherEntries(module: WebAssembly.Module): Promise<LoadedTracker[]> {
  await createTracker({ ...settings, load: "now", signedIn: true, beforeConsent: "drop" });
  // @ts-expect-error: without a module there is nothing to start
  await withModule(settings);
  return [await inOneFile(settings), await withModule({ ...settings, module })];
}

export async function inTests(page: Page, cy: Cy, tracker: Tracker): Promise<number> {
  expose(tracker);
  const omneo: Watch = await watch(page, { now: "2026-01-01T12:00:00Z", timeout: 10_000 });
  const { record, dropped } = await omneo.recorded({ kind: "productView", record: { product_id: 1001, name: /dress/, tags: ["sale"] } });
  const { rule }: { rule: string } = await omneo.refused({ rule: (name) => name.startsWith("own") }, { timeout: 1 });
  await omneo.none("failed");
  await omneo.advance(60_000);
  // @ts-expect-error: an event that does not exist
  await omneo.none("sent");
  // @ts-expect-error: no such field
  await omneo.recorded({ record: { price: 1 } });
  cypress(cy).recorded({ kind: "pageView" });
  const { delivered } = await omneo.flush();
  return delivered + omneo.events("delivered", { status: 201 }).length + record.name.length + rule.length + (dropped?.length ?? 0);
}

export function mistake(error: unknown): string {
  return error instanceof OmneoError ? `${error.code} ${error.field} ${error.given} ${error.accepted}` : "";
}

export function mistakes(tracker: Tracker, record: Interaction): void {
  // @ts-expect-error: who assists must be said, or null
  tracker.clienteling();
  // @ts-expect-error: a token is always needed
  createTracker({ tenant: "acme" });
  // @ts-expect-error: not one of the three answers
  tracker.consent("yes");
  // @ts-expect-error: not a platform that is known
  settings.consent = "tfc";
  // @ts-expect-error: not a source that is known
  settings.events = "segment";
  // @ts-expect-error: not one of the three answers
  settings.consent = () => () => true;
  // @ts-expect-error: not a vendor that is known
  settings.forms = ["marketo"];
  // @ts-expect-error: Omneo's products have no such number
  settings.product = () => ({ sku: "LD-1" });
  // @ts-expect-error: an event that does not exist
  tracker.on("sent", () => {});
  // @ts-expect-error: what a delivered record has no reason for
  tracker.on("delivered", ({ reason }) => reason);
  // @ts-expect-error: not one of Omneo's actions
  tracker.record({ ...record, action: "click" });
  // @ts-expect-error: signals are -1, 0 and 1
  tracker.record({ ...record, signal: 2 });
  // @ts-expect-error: `namespace` is required
  tracker.record({ action: "view", channel: "website", signal: 0, name: "Viewed" });
  // @ts-expect-error: Omneo knows no such field
  tracker.record({ ...record, price: 10 });
  // @ts-expect-error: in a call, names are as JavaScript has them
  tracker.productView({ product_id: 1001 });
  // @ts-expect-error: what a visitor typed is never taken
  tracker.formSubmission({ form: "newsletter", fields: { email: "a@example.com" } });
  // @ts-expect-error: the platform has no such option
  settings.consent = { klaro: { services: "crm" } };
  // @ts-expect-error: a source answers what reads the answer, and not the answer
  settings.consent = () => "granted";
  // @ts-expect-error: where the token is, only the script tag and the entries of frameworks know
  createTracker({ tenant: "acme", tokenUrl: "/omneo/token" });
  // @ts-expect-error: a token is asked for, and never given
  createTracker({ tenant: "acme", token: "eyJ" });
  // @ts-expect-error: also where the server knows that somebody is signed in
  createTracker({ tenant: "acme", signedIn: true });
  // @ts-expect-error: nothing is called so
  settings.capture = { pageView: false };
  // @ts-expect-error: purposes are numbers there
  settings.consent = { tcf: { purposes: "1,5" } };
  // @ts-expect-error: a rule has a name
  settings.policy = { rules: [{ kind: ["record"] }] };
}

export function privacy(tracker: Tracker): void {
  const element: OmneoPrivacy = document.createElement("omneo-privacy");
  element.settings = { ...settings, route: "relay", tracker, texts: { title: "My data" } };
  element.settings = { tenant: "acme", tokenUrl: "/omneo/token", consent: "klaro", setConsent: (answer) => tracker.consent(answer) };
  element.refresh();
  // @ts-expect-error: customers have no token for a profile that is named
  element.settings = { route: { profile: "x" } };
}
