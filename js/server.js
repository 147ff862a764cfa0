// The entry of a server: nobody visits it, so nothing is recorded. Pages that are rendered there can import and call the tracker
// as in a browser.

/** @import { Tracker as Face } from "./omneo-interactions.js" */
import { Nobody, verdict } from "./nobody.js";

export { OmneoError } from "./error.js";

/** The version of this package. */
export const version = __VERSION__;

export const createTracker = (settings) => (settings?.load === "now" ? import("./server-loaded.js").then((loaded) => loaded.createTracker()) : new Tracker());

/** @implements {Face} */
class Tracker extends Nobody {
  async explain(record) {
    return verdict(record);
  }
}
