/** Nobody is signed in. */
export const SIGNED_OUT = "signedOut";
/** Somebody else is, since a moment ago. */
export const CHANGED = "changed";
/** The browser has no network. */
export const OFFLINE = "offline";

/** What a customer is told of in a sentence; `why` is the status of an answer, or a word. */
export class Trouble extends Error {
  constructor(kind, why = kind) {
    super(`${why}`);
    this.kind = kind;
    this.why = why;
  }
}

/** For whoever runs the site; the bundler takes other words to the console out. */
export const warn = (...said) => globalThis.console.warn("omneo-privacy:", ...said);
