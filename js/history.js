// Calls `changed(event)` when the address of the page changes without a load, and answers how to stop that.
//
// The Navigation API tells so by itself. Where it is absent, `pushState` and `replaceState` are wrapped: `this`, arguments
// and return value pass through, and so does the text of the function, which some scripts look at.
export function watchHistory(changed) {
  const { navigation } = window;
  if (navigation) {
    navigation.addEventListener("currententrychange", changed);
    return () => navigation.removeEventListener("currententrychange", changed);
  }
  let on = true;
  addEventListener("popstate", changed);
  const unwrap = ["pushState", "replaceState"].map((name) => {
    const native = history[name];
    const wrapped = {
      [name](...args) {
        const result = native.apply(this, args);
        if (on) changed(new Event(name));
        return result;
      },
    }[name];
    wrapped.toString = () => native.toString();
    history[name] = wrapped;
    // Another script may have wrapped ours since; then ours stays in its place and is silent.
    return () => history[name] === wrapped && (history[name] = native);
  });
  return () => {
    on = false;
    removeEventListener("popstate", changed);
    unwrap.forEach((undo) => undo());
  };
}
