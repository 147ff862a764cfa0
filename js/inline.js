// The entry in one file, for bundlers that leave a second one behind. The module within is compressed, so that the base64 that
// it is written in costs a third of less.

import { createTracker as create } from "./tracker.js";
import deflated from "../target/web/omneo-interactions.wasm.deflated";

export { OmneoError, version } from "./tracker.js";

export const createTracker = (settings) => create(settings, inflate());

function inflate() {
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
}
