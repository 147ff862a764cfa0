// What was measured already, in target/bench-faults.json: a run that was broken off goes on where it was. What broke off itself is tried
// again, and another build of the tracker is another bench.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/process.mjs";

const FILE = join(root, "target", "bench-faults.json");

export class Kept {
  #results;
  #under;

  constructor({ fresh, durations }) {
    this.#results = !fresh && existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
    this.#under = `${build()}${durations ? " durations" : ""}`;
  }

  /** The result from before, or else what `measure` answers, which is kept. */
  async once(browser, { scenario, tracker }, seed, measure) {
    const key = [this.#under, browser, tracker, scenario.name, seed].join(" | ");
    if (this.#results[key]) return this.#results[key];
    const result = await measure();
    if (!result.error) this.#keep(key, result);
    return result;
  }

  // Moved into place as a whole, so that a run that is broken off leaves the file readable.
  #keep(key, result) {
    this.#results[key] = result;
    mkdirSync(join(root, "target"), { recursive: true });
    writeFileSync(`${FILE}.half`, JSON.stringify(this.#results, undefined, 1));
    renameSync(`${FILE}.half`, FILE);
  }
}

// The tracker as it is built, in a few letters.
function build() {
  const hash = createHash("sha256");
  for (const name of readdirSync(join(root, "dist")).sort()) if (/\.(js|wasm)$/.test(name)) hash.update(readFileSync(join(root, "dist", name)));
  return hash.digest("hex").slice(0, 12);
}
