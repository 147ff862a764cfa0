// The tracker, for pages: the module is a file beside this one. Bundlers know `new URL(…, import.meta.url)` and bring it along. This file
// was made for that very module, and no other is taken. Where a page has a `URL` of its own, the standard's other name for it serves.

import { attribute } from "./attribute.js";
import { createTracker as create, explain as explainThrowing, prepare as load } from "./tracker.js";

export { OmneoError, version } from "./tracker.js";

const address = () => (URL === webkitURL ? new URL(__MODULE__, import.meta.url) : new webkitURL(__MODULE__, import.meta.url));
const module = () => new Request(address(), { __proto__: null, integrity: __MODULE_INTEGRITY__ });

/** A tracker at once, without a start. */
export const createTracker = (settings) => create(settings, module());

/** For a start whose calls throw, as those of the package do. */
export { explainThrowing };
export async function prepareThrowing(beside, settings, ...given) {
  const open = await load(beside, settings, ...given);
  return (...started) => promising(open(...started), settings);
}

/** For the script tag, whose calls warn, and which asks for no module where the browser has no WebAssembly. */
export async function prepare(beside, settings, askSite, read) {
  const open = await prepareThrowing(beside ?? module(), settings, askSite, read, isNear);
  return (...started) => warning(open(...started));
}

/** What a tracker of the script tag would say, before there is one. */
export const explain = (...given) => explainThrowing(...given, isNear);

const isNear = (name, setting) => warn(`\`${attribute(name)}\` is no setting and is left alone; \`${attribute(setting)}\` is one.`);
const warn = (what) => globalThis.console.warn("omneo-interactions:", what);

// A start explains by a promise, and so does what takes its place, unless all was to be loaded at once.
function promising(tracker, settings) {
  const { explain: throwing } = tracker;
  if (settings.load !== "now") tracker.explain = async (interaction) => throwing.call(tracker, interaction);
  return tracker;
}

const warning = (tracker) =>
  new Proxy(tracker, {
    get: (_, name) => (...given) => {
      try {
        return tracker[name](...given);
      } catch (error) {
        warn(error);
      }
    },
  });
