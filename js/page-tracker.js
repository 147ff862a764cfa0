// The page's one tracker, for the entries of frameworks. Their components come and go more often than pages do: StrictMode mounts
// everything twice, hot reload mounts anew what was edited, and on a server nothing is mounted at all.

import { createTracker } from "omneo-interactions";
import { isAnswer } from "./answers.js";
import { CALLS } from "./calls.js";
import { askEndpoint } from "./token-endpoint.js";

const isServer = typeof document === "undefined";

// The one that goes on, or the one that was stopped last. On a server, one that does nothing.
let tracker;

/**
 * The calls of the page's tracker, always the same object. Those that come before it wait for it, and the console has one warning. A
 * mistake in a call is a warning too: what is thrown in an effect would take the site's whole app off the page.
 */
export const omneo = Object.fromEntries(CALLS.map((name) => [name, (...given) => call(name, given)]));

function call(name, given) {
  if (isServer) tracker ??= createTracker(/** @type {any} */ ({}));
  if (tracker) return safely(() => tracker[name](...given));
  warnOnce(`\`${name}\` waits for the tracker to start.`);
  const result = waiting.then(() => call(name, given));
  return name === "on" ? () => result.then((stop) => stop()) : result;
}

let started;
const waiting = new Promise((resolve) => (started = resolve));

/** Starts the tracker, or tells the one that goes on what its settings are now; returns what stops it. */
export const start = (settings) => once("", (isNew) => safely(() => set(settings, isNew)), () => tracker?.stop());

/** Records that a product is shown, if there is one and it is not already; returns what is called once it is not shown any more. */
export const showProduct = (product) => once(JSON.stringify(product), (isNew) => isNew && product && omneo.productView(product));

// How many hold what goes on, by its name.
const holders = { __proto__: null };

// Begins what has that name, or goes on with it, and returns what ends it: a task later, and only if nobody has begun it again.
function once(name, begin, end = () => {}) {
  if (isServer) return end;
  begin(!(name in holders));
  holders[name] = (holders[name] ?? 0) + 1;
  return () => {
    holders[name] -= 1;
    setTimeout(() => holders[name] === 0 && delete holders[name] && end());
  };
}

// --- Settings

// What they were at first, as texts; and what they are now: a function of an earlier render knows what was.
const known = {};
let latest;

// The first settings hold, but for a new answer of the visitor's, which counts at once, and functions, of which the last is called.
function set(settings, isNew) {
  latest = { __proto__: null, ...latest, ...settings };
  for (const name in latest) {
    const text = JSON.stringify(settings[name], (_, part) => (isFunction(part) ? 0 : part));
    if (known[name] !== text && !isNew) changed(name, settings[name]);
    known[name] = text;
  }
  if (isNew) open(settings);
}

function changed(name, value) {
  if (name === "consent" && isAnswer(value)) omneo.consent(value);
  else warnOnce(`\`${name}\` has changed; the first value holds.`);
}

// Of what was given, only what it has itself: nothing on `Object.prototype`.
function open(given) {
  // `load` would make a promise of the tracker.
  const settings = { __proto__: null, ...given, load: undefined };
  for (const name in settings) if (isFunction(settings[name])) settings[name] = (...asked) => latest[name](...asked);
  const { tokenUrl } = settings;
  if (tokenUrl) settings.token = () => askEndpoint(tokenUrl);
  tracker = createTracker(settings);
  started();
}

const isFunction = (value) => typeof value === "function";

function safely(act) {
  try {
    return act();
  } catch (error) {
    warn(error);
  }
}

const warn = (warning) => console.warn("omneo-interactions:", warning);
const warnOnce = (warning) => once(warning, (isNew) => isNew && warn(warning));
