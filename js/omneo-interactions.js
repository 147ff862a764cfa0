// The entry of a page: the module is a file beside this one. Bundlers know `new URL(…, import.meta.url)` and bring it along.

import { createTracker as create } from "./tracker.js";

export { OmneoError, version } from "./tracker.js";

export const createTracker = (settings) => create(settings, new URL("omneo-interactions.wasm", import.meta.url));
