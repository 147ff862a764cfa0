/** What a start hands over: what it knows of the visitor, what it noted, and who listens. Of a tracker without a start, nothing. */
export class Started {
  constructor(token, answer, notes = [], listeners = new Set(), signedIn = undefined, isStopped = false, over = new AbortController()) {
    this.token = token;
    // What nobody has said is no answer.
    this.answer = answer === "unknown" ? undefined : answer;
    this.notes = notes;
    this.listeners = listeners;
    this.isSignedOut = signedIn === false;
    this.isStopped = Boolean(isStopped);
    // Aborts what follows the page's other scripts, the consent platform among it.
    this.over = over;
  }

  /** The source of tokens, whose first answer is the one that the start has already. */
  first(source) {
    return () => {
      const known = this.token;
      this.token = undefined;
      // `true`: it has not asked.
      return Object(known) === known || typeof known === "string" ? known : source();
    };
  }
}
