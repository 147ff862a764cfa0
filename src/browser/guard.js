// What stands between the page's code and Rust.

import { wrap } from "./wrap.js";

/**
 * A function for the page that runs Rust, until it is ended. What leaves Rust by a throw has run no destructor, so nothing of that instance
 * can be used again: `host.enter` sees to that, and runs nothing of an instance that is gone.
 */
export function guard(host, run) {
  const guarded = (...given) => guarded.run && host.enter(guarded.run, given);
  guarded.run = run;
  return guarded;
}

/** The way into an app in Rust, which is in the module itself: where that traps, the app is lost as well. */
export class App {
  #ended = new AbortController();

  get ended() {
    return this.#ended.signal;
  }

  end() {
    this.#ended.abort();
  }

  enter(run, given) {
    if (!this.ended.aborted) return run(...given);
  }
}

/** Whoever still calls it calls nothing. */
export const end = (guarded) => (guarded.run = undefined);

/**
 * Hears of each such event until `signal` is aborted, whatever all objects inherit on this page, and whatever it calls its elements.
 * `document.open()`, which `write()` begins with once a page has loaded, takes all listeners off document and window: ours are put on
 * again, and each is there once.
 */
export function listen(target, event, heard, signal, capture) {
  const add = () => EventTarget.prototype.addEventListener.call(target, event, heard, { __proto__: null, signal, capture });
  add();
  if (target !== window && target !== document) return;
  for (const method of ["open", "write", "writeln"]) wrap(Document.prototype, method, signal, undefined, add);
}

/** Is aborted with `signal`, or before. */
export function period(signal) {
  const own = new AbortController();
  listen(signal, "abort", () => own.abort(), own.signal, false);
  return own;
}

/** Calls `settled(value, isRejected)` once whatever was returned is settled. */
export const settle = (returned, settled) => {
  Promise.resolve(returned).then(
    (value) => settled(value, false),
    (error) => settled(error, true),
  );
};

/** Calls `act` once whatever runs now has ended, in a microtask that no framework hears of. */
export const soon = async (act) => {
  await undefined;
  act();
};

/**
 * Calls `held(release)` when the lock is ours, and keeps it until `release` is called, at the longest until `ended` is aborted: it is
 * everybody's. Calls it without the lock where that is not to be had, or not within so many milliseconds.
 */
export async function lock(name, patience, ended, held) {
  const over = new AbortController();
  const keep = (release) => {
    listen(ended, "abort", release, over.signal, false);
    held(release);
  };
  try {
    const signal = patience ? AbortSignal.timeout(patience) : undefined;
    const hold = () => ended.aborted || new Promise(keep).then(() => over.abort());
    await navigator.locks.request(name, { __proto__: null, signal }, hold);
  } catch {
    held(() => {});
  }
}

/**
 * Sends what was built. By its address: not all that a page puts in the place of `fetch` takes a request, nor returns a response of the
 * browser's own. Where a browser of before 2024 cannot join two signals, its own patience counts.
 */
export async function send({ url, method, headers }, body, keepalive, signal, patience) {
  const response = await fetch(url, {
    __proto__: null,
    method,
    headers,
    body,
    keepalive,
    priority: "low",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.any?.([signal, AbortSignal.timeout(patience)]) ?? signal,
  });
  return new Response(response.body, response);
}

/** A text, compressed. */
export const gzip = (text) => new Response(new Response(text).body.pipeThrough(new CompressionStream("gzip"))).blob();

// Taken before the page can wrap them.
export const { parse } = JSON;

/** What the pages of a site tell each other. */
export const message = (told) => ({ told });

/** As `JSON.stringify` writes a number. */
export const digits = (number) => `${number}`;

/** As any page's code makes them. */
export const plainObject = () => ({});
export const plainList = () => [];

/** The page's address, and in a line behind it its title, which has no line break, where that is asked for. */
export const place = (hasTitle) => (hasTitle ? [location.href, ofDocument("title")] : [location.href]).map((line) => `${line}`.slice(0, LONGEST)).join("\n");

/** Whether the page lies in a frame that takes no room, so that nobody sees it, though the browser calls it visible. */
export const isWithoutRoom = () => top !== window && !innerWidth;

/** What the document itself has by that name: an element hides the property of the document that it has the name of. */
export const ofDocument = (name) => Reflect.get(Document.prototype, name, document);

// More of an address or a title than a record can have.
const LONGEST = 10_000;
