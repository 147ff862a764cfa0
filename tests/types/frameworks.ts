// The entries of frameworks, and uses that must not compile.

import { OmneoProvider, ProductView, useConsent, useOmneo, useProductView } from "omneo-interactions/react";
import type { OmneoSettings, Product } from "omneo-interactions/react";
import { showProduct, startOmneo, useOmneo as getOmneo } from "omneo-interactions/svelte";
import { createOmneo, useConsent as followConsent, useOmneo as injectOmneo, useProductView as followProduct } from "omneo-interactions/vue";
import type { Tracker } from "omneo-interactions";
import { createElement } from "react";
import { createApp, ref } from "vue";

const settings: OmneoSettings = { tenant: "acme", tokenUrl: "/omneo/token", consent: "tcf", signedIn: true };
const own: OmneoSettings = { endpoint: "/", token: () => null, product: () => null };
const dress: Product = { productId: 1001, variantId: "2001", name: "Linen wrap dress", tags: ["sale"] };

export function inReact(isAgreed: boolean) {
  const omneo: Tracker = useOmneo();
  omneo.login({ method: "password" });
  useProductView(dress);
  useProductView(null);
  useConsent(isAgreed ? "granted" : ["analytics"]);
  return createElement(OmneoProvider, { settings }, createElement(ProductView, dress));
}

export function inVue(): Tracker {
  createApp({}).use(createOmneo(own));
  followProduct(() => dress);
  followProduct(ref<Product | null>(null));
  followConsent(ref<"granted" | "denied">("granted"));
  return injectOmneo();
}

export function inSvelte(): () => void {
  startOmneo(settings);
  startOmneo(() => ({ ...settings, signedIn: false }));
  const stop: () => void = getOmneo().on("failed", ({ reason }) => console.warn(reason));
  stop();
  return showProduct(dress);
}

export function mistakes() {
  // @ts-expect-error: a token is needed, or where it is
  startOmneo({ tenant: "acme" });
  // @ts-expect-error: one of them
  startOmneo({ tenant: "acme", token: () => null, tokenUrl: "/omneo/token" });
  // @ts-expect-error: it would make a promise of the tracker
  createOmneo({ ...settings, load: "now" });
  // @ts-expect-error: a provider has settings
  createElement(OmneoProvider, {});
  // @ts-expect-error: in a call, names are as JavaScript has them
  showProduct({ product_id: 1001 });
  // @ts-expect-error: not one of the three answers
  useConsent("yes");
  // @ts-expect-error: not a platform that is known
  createOmneo({ ...settings, consent: "tfc" });
}
