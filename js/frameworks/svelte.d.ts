import type { Tracker } from "../omneo-interactions.js";
import type { OmneoSettings, Product } from "./settings.js";

export type { OmneoSettings, Product };

/**
 * Called by the component around all pages, as it is made. The page's tracker starts at once, and stops when the component has been
 * taken away for good. A function may read what changes, such as the layout's `data`; it is called once.
 */
export function startOmneo(settings: OmneoSettings | (() => OmneoSettings)): void;

/** The tracker: always the same object, also on a server, where its calls do nothing. */
export function useOmneo(): Tracker;

/**
 * Records that this product is shown, once for as long as it is, and returns what ends that: `$effect(() => showProduct({…}))`. Only
 * needed where the page's markup does not tell of its product.
 */
export function showProduct(product: Product): () => void;
