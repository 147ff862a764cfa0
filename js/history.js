// The changes of the page's address where the browser has no Navigation API to tell of them. A file of its own, as most have it.

import { wrap } from "../src/browser/wrap.js";
import { listen } from "./watch.js";

/** Notes how another page is shown, until `signal` is aborted. */
export default function followHistory(note, signal) {
  if (signal.aborted) return;
  const navigated = (how) => note("navigated", [how]);
  for (const event of ["popstate", "hashchange"]) listen(window, event, () => navigated(), signal);
  wrap(history, "pushState", signal, undefined, () => navigated());
  wrap(history, "replaceState", signal, undefined, () => navigated("replace"));
}
