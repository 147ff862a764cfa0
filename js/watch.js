// What happens on the page before the tracker is there: which pages are shown and which forms submitted, and never what is in them.
// `src/browser/history.rs` and `src/browser/forms.rs` see more, and come in its place.

/** Hears of each such event until `signal` is aborted, whatever all objects inherit on this page. */
export const listen = (target, event, heard, signal) =>
  EventTarget.prototype.addEventListener.call(target, event, heard, { __proto__: null, signal, capture: true });

/** What the document itself has by that name: an element hides the property of the document that it has the name of. */
export const ofDocument = (name) => Reflect.get(Document.prototype, name, document);

/**
 * Tells `note` of each page that is shown and of each form that is submitted, until `signal` is aborted. `file` loads what only few
 * pages need: what follows the history where there is no Navigation API, and what reads a form that a script has sent.
 */
export function watch(note, file, signal) {
  const navigated = (how) => note("navigated", [how]);

  // By a load. A router leaves a state with the page's entry of the history.
  navigated(!history.state);
  listen(window, "pageshow", ({ persisted }) => persisted && navigated("restored"), signal);
  // A variable of the page, or an element, may be called so.
  if (window.navigation?.currentEntry) listen(window.navigation, "currententrychange", (event) => navigated(event.navigationType), signal);
  else file("history", note, signal);
  listen(window, "submit", (event) => file("submission", note, event, Date.now()), signal);
}
