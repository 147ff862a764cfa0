// Which forms are submitted, however that is done.

// Calls `submitted(form, submitter)` for each submission, until `signal` is aborted. What the browser's own validation stops fires
// no event and is none.
export function watchForms(submitted, signal) {
  // The forms whose event is on its way, and those whose event a script took over.
  const onTheWay = new WeakSet();
  const taken = new WeakSet();

  const decide = (form, { submitter, defaultPrevented }) => {
    if (!onTheWay.delete(form) || signal.aborted || (defaultPrevented && isInvalid(form))) return;
    if (defaultPrevented) taken.add(form);
    submitted(form, submitter);
  };

  // A shadow root keeps the event to itself, and a page's own listener may stop it. Where a script took it over, what it thinks of
  // the input is seen a task later; else the page is about to go.
  const roots = new WeakSet();
  const watch = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    const begun = (event) => {
      const form = event.target;
      onTheWay.add(form);
      setTimeout(decide, 0, form, event);
    };
    root.addEventListener("submit", begun, { signal, capture: true });
    root.addEventListener("submit", (event) => event.defaultPrevented || decide(event.target, event), { signal });
  };
  watch(window);

  // Whoever fills in a form clicks or has the focus in it first, and these events tell of the shadow roots that they come from.
  const look = (event) => event.composedPath().forEach((node) => node instanceof ShadowRoot && watch(node));
  for (const name of ["click", "focusin"]) addEventListener(name, look, { signal, capture: true });

  intercept("requestSubmit", signal, (form) => watch(form.getRootNode()));
  // Fires no event. After one that a script took over, to do something first, it is the same submission.
  intercept("submit", signal, (form) => {
    if (taken.delete(form) || !form.isConnected) return;
    onTheWay.delete(form);
    submitted(form);
  });
}

// Puts `act(form)` before a method of all forms. `this`, arguments, return value and text stay as they are, and what goes wrong here
// is not the page's concern.
function intercept(name, signal, act) {
  /** @type {any} */
  const { prototype } = HTMLFormElement;
  /** @type {Function} */
  const native = prototype[name];
  const around = new Proxy(native, {
    apply(_, form, given) {
      try {
        if (!signal.aborted) act(form);
      } catch {
        // Not a form: the method itself throws.
      }
      return Reflect.apply(native, form, given);
    },
    get: (_, key) => (key === "toString" ? () => native.toString() : native[key]),
  });
  prototype[name] = around;
  // Another script may have wrapped ours since; then ours stays in its place and is silent.
  signal.addEventListener("abort", () => prototype[name] === around && (prototype[name] = native));
}

// A script that checks the input itself prevents the event, as one does that sends it: what was wrong is told by the browser where it
// may not tell the visitor, or by ARIA, as validation libraries do.
const isInvalid = (form) =>
  (form.hasAttribute("novalidate") && form.matches(":invalid")) || form.querySelector("[aria-invalid=true]") !== null;
