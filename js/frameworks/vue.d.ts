import type { MaybeRefOrGetter, Plugin } from "vue";
import type { Consent, Tracker } from "../omneo-interactions.js";
import type { OmneoSettings, Product } from "./settings.js";

export type { OmneoSettings, Product };

/** The plugin, `app.use(createOmneo(settings))`: the page's tracker starts at once, and stops when the app is unmounted for good. */
export function createOmneo(settings: OmneoSettings): Plugin<[]>;

/** The tracker: always the same object, also on a server, where its calls do nothing. */
export function useOmneo(): Tracker;

/**
 * Records that this product is shown: once for as long as it is, whatever is rendered or mounted anew, and again when it is another
 * one. Nothing while it is null. Only needed where the page's markup does not tell of its product.
 */
export function useProductView(product: MaybeRefOrGetter<Product | null | undefined>): void;

/** Tells the tracker the visitor's answer, and each other one when it changes. For who keeps it in a state of their own. */
export function useConsent(answer: MaybeRefOrGetter<Consent>): void;
