// The only room that touches document, network, storage, clock and randomness. It decides nothing: it tells the tracker in
// the module what happened and carries out the effects that come back. `src/api.rs` lists both.

import { input } from "#core";
import { markup, whichForm } from "./markup.js";
import { watchHistory } from "./history.js";

// The module's one key in localStorage; written with consent only.
const KEY = "omneo:session";

export class Page {
  #tracker;
  #askToken;
  #told;
  #requests = new AbortController();
  #timer;
  #unlisten;
  #stopped = false;

  // `askToken()` answers a token, or null where nobody is signed in; `told(event, detail)` hears what happens.
  constructor(tracker, askToken, told) {
    this.#tracker = tracker;
    this.#askToken = askToken;
    this.#told = told;
    this.input("start");
  }

  // Tells the tracker what happened, carries out what it asks for, and answers its answer or the mistake in the input.
  input(name, detail = "") {
    const [a, b, c, d] = crypto.getRandomValues(new Uint32Array(4));
    const { answer, mistake, effects = [] } = JSON.parse(
      input(this.#tracker, name, detail, location.href, document.title, Date.now(), a, b, c, d),
    );
    for (const [effect, ...rest] of effects) this.#carryOut[effect](...rest);
    return { answer, mistake };
  }

  stop() {
    this.#carryOut.unlisten();
    this.#stopped = true;
    this.input("leaving");
  }

  #carryOut = {
    listen: () => {
      this.#unlisten ??= this.#stopped ? undefined : this.#listen();
      // Where the document is still being read, `DOMContentLoaded` says when its markup is whole.
      if (document.readyState !== "loading") this.#look();
    },
    unlisten: () => {
      this.#unlisten?.();
      this.#unlisten = undefined;
    },
    recall: () => this.input("recalled", storage((kept) => kept.getItem(KEY)) ?? ""),
    remember: (text) => storage((kept) => kept.setItem(KEY, text)),
    forget: () => storage((kept) => kept.removeItem(KEY)),
    ask: (question) => this.#ask(question),
    post: (...request) => this.#post(...request),
    abort: () => {
      this.#requests.abort();
      this.#requests = new AbortController();
    },
    wake: (ms) => {
      clearTimeout(this.#timer);
      // Browsers wait 24.8 days at most and fire at once beyond that.
      this.#timer = setTimeout(() => this.#wake(), Math.min(ms, 2 ** 31 - 1));
    },
    emit: (event, detail) => this.#told(event, detail),
    settled: () => this.#told("settled", this.input("report").answer),
  };

  #wake() {
    this.#look();
    this.input("woke");
  }

  // Looks whether another page is shown than the last time.
  #look() {
    if (this.#unlisten && this.input("isView").answer) this.input("viewed", JSON.stringify(markup()));
  }

  #leave() {
    this.#look();
    this.input("leaving");
  }

  #listen() {
    const on = new AbortController();
    const { signal } = on;
    document.addEventListener("DOMContentLoaded", () => this.#look(), { signal });
    // Never `unload` or `beforeunload`: they would keep the page out of the back/forward cache.
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave(), { signal });
    addEventListener("pagehide", () => this.#leave(), { signal });
    addEventListener("online", () => this.input("online"), { signal });
    // A submission bubbles to the window last, when the page's own listeners have had their say.
    addEventListener("submit", ({ target }) => this.input("submitted", JSON.stringify(whichForm(target))), { signal });
    // A client-side router sets title and markup right after the address.
    const unwatch = watchHistory(() => this.#carryOut.wake(0));
    return () => {
      on.abort();
      unwatch();
    };
  }

  async #ask(question) {
    let answered;
    try {
      answered = [question, (await this.#askToken()) ?? null];
    } catch {
      answered = [question];
    }
    this.input("token", JSON.stringify(answered));
  }

  // The only headers are the two that Omneo's CORS answer allows. `keepalive` lets the request outlive the page.
  async #post(id, url, token, body) {
    const { signal } = this.#requests;
    let status = 0;
    let retryAfter = "";
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body,
        keepalive: true,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal,
      });
      status = answer.status;
      retryAfter = answer.headers.get("Retry-After") ?? "";
    } catch {
      // No answer at all: the tracker keeps the record and says when to try again.
    }
    if (!signal.aborted) this.input("answered", JSON.stringify([id, status, retryAfter]));
  }
}

// Storage may be blocked or full; the tracker works on without it.
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
