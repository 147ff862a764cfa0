// The module: fetched and compiled while it arrives, where the server says what it is. Where the browser runs no WebAssembly, the
// same Rust as JavaScript takes its place. `src/api.rs` is the other side.

import instantiate, { Handle as Compiled } from "../target/web/omneo-interactions.js";

let Handle = Compiled;

/** `given` is the module, or where it is: an address, a request or a response. */
export async function load(given) {
  if (__FALLBACK__ && !runs()) ({ Handle } = await import("./fallback.js"));
  else await instantiate({ module_or_path: await given });
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

/** Opens a tracker: answers `{answer}`, which {@link input} takes, or `{mistake}`. */
export function open(settings, ...signals) {
  try {
    return { answer: new Handle(settings, ...signals) };
  } catch (mistake) {
    if (typeof mistake === "string") return JSON.parse(mistake);
    throw mistake;
  }
}

/** Tells a tracker what happened now. */
export const input = (tracker, lines) => JSON.parse(tracker.input(lines, Date.now(), crypto.getRandomValues(new Uint8Array(16))));
