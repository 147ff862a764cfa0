// A page's clock that a test can put forward, so that nobody has to wait for the time in which a request may still be under way.
//
// Only the page's own clock: never put it forward while the receiver still has something to write.

/** Script for a page, before its tracker: the clock is ahead by what was said on any page of the site so far. */
export const CLOCK = `{
  const { now } = Date;
  let shared = {};
  try {
    shared = localStorage;
  } catch {
    // Storage is blocked, and so no time passes.
  }
  Date.now = () => now.call(Date) + Number(shared.ahead ?? 0);
};`;

/** Longer than any request may be under way (`UNDER_WAY_MS` of the crate). */
const LONG_MS = 120_000;

/** Time passes: what may have arrived may be looked for. */
export function pass(visitor, ms = LONG_MS) {
  return visitor.run("localStorage.ahead = Number(localStorage.ahead ?? 0) + given[0]", ms);
}
