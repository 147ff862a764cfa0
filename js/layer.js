// Google's data layer, an array that the page and Tag Manager push to.

import { put } from "../src/browser/wrap.js";

/** Hands each entry to `look`, those that are there already and those that come, until `signal` is aborted. */
export function followLayer(name, signal, look) {
  /** @type {unknown[]} */
  const layer = (window[/** @type {any} */ (name)] ??= /** @type {any} */ ([]));
  const { push } = layer;
  // What goes wrong here must not stop who pushes.
  const lookAt = (entry) => {
    try {
      if (!signal.aborted) look(entry);
    } catch (error) {
      reportError(error);
    }
  };
  // What is no array throws here, and stays as it is.
  layer.forEach(lookAt);
  const ours = function (...entries) {
    const pushed = push.apply(this, entries);
    entries.forEach(lookAt);
    return pushed;
  };
  put(ours, "toString", () => push.toString());
  put(layer, "push", ours);
}
