// Which forms are submitted, however that is done.

import { ask, fieldsOf, whichForm } from "./markup.js";
import { followRepeats } from "./repeats.js";
import { wrap } from "./wrap.js";

// Tells of each submission, until `signal` is aborted. `embeds` are the adapters of embedded forms.
export function followForms(embeds, tell, failed, signal) {
  // Selectors of the forms that an adapter speaks for.
  const embedded = [];
  watchForms((form, submitter) => {
    if (embedded.some((selector) => ask(form, "matches", selector))) return;
    // The tracker says which fields to read, from their markup; the values of the others are never looked at.
    const { fields, read } = fieldsOf(form);
    const submit = () => tell("submitted", [...whichForm(form, submitter), fields]);
    const places = submit();
    places?.forEach((at) => fields[at].push(read(at)));
    if (places) submit();
  }, signal);
  // An embedded form says that it was submitted, and which one it is.
  const submitted = (form, name = "") => tell("submitted", [form, name, "", []]);
  for (const embed of embeds) {
    try {
      const selector = embed(submitted, signal);
      if (selector) embedded.push(selector);
    } catch (error) {
      failed({ reason: "An adapter of `forms` threw.", error });
    }
  }
}

// Calls `submitted(form, submitter)` for each submission. What the browser's own validation stops fires no event and is none.
function watchForms(submitted, signal) {
  // The forms whose event is on its way, and those whose event a script took over.
  const onTheWay = new Set();
  const taken = new WeakSet();
  // The last one that was taken over.
  let latest;
  const repeats = followRepeats(signal);

  const count = (form, submitter) => {
    onTheWay.delete(form);
    if (!repeats.isRepeat(form)) submitted(form, submitter);
  };
  const decide = (form, { submitter, defaultPrevented }) => {
    if (!onTheWay.delete(form) || signal.aborted || (defaultPrevented && isInvalid(form))) return;
    if (defaultPrevented) taken.add((latest = form));
    count(form, submitter);
  };

  // A shadow root keeps the event to itself, and a page's own listener may stop it. Where a script took it over, what it thinks of
  // the input is seen a task later; else the page is about to go.
  const roots = new WeakSet();
  const watch = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    repeats.watch(root);
    const begun = (event) => {
      const form = event.target;
      // A script may dispatch an event of that name anywhere.
      if (!isForm(form)) return;
      onTheWay.add(form);
      setTimeout(() => decide(form, event));
    };
    root.addEventListener("submit", begun, { signal, capture: true });
    root.addEventListener("submit", (event) => event.defaultPrevented || decide(event.target, event), { signal });
  };
  watch(window);

  // Whoever fills in a form clicks or has the focus in it first, and these events tell of the shadow roots that they come from.
  const look = (event) => event.composedPath().forEach((node) => node instanceof ShadowRoot && watch(node));
  for (const name of ["click", "focusin"]) addEventListener(name, look, { signal, capture: true });

  const { prototype } = HTMLFormElement;
  // Called on what is no form, the methods themselves throw.
  wrap(prototype, "requestSubmit", signal, (form) => isForm(form) && watch(ask(form, "getRootNode")));
  // Fires no event. After one that a script took over, to do something first, it is the same submission, also by a copy of the form.
  wrap(prototype, "submit", signal, (form) => {
    if (!isForm(form) || taken.delete(form)) return;
    const own = [...onTheWay, latest].find((one) => one && isSame(one, form)) ?? form;
    if (!taken.delete(own) && ask(form, "isConnected")) count(own);
  });
}

const isForm = (target) => target instanceof HTMLFormElement;

// A copy of a form has all that the form has, but what the script that made it changed, such as its style.
const isSame = (one, other) =>
  one === other ||
  (ask(one, "length") === ask(other, "length") &&
    ["name", "id", "action"].every((name) => ask(one, "getAttribute", name) === ask(other, "getAttribute", name)));

// A script that checks the input itself prevents the event, as one does that sends it: what was wrong is told by the browser where it
// may not tell the visitor, or by ARIA, as validation libraries do.
const isInvalid = (form) =>
  (ask(form, "hasAttribute", "novalidate") && ask(form, "matches", ":invalid")) || ask(form, "querySelector", "[aria-invalid=true]") !== null;
