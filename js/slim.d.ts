import type { LoadedTracker, Settings } from "./omneo-interactions.js";

export * from "./omneo-interactions.js";

/** Starts a tracker with a module that you bring along, see `module` of {@link Settings}. */
export function createTracker(settings: Settings & Required<Pick<Settings, "module">>): Promise<LoadedTracker>;
