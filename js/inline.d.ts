import type { LoadedTracker, Settings } from "./omneo-interactions.js";

export * from "./omneo-interactions.js";

/** Starts a tracker, all of which is in this file. */
export function createTracker(settings: Settings): Promise<LoadedTracker>;
