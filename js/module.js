// The module: fetched and compiled while it arrives, where the server says what it is. Where the browser runs no WebAssembly, the
// same Rust as JavaScript takes its place. `src/api.rs` is the other side.

import instantiate, { __wbg_reset_state, Handle } from "../target/web/omneo-interactions.js";
import { own } from "./own.js";

/**
 * What opens a tracker, and what makes another instance.
 *
 * @type {{ Handle: new (...given: any) => any, renew: () => void }}
 */
let core = { Handle, renew: __wbg_reset_state };
// Which instance it is that runs, while it does: what a tracker of an earlier one has is in no memory any more.
let instance;

// How much crosses at once, in UTF-16 code units: more than storage, a receiver or a form has to say, and little enough for memory.
// What is cut is no JSON any more, and the tracker refuses it.
const MOST = 2 ** 24;

/** `given` is the module, or where it is: an address, a request or a response. */
export async function load(given) {
  if (__FALLBACK__ && !runs()) core = await import("./fallback.js");
  else await instantiate({ module_or_path: await arrived(await given) });
  instance = {};
}

/** Makes another instance, where the last one has trapped. */
export function renew() {
  if (instance) return;
  core.renew();
  instance = {};
}

// Lockdown mode and the like have no WebAssembly, a content security policy without 'wasm-unsafe-eval' lets none run: of either the
// smallest module there is tells. WebKit compiles under such a policy, and refuses the instance.
function runs() {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

// By its address: not all that a page puts in the place of `fetch` takes a request.
function arrived(given) {
  const isThere = given instanceof WebAssembly.Module || given instanceof Response;
  return isThere ? given : fetch(given.url ?? given, { __proto__: null, integrity: given.integrity });
}

/** Opens a tracker, or answers the mistake in its settings. `trapped(error)` is told once that it is no more. */
export function open(settings, trapped, ...signals) {
  try {
    return own({ tracker: { handle: new core.Handle(settings, ...signals), instance, trapped } });
  } catch (mistake) {
    if (typeof mistake === "string") return own(JSON.parse(mistake));
    throw mistake;
  }
}

/** Tells a tracker what happened now. One that trapped, or was freed, answers nothing. */
export function input(tracker, lines) {
  if (!tracker.handle) return own();
  try {
    if (tracker.instance !== instance) throw new Error("The module failed.");
    const dice = crypto.getRandomValues(new Uint8Array(16));
    return own(JSON.parse(tracker.handle.input(lines.slice(0, MOST), Date.now(), dice)));
  } catch (error) {
    if (tracker.instance === instance) instance = undefined;
    tracker.handle = undefined;
    tracker.trapped(error);
    return own();
  }
}

/** Gives back what a tracker has of the module's memory. */
export function free(tracker) {
  if (tracker.instance === instance) tracker.handle?.free();
  tracker.handle = undefined;
}
