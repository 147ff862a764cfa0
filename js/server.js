// The entry of a server: nobody visits it, so nothing is recorded. Pages that are rendered there can import and call the tracker
// as in a browser.

/** @import { Tracker as Face } from "./omneo-interactions.js" */
export { OmneoError } from "./error.js";

/** The version of this package. */
export const version = __VERSION__;

export const createTracker = async () => new Tracker();

/** @implements {Face} */
class Tracker {
  pageView() {}
  productView() {}
  login() {}
  formSubmission() {}
  clienteling() {}
  record() {}
  consent() {}
  signOut() {}
  stop() {}
  on() {
    return () => {};
  }
  explain(record) {
    return { allowed: false, rule: "server", reason: "Nothing is recorded on a server.", record };
  }
  async flush() {
    return { delivered: 0, refused: 0, kept: 0, failed: 0 };
  }
}
