// Fetches and compiles the module, as it arrives where the server says that it is one. Where the browser runs no WebAssembly, the
// same Rust as JavaScript takes its place.

import { initSync, input as inputOfModule, open as openOfModule } from "#core";

export let [open, input] = [openOfModule, inputOfModule];

/** `given` is the module, or where it is: an address, a request or a response. */
export async function load(given) {
  if (__FALLBACK__ && !runs()) ({ open, input } = await import("./fallback.js"));
  else initSync({ module: await compile(await given) });
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

async function compile(given) {
  if (given instanceof WebAssembly.Module) return given;
  const answer = given instanceof Response ? given : await fetch(given);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  // Streams of another type are refused (WebAssembly Web API, "compile a potential WebAssembly response").
  if (answer.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}
