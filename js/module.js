// Fetches and compiles the module, as it arrives where the server says that it is one.

import { initSync } from "#core";

/** `given` is the module, or where it is: an address or a response. */
export async function load(given) {
  initSync({ module: await compile(await given) });
}

async function compile(given) {
  if (given instanceof WebAssembly.Module) return given;
  const answer = given instanceof Response ? given : await fetch(given);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  // Streams of another type are refused (WebAssembly Web API, "compile a potential WebAssembly response").
  if (answer.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}
