// The same for the entries that have no start.

/** @import { LoadedTracker as Face } from "./omneo-interactions.js" */
import { Nobody, verdict } from "./nobody.js";

export { OmneoError } from "./error.js";

/** The version of this package. */
export const version = __VERSION__;

export const createTracker = async () => new Tracker();

/** @implements {Face} */
class Tracker extends Nobody {
  explain(record) {
    return verdict(record);
  }
}
