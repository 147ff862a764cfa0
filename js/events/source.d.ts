// The type of each `omneo-interactions/events/*`.

import type { EventSource } from "../omneo-interactions.js";

/** Follows what a site emits already; `docs/events.md` says what is heard of it, and what the options are. */
declare const source: (...given: [...Parameters<EventSource>, options: object]) => void;
export default source;
