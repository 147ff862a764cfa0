// The entry for who brings the module along: `createTracker({ module })`.

import { createTracker as create } from "./tracker.js";

export { OmneoError, version } from "./tracker.js";

export const createTracker = (settings) => create(settings);
