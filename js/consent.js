// Where the visitor's answer comes from, when a consent platform has it.

// Written out one by one: so a bundler finds them, and a browser loads the one that is named.
const PLATFORMS = {
  cookiebot: () => import("./consent/cookiebot.js"),
  cookieconsent: () => import("./consent/cookieconsent.js"),
  google: () => import("./consent/google.js"),
  gpp: () => import("./consent/gpp.js"),
  klaro: () => import("./consent/klaro.js"),
  onetrust: () => import("./consent/onetrust.js"),
  shopify: () => import("./consent/shopify.js"),
  tcf: () => import("./consent/tcf.js"),
};

/** The source that the setting names: a function `(changed, signal)` that answers how to read it. Nothing where it names none. */
export async function sourceOf(consent) {
  if (typeof consent === "function") return consent;
  const named = typeof consent === "string" ? [[consent]] : Object.entries(Object(consent));
  const [[name, options] = []] = named;
  if (named.length !== 1 || !Object.hasOwn(PLATFORMS, name)) return;
  const { default: platform } = await PLATFORMS[name]();
  return (changed, signal) => platform(changed, signal, Object(options));
}

/** The visitor's answer as a source has it. Some change without a word, so it is asked whenever the page has something to tell. */
export class Consent {
  #read;
  #over = new AbortController();
  #last;
  /** Is called when there may be another. */
  onchange;

  constructor(source) {
    const changed = () => this.onchange?.();
    const { signal } = this.#over;
    this.#read = source(changed, signal);
    // A platform may come later than the tracker.
    addEventListener("load", changed, { signal });
    this.first = this.#last = this.#now();
  }

  /** The answer, where it is another than the last time. */
  another() {
    const last = this.#last;
    this.#last = this.#now();
    return this.#last !== last && this.#last;
  }

  stop() {
    this.#over.abort();
  }

  // As text, in which two lists are the same. What cannot be read is no answer.
  #now() {
    try {
      const answer = this.#read();
      return Array.isArray(answer) ? JSON.stringify(answer) : answer;
    } catch {
      return "unknown";
    }
  }
}
