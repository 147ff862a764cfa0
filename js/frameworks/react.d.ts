import type { ReactNode } from "react";
import type { Consent, Tracker } from "../omneo-interactions.js";
import type { OmneoSettings, Product } from "./settings.js";

export type { OmneoSettings, Product };

/**
 * Goes around the whole app. The page's tracker starts as it is mounted, once, and stops when it has been unmounted for good. It may
 * stand in a server component where the settings are plain data: `tokenUrl` in place of `token`.
 */
export function OmneoProvider(props: { settings: OmneoSettings; children?: ReactNode }): ReactNode;

/** The tracker: the same object in each render and on a server, where its calls do nothing. Call it in effects and event handlers. */
export function useOmneo(): Tracker;

/**
 * Records that this product is shown: once for as long as it is, whatever renders or mounts anew, and again when it is another one.
 * Nothing while it is null. Only needed where the page's markup does not tell of its product.
 */
export function useProductView(product: Product | null | undefined): void;

/** {@link useProductView} as an element that shows nothing, for server components. */
export function ProductView(product: Product): null;

/** Tells the tracker the visitor's answer, and each other one when it changes. For who keeps it in a state of their own. */
export function useConsent(answer: Consent): void;
