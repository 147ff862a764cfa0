// One visit that goes wrong: what was recorded, by the calls that came back, and how it went on.

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

export class Story {
  /** Every record whose call came back. */
  recorded = [];
  failures = [];
  #name = 0;
  #random;

  /** `durations`: half of what is recorded is held until its page is left, see `bench/shop/visit.js`. */
  constructor(site, browser, { seed, durations }) {
    this.site = site;
    this.browser = browser;
    this.seed = seed;
    this.durations = durations;
    this.#random = generator(seed);
  }

  /** A whole number from `least` to `most`, the same for the same seed. */
  some(least, most) {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** A moment to let things get half way, some milliseconds long. */
  moment(least = 0, most = 300) {
    return pause(this.some(least, most));
  }

  url(query = "") {
    const more = this.durations ? `${query ? "&" : "?"}durations` : "";
    return `${this.site.origin}/${query}${more}`;
  }

  visit(query) {
    return this.browser.tab(this.url(query));
  }

  /** Names for that many records that are about to be recorded. */
  names(count = this.some(1, 12)) {
    const names = Array.from({ length: count }, () => `r${(this.#name += 1)}`);
    this.recorded.push(...names);
    return names;
  }

  record(tab, count) {
    return tab.run("visit.record(arguments[0])", this.names(count));
  }

  /** Records and does `then`, a script, in one task. */
  async recordAnd(tab, then, count) {
    const script = `setTimeout((names) => { visit.record(names); ${then} }, 0, arguments[0])`;
    await tab.run(script, this.names(count));
  }

  fault(...rules) {
    return this.site.fault({ seed: this.seed, rules });
  }

  /** The network goes, and so does the receiver. */
  async cut() {
    await this.browser.offline(true);
    await this.site.stop();
  }

  async mend() {
    await this.site.start();
    await this.browser.offline(false);
  }

  /** The visitor comes back another time and looks at something: every tab was closed, nothing is wrong any more. */
  async comeBack() {
    await this.site.fault();
    await this.browser.closeTabs();
    const tab = await this.visit();
    // Some trackers send what is left only along with something new.
    await this.record(tab, 1);
    await this.arrive();
    this.failures.push(...((await tab.run("return window.failures ?? []")) ?? []));
  }

  /** Waits until everything recorded has arrived, or nothing more does for a while. */
  async arrive(patience = PATIENCE_MS) {
    let [last, since] = [-1, Date.now()];
    for (;;) {
      const { names } = await this.site.arrived();
      if (this.recorded.every((name) => names.has(name))) return;
      if (names.size !== last) [last, since] = [names.size, Date.now()];
      if (Date.now() - since > patience) return;
      await pause(50);
    }
  }
}

// Longer than the longest pause that a tracker of the bench makes between its first attempts.
const PATIENCE_MS = 20_000;

// A number from 0 to under 1 for each call, the same row of them for the same seed.
function generator(seed) {
  let call = 0;
  return () => {
    call += 1;
    return createHash("sha256").update(`${seed}:${call}`).digest().readUInt32BE() / 2 ** 32;
  };
}
