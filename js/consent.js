/** The visitor's answer as a source has it. Some change without a word, so it is asked whenever the page has something to tell. */
export class Consent {
  #read;
  #last;
  /** Is called when there may be another. */
  onchange;

  /** `source(changed, signal)` answers how to read it. */
  constructor(source, signal) {
    const changed = () => this.onchange?.();
    this.#read = source(changed, signal);
    // A platform may come later than the tracker.
    addEventListener("load", changed, { signal });
    this.first = this.another();
  }

  /** The answer, where it is another than the last time; two lists of the same are the same. */
  another() {
    const answer = this.#now();
    const last = this.#last;
    this.#last = `${typeof answer} ${answer}`;
    if (this.#last !== last) return answer;
  }

  /** A source that remembers answers keeps this one, which came by a call. */
  keep(answer) {
    this.#now(answer);
  }

  // What cannot be read is no answer.
  #now(said) {
    try {
      return this.#read(said) ?? "unknown";
    } catch {
      return "unknown";
    }
  }
}
