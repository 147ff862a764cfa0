// Calls `changed(how)` when the address of the page changes without a load, `how` being "push", "replace" or "traverse", and
// answers how to stop that.
//
// The Navigation API tells so by itself. Where it is absent, `pushState` and `replaceState` are wrapped, as they are or as
// another script wrapped them before: `this`, arguments, return value and what is thrown pass through, name, length and text of
// the function stay.
export function watchHistory(changed) {
  const on = new AbortController();
  const listen = (target, event, heard) => target.addEventListener(event, heard, { signal: on.signal, capture: true });
  const { navigation } = window;
  if (navigation) {
    listen(navigation, "currententrychange", ({ navigationType }) => changed(navigationType ?? ""));
    return () => on.abort();
  }
  // Before the router hears of it, which may set the title at once.
  for (const event of ["popstate", "hashchange"]) listen(window, event, () => changed("traverse"));
  for (const how of ["push", "replace"]) {
    const name = `${how}State`;
    const before = history[name];
    const wrapped = new Proxy(before, {
      apply(_, self, given) {
        const result = Reflect.apply(before, self, given);
        try {
          if (!on.signal.aborted) changed(how);
        } catch (error) {
          reportError(error);
        }
        return result;
      },
      get: (_, key) => (key === "toString" ? () => before.toString() : before[key]),
    });
    history[name] = wrapped;
    // Another script may have wrapped ours since; then ours stays in its place and is silent.
    on.signal.addEventListener("abort", () => history[name] === wrapped && (history[name] = before));
  }
  return () => on.abort();
}
