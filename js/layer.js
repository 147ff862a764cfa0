// Google's data layer, an array that the page and Tag Manager push to.

import { put } from "../src/browser/wrap.js";

/** Hands each entry to `look`, those that are there already and those that come, until `signal` is aborted. */
export function followLayer(name, signal, look) {
  /** @type {unknown[]} */
  const layer = (window[/** @type {any} */ (name)] ??= /** @type {any} */ ([]));
  if (!Array.isArray(layer)) throw new TypeError(`\`${name}\` is no array`);
  const { push } = layer;
  // What goes wrong here must not stop who pushes.
  const lookAt = (entry) => {
    try {
      if (!signal.aborted) look(entry);
    } catch (error) {
      reportError(error);
    }
  };
  const ours = function (...entries) {
    const pushed = push.apply(this, entries);
    entries.forEach(lookAt);
    return pushed;
  };
  put(ours, "toString", () => push.toString());
  put(layer, "push", ours);
  layer.forEach(lookAt);
}
