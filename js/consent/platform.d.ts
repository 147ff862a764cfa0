// The type of each `omneo-interactions/consent/*`.

import type { Consent } from "../omneo-interactions.js";

/**
 * Reads a consent platform. `changed` is called when there may be another answer, until `signal` is aborted; what comes back
 * answers what the visitor's answer is now. `docs/consent.md` says what the options of each platform are.
 */
declare const platform: (changed: () => void, signal: AbortSignal, options: object) => () => Consent;
export default platform;
