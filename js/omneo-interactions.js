// The entry of a page: the module is a file beside this one. Bundlers know `new URL(…, import.meta.url)` and bring it along. This file
// was made for that very module, and no other is taken.

import { createTracker as create } from "./tracker.js";

export { OmneoError, version } from "./tracker.js";

const module = () => new Request(new URL(__MODULE__, import.meta.url), { integrity: __MODULE_INTEGRITY__ });

export const createTracker = (settings) => create(settings, module());
