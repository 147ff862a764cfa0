// Which submissions of a form are one: those that tell nothing new.
//
// What is in a form is never read, but that somebody changes it can be seen. So a form that is submitted again within a minute is
// submitted once (a second click, a script that sends it after a captcha or a dialog, a visitor who waits in vain), unless a field of
// it was changed since, or a script emptied it, as sites do with one that is done. For the time of a double click even that is
// nothing new: it is what the site does with the first click.

/** Answers `watch(root)`, for a document or shadow root with forms in it, and `isRepeat(form)`, to be asked at each submission. */
export function followRepeats(signal) {
  // When each form was submitted last.
  const last = new WeakMap();
  // Whatever was changed since, with all that it lies in.
  const changed = new WeakSet();
  const change = (event) => {
    const path = event.composedPath();
    // A field may lie outside of its form.
    for (const node of [path[0].form ?? window, ...path]) changed.add(node);
  };
  return {
    watch: (root) => ["input", "change", "reset"].forEach((name) => root.addEventListener(name, change, { signal, capture: true })),
    isRepeat(form) {
      const now = Date.now();
      const passed = now - last.get(form);
      last.set(form, now);
      return passed < (changed.delete(form) ? DOUBLE_CLICK_MS : REPEAT_MS);
    },
  };
}

// The longest double click that systems know by default.
const DOUBLE_CLICK_MS = 500;
const REPEAT_MS = 60_000;
