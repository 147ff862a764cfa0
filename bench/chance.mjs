// Chance that can be repeated.

import { createHash } from "node:crypto";

/** A number from 0 to under 1 for each call, the same row of them for the same seed. */
export function generator(seed) {
  let call = 0;
  return () => {
    call += 1;
    return createHash("sha256").update(`${seed}:${call}`).digest().readUInt32BE() / 2 ** 32;
  };
}
