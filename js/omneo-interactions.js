// The entry of a page: the module is a file beside this one. Bundlers know `new URL(…, import.meta.url)` and bring it along. This file
// was made for that very module, and no other is taken. Where a page has a `URL` of its own, the standard's other name for it serves.

import { createTracker as create } from "./tracker.js";

export { OmneoError, version } from "./tracker.js";

const address = () => (URL === webkitURL ? new URL(__MODULE__, import.meta.url) : new webkitURL(__MODULE__, import.meta.url));
const module = () => new Request(address(), { __proto__: null, integrity: __MODULE_INTEGRITY__ });

export const createTracker = (settings, queue) => create(settings, module(), queue);
