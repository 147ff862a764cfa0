import { wrap } from "./wrap.js";

/**
 * Calls `changed(how)` when the address of the page changes without a load, `how` being "push", "replace" or "traverse", until
 * `signal` is aborted.
 *
 * The Navigation API tells so by itself. Where it is absent, `pushState` and `replaceState` are wrapped.
 */
export function watchHistory(changed, signal) {
  const on = { __proto__: null, signal, capture: true };
  const { navigation } = window;
  // A variable of the page, or an element, may be called so.
  if ({}.toString.call(navigation) === "[object Navigation]") {
    return navigation.addEventListener("currententrychange", ({ navigationType }) => changed(navigationType), on);
  }
  // Before the router hears of it, which may set the title at once.
  for (const event of ["popstate", "hashchange"]) addEventListener(event, () => changed(), on);
  for (const how of ["push", "replace"]) wrap(history, `${how}State`, signal, undefined, () => changed(how));
}
