// A page as the tests have it, and what js/tracker.js and js/module.js are to a tracker.

export class TestPage {
  /** Of each event that was told, its name and what it tells. */
  heard = [];
  /** What the page sent. */
  sent = [];
  /** What left Rust by a throw. */
  traps = [];
  /** Is called with each event. */
  onevent = () => {};
  handle;
  page = `omneo:${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  embeds = [];

  #ended = new AbortController();

  /** `site` is a script that returns the site's own functions; in it, the page is `page`. */
  constructor(site) {
    Object.assign(this, new Function("page", `return ${site}`)(this));
    if (!this.isReal) this.#intercept();
  }

  get ended() {
    return this.#ended.signal;
  }

  end() {
    this.#ended.abort();
    queueMicrotask(() => this.handle.free());
  }

  enter(run, given) {
    if (this.ended.aborted) return;
    try {
      return run(...given);
    } catch (error) {
      if (error instanceof Mistake) throw error;
      this.traps.push(`${error?.stack ?? error}`);
    }
  }

  call(name, ...given) {
    return this.enter(() => this.handle[name](...given), []);
  }

  async askToken() {
    return TOKEN;
  }

  consent() {}

  hears = () => true;

  emit(event, detail) {
    this.heard.push([event, detail]);
    this.onevent(event, detail);
  }

  failed(reason, error) {
    this.emit("failed", { reason, error });
  }

  mistake(code, field, given, accepted, message) {
    return new Mistake(code, field, given, accepted, message);
  }

  /** Runs a script with this page; what it returns is awaited. */
  run(script) {
    return new AsyncFunction("page", script)(this);
  }

  /** Waits until the expression is true. */
  async until(expression) {
    const isTrue = new Function("page", `return ${expression}`);
    for (let waited_ms = 0; !isTrue(this); waited_ms += 5) {
      if (waited_ms > 8_000) throw new Error(`\`${expression}\` is still false: ${JSON.stringify([this.heard, this.traps])}`);
      await new Promise((later) => setTimeout(later, 5));
    }
  }

  // Nothing leaves: each request is written down, and answered that something was created.
  #intercept() {
    window.fetch = async (url, { method, headers, body }) => {
      this.sent.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body: JSON.parse((await new Response(body).text()) || "null") });
      return new Response("{}", { status: 201 });
    };
  }
}

class Mistake extends Error {
  constructor(code, field, given, accepted, message) {
    super(message);
    Object.assign(this, { code, field, given, accepted });
  }
}

const AsyncFunction = (async () => {}).constructor;
const { fetch } = window;

// {"alg":"HS256"} . {"pid":"97e9c263-0f79-4e73-b734-bb19fb453d5d"}
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";

/** The settings of a tracker, with these more, as JSON. */
export function settings(json) {
  const { endpoint, ...more } = JSON.parse(json);
  return { ...(endpoint ? { endpoint } : { tenant: "acme" }), consent: "granted", capture: { logins: false }, ...more };
}

/** Leaves nothing of a page for the next. */
export function closePage() {
  window.fetch = fetch;
  localStorage.clear();
  sessionStorage.clear();
}
