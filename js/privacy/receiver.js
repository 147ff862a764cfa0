// Requests to Omneo ID or to the relay, each with a token of the customer whose records are shown.

import { CHANGED, OFFLINE, SIGNED_OUT, Trouble } from "./trouble.js";

export class Receiver {
  #settings;
  #token;
  #askedAt;
  #notBefore = 0;
  /** The id of the customer whose records these are. */
  customer;
  /** Is called with the time until which it was told to wait. */
  onwait;

  constructor(settings) {
    this.#settings = settings;
    this.forget();
  }

  get isRelay() {
    return this.#settings.isRelay;
  }

  /** Forgets whose records these were. */
  forget() {
    this.customer = undefined;
    this.#token = undefined;
    this.#askedAt = -Infinity;
  }

  /** The id of the customer who is signed in; the site is asked where its last answer is some seconds old, or `isAnew` says so. */
  async who(signal, isAnew = false) {
    if (!isAnew && Date.now() - this.#askedAt < FRESH_MS) return this.customer;
    const answer = await this.#askSite();
    signal.throwIfAborted();
    const { token = answer } = Object(Object(answer).data ?? answer);
    const customer = customerOf(token);
    if (!customer) throw new Trouble(SIGNED_OUT);
    if (this.customer && this.customer !== customer) throw new Trouble(CHANGED);
    this.#askedAt = Date.now();
    this.#token = token;
    return (this.customer = customer);
  }

  async #askSite() {
    try {
      return await this.#settings.askToken();
    } catch (error) {
      throw new Trouble(navigator.onLine ? "failed" : OFFLINE, `token: ${error?.status ?? error?.message ?? error}`);
    }
  }

  /**
   * What is answered to `method` at a path below the customer's own. Waits as long as it is told to, and tries again what failed for
   * the moment. To delete what is gone already is a success.
   */
  async ask(method, path, signal) {
    let isAnew = false;
    for (let failures = 0; ; ) {
      await sleep(this.#notBefore - Date.now(), signal);
      await this.who(signal, isAnew);
      const answer = await this.#send(method, path, signal);
      const { status, ok } = answer;
      if (ok || (status === 404 && method === "DELETE")) return answer;
      const pause = pauseOf(answer);
      if (status === 401 && !isAnew) {
        isAnew = true;
      } else if (pause <= LONGEST_MS) {
        this.#notBefore = Date.now() + pause;
        this.onwait(this.#notBefore);
      } else if ((status === 0 || status >= 500) && !pause && navigator.onLine && failures < MOST_FAILURES) {
        await sleep(FIRST_MS << failures++, signal);
      } else {
        throw new Trouble(status === 0 && !navigator.onLine ? OFFLINE : "failed", status || "–");
      }
    }
  }

  async json(path, signal) {
    const answer = await this.ask("GET", path, signal);
    const body = await answer.json().catch(() => {});
    signal.throwIfAborted();
    return Object(body);
  }

  // What has no answer has the status 0.
  async #send(method, path, signal) {
    const own = new AbortController();
    const abort = () => own.abort();
    const late = setTimeout(abort, PATIENCE_MS);
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await fetch(`${this.#settings.address}/${path}`, {
        method,
        headers: { accept: "application/json", authorization: `Bearer ${this.#token}` },
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: own.signal,
      });
    } catch {
      signal.throwIfAborted();
      return Response.error();
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", abort);
    }
  }
}

/** Resolves after so many milliseconds; rejects as soon as `signal` is aborted. */
function sleep(ms, signal) {
  signal.throwIfAborted();
  if (!(ms > 0)) return;
  return /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  }));
}

// In milliseconds; NaN where it was not told to wait. What says nothing of how long, another origin's headers among it, is asked again
// after some seconds.
function pauseOf({ status, headers }) {
  const said = headers.get("retry-after");
  if (status !== 429 && status !== 425 && !(status === 503 && said)) return NaN;
  const ms = /^\d+$/.test(said) ? said * 1_000 : Date.parse(said) - Date.now();
  return Math.max(ms || UNSAID_MS, FIRST_MS);
}

// The `pid` of an ID token, which is a profile's UUID; a customer who is not known has the text "null" there.
function customerOf(token) {
  if (!token) return;
  const { pid } = claimsOf(token);
  if (pid === "null") return;
  // What else stands there is no name to keep: the token itself least of all.
  if (typeof pid !== "string" || !UUID.test(pid)) throw new Trouble("failed", "token: it has no `pid` that is a UUID");
  return pid.toLowerCase();
}

function claimsOf(token) {
  try {
    return Object(JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))));
  } catch {
    return {};
  }
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const FRESH_MS = 10_000;
const PATIENCE_MS = 30_000;
const FIRST_MS = 500;
const MOST_FAILURES = 3;
const UNSAID_MS = 5_000;
/** Who is told to wait for longer is told so. */
const LONGEST_MS = 10 * 60_000;
