// One visit that goes wrong: what was recorded, by the calls that came back, and how it went on.

import { setTimeout as pause } from "node:timers/promises";
import { generator } from "../chance.mjs";

export class Story {
  /** Every record whose call came back. */
  recorded = [];
  /** Whose each is. */
  owners = new Map();
  /** When what was said or asked ended: `[{at, names}]`, the records that were made before. */
  ended = [];
  failures = [];
  /** Whether whoever comes back is the customer who left. */
  comesBackAs = "ada";
  #name = 0;
  #ahead = 0;
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
    const { endpoint } = this.site;
    const more = `${this.durations ? "&durations" : ""}${endpoint ? `&endpoint=${encodeURIComponent(endpoint)}` : ""}`;
    return `${this.site.origin}/${query || "?"}${more}`;
  }

  /**
   * The customer has been here before, so this device knows who it is: what a page records before it has a token is theirs. The preflight
   * of then does not count any more.
   */
  async begin() {
    this.site.know(0);
    const tab = await this.visit();
    await this.record(tab, 1);
    await this.arrive();
    await tab.close();
    this.site.know(undefined);
  }

  visit(query) {
    return this.browser.tab(this.url(query));
  }

  /** Names for that many records that are about to be recorded, by `owner`: "ada", "grace", or "nobody", whose are not to arrive. */
  names(count = this.some(1, 12), owner = "ada") {
    const names = Array.from({ length: count }, () => `r${(this.#name += 1)}`);
    this.recorded.push(...names);
    for (const name of names) this.owners.set(name, owner);
    return names;
  }

  record(tab, count, owner) {
    return tab.run("visit.record(arguments[0])", this.names(count, owner));
  }

  /** Records and does `then`, a script, in one task. */
  async recordAnd(tab, then, count) {
    const script = `setTimeout((names) => { visit.record(names); ${then} }, 0, arguments[0])`;
    await tab.run(script, this.names(count));
  }

  /** The visitor withdraws or signs out by that script: from now on nothing leaves of what was recorded. */
  async end(tab, script) {
    await tab.wait(`const done = arguments[0]; Promise.resolve(${script}).then(() => done())`);
    this.ended.push({ at: Date.now(), names: [...this.recorded] });
  }

  /** Somebody else comes: what the first customer left may be given up, wherever it is. */
  giveUp() {
    this.ended.push({ at: Infinity, names: [...this.recorded] });
  }

  /** Waits for a condition of the receiver; not for long, as what is to come may be held back. */
  until(condition) {
    return until(condition, SOON_MS);
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

  /**
   * Time passes for the site's pages, without anybody waiting for it. Not while the receiver still has something to write: that would
   * break what the tracker's own wait rests on.
   */
  async later(tab, ms = LATER_MS) {
    await until(() => this.site.isStill?.() ?? true, STILL_MS);
    this.#ahead += ms;
    await tab.run("localStorage.setItem('bench:ahead', arguments[0])", this.#ahead);
    await tab.run("visit.send()");
  }

  /** The visitor comes back another time and looks at something: every tab was closed, nothing is wrong any more. */
  async comeBack() {
    await this.site.fault();
    this.site.slow?.({ preflight: 0, answer: 0, writes: "on arrival" });
    await this.browser.closeTabs();
    const tab = await this.visit(`?as=${this.comesBackAs}`);
    if (this.site.isStill) await this.later(tab);
    // Some trackers send what is left only along with something new.
    await this.record(tab, 1, this.comesBackAs);
    await this.arrive();
    this.failures.push(...((await tab.run("return window.failures ?? []")) ?? []));
  }

  /** Waits until everything recorded has arrived, or nothing more does for a while. */
  async arrive(patience = PATIENCE_MS) {
    let [last, since] = [-1, Date.now()];
    for (;;) {
      const { names } = await this.site.arrived();
      if (this.#wanted().every((name) => names.has(name))) return;
      if (names.size !== last) [last, since] = [names.size, Date.now()];
      if (Date.now() - since > patience) return;
      await pause(100);
    }
  }

  // What may still arrive: nothing that was taken back, and nothing of somebody else than who is there.
  #wanted() {
    const gone = new Set(this.ended.flatMap(({ names }) => names));
    return this.recorded.filter((name) => !gone.has(name) && this.owners.get(name) === this.comesBackAs);
  }
}

async function until(condition, patience) {
  const end = Date.now() + patience;
  while (!condition() && Date.now() < end) await pause(50);
}

// Longer than the longest pause that a tracker of the bench makes between its first attempts.
const PATIENCE_MS = 20_000;
// Longer than a tracker leaves a record alone whose request may still be under way.
const LATER_MS = 120_000;
const SOON_MS = 5_000;
// Longer than the slowest receiver takes.
const STILL_MS = 50_000;
