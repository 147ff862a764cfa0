// The module: fetched and compiled while it arrives, where the server says what it is. Where the browser runs no WebAssembly, the
// same Rust as JavaScript takes its place. `src/door.rs` is the other side.

import { own } from "./own.js";

let make;
let core;

// How much crosses at once, in UTF-16 code units: more than storage, a receiver or a form has to say, and little enough for memory.
// What is cut is no JSON any more, and the tracker refuses it.
const MOST = 2 ** 24;

/** `given` is the module, or where it is: an address, a request or a response. */
export async function load(given) {
  if (__FALLBACK__ && !runs()) {
    ({ instantiate: make } = await import("./fallback.js"));
    return renew();
  }
  const { module, instance } = await instantiate(await given);
  make = async () => (await WebAssembly.instantiate(module)).exports;
  core = instance.exports;
}

/** Makes another instance, where the last one has trapped. */
export async function renew() {
  core ??= await make();
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

async function instantiate(given) {
  if (given instanceof WebAssembly.Module) return { module: given, instance: await WebAssembly.instantiate(given) };
  // By its address: not all that a page puts in the place of `fetch` takes a request.
  const answer = given instanceof Response ? given : await fetch(given.url ?? given, { __proto__: null, integrity: given.integrity });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  // Streams of another type are refused (WebAssembly Web API, "compile a potential WebAssembly response").
  const isTyped = answer.headers.get("Content-Type") === "application/wasm";
  return isTyped ? WebAssembly.instantiateStreaming(answer) : WebAssembly.instantiate(await answer.arrayBuffer());
}

/** Opens a tracker, or answers the mistake in its settings. `trapped(error)` is told once that it is no more. */
export function open(settings, trapped, ...signals) {
  const { answer: number, mistake } = call(core, "open", settings, ...signals);
  return { mistake, tracker: { core, number, trapped } };
}

/** Tells a tracker what happened now. One that trapped answers nothing. */
export function input(tracker, lines) {
  if (!tracker.core) return own();
  try {
    return call(tracker.core, "input", lines, tracker.number, Date.now());
  } catch (error) {
    if (core === tracker.core) core = undefined;
    tracker.core = undefined;
    tracker.trapped(error);
    return own();
  }
}

// Sixteen random bytes and the text go in, and a text comes out that a zero byte ends. Memory that has grown is a new buffer.
function call(core, name, text, ...given) {
  const bytes = new TextEncoder().encode(text.slice(0, MOST));
  const room = core.room(16 + bytes.length);
  const into = new Uint8Array(core.memory.buffer, room);
  into.set(bytes, 16);
  crypto.getRandomValues(into.subarray(0, 16));
  const answer = core[name](room, bytes.length, ...given);
  const from = new Uint8Array(core.memory.buffer, answer);
  return own(JSON.parse(new TextDecoder().decode(from.subarray(0, from.indexOf(0)))));
}
