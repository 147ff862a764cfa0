// A device that two customers share, as it is during a walk: who is signed in, what they agreed to, which tabs are open, and what
// should hold of every record. Each method named as a step of steps.mjs does it.

import { setTimeout as pause } from "node:timers/promises";
import { PROMPT } from "../front.mjs";
import { crash } from "./crash.mjs";
import { RECEIVERS } from "./steps.mjs";

const CUSTOMERS = ["ada", "grace"];
const MOST_TABS = 3;

export class Device {
  /** Whose each record is; of nobody's anything may arrive. */
  owners = new Map();
  /** When what was made before was taken back: `[{at, names}]`. */
  ended = [];
  /** What somebody else's coming lets the tracker give up. */
  givenUp = new Set();
  /** Pages that were left: `[{at, until, names}]`; a request that began then may come until then, and nothing reaches it. */
  left = [];
  #customer = "ada";
  #agreed = true;
  #tabs = [];
  #ahead = 0;
  #slow = PROMPT;

  constructor(omneo, lane, seed) {
    this.omneo = omneo;
    this.lane = lane;
    this.seed = seed;
  }

  /** Ada is signed in and has agreed. */
  async begin() {
    const first = await this.lane.tab(this.#url(0, "ada"));
    await first.run("visit.answer('granted')");
    await this.#beKnown(await this.open(), "ada");
    await first.close();
  }

  /** Does the step, where it can be done now. */
  async do({ what, which, pause: after }) {
    const tab = this.#tabs[Math.floor(which * this.#tabs.length)] ?? (await this.open());
    await this[what](tab, which);
    await pause(after);
  }

  async open(_, which = 0) {
    if (this.#tabs.length >= MOST_TABS) return;
    const tab = await this.lane.tab(this.#url(which));
    this.#tabs.push(Object.assign(tab, { depth: 0, names: [] }));
    return tab;
  }

  record(tab) {
    return this.#record(tab, this.#agreed ? this.#customer : undefined);
  }

  async receiver(_, which) {
    const { slow = PROMPT, fault } = RECEIVERS[Math.floor(which * 997) % RECEIVERS.length];
    this.omneo.slow((this.#slow = slow));
    await this.omneo.fault({ seed: this.seed, rules: fault ? [{ route: "records", times: 4, ...fault }] : [] });
  }

  async navigate(tab, which) {
    this.#leave(tab);
    await tab.open(this.#url(which));
    tab.depth += 1;
  }

  async reload(tab) {
    this.#leave(tab);
    await tab.reload();
  }

  async back(tab) {
    if (tab.depth === 0) return;
    this.#leave(tab);
    await tab.back();
    tab.depth -= 1;
  }

  async close(tab) {
    this.#leave(tab);
    this.#tabs.splice(this.#tabs.indexOf(tab), 1);
    await tab.close();
  }

  // A process that dies may have had more than one page of the site, so all are closed after it.
  async crash(tab) {
    if (!(await crash(tab))) return;
    for (const one of this.#tabs.splice(0)) {
      this.#leave(one);
      await one.close().catch(() => {});
    }
  }

  // A sign-in leads to a new page, as on most sites; from when that knows who is there, so can all others.
  async signIn(tab, which) {
    const name = CUSTOMERS[Math.floor(which * 991) % 2];
    await tab.wait("visit.signIn(arguments[0]).then(arguments[1])", name);
    if (name !== this.#customer) for (const made of this.owners.keys()) this.givenUp.add(made);
    await this.navigate(tab, which);
    this.#customer = name;
    if (this.#agreed) await this.#beKnown(tab, name);
  }

  async signOut(tab) {
    await tab.wait("visit.signOut().then(arguments[0])");
    this.#customer = undefined;
    this.#end();
  }

  async withdraw(tab) {
    await tab.run("visit.answer('denied')");
    this.#agreed = false;
    this.#end();
  }

  async agree(tab) {
    await tab.run("visit.answer('granted')");
    this.#agreed = true;
    if (this.#customer) await this.#beKnown(tab, this.#customer);
  }

  // Time passes, without anybody waiting for it. Not while the receiver still has something to write, nor while a browser still has
  // something to send to it: the tracker's own wait rests on that.
  async later(tab) {
    await this.receiver(tab, 0);
    await this.#still();
    this.#ahead += 120_000;
    await tab.run("localStorage.setItem('bench:ahead', arguments[0]); visit.send()", this.#ahead);
  }

  /** The walk is over: nothing is wrong any more, and whoever is there looks at something. */
  async end() {
    await this.lane.closeTabs();
    this.#tabs = [];
    const tab = await this.open();
    await this.later(tab);
    await this.record(tab);
    return tab;
  }

  /** What should have arrived by the end. */
  wanted() {
    const taken = new Set(this.ended.flatMap(({ names }) => names));
    return [...this.owners].filter(([name, owner]) => owner && !taken.has(name) && !this.givenUp.has(name)).map(([name]) => name);
  }

  async #still() {
    for (let quiet = 0; quiet < 10; quiet = this.omneo.isStill() ? quiet + 1 : 0) await pause(50);
  }

  async #beKnown(tab, name) {
    await this.#record(tab, name);
    await tab.until("return visit.hasToken", "no token");
    // The token is told in a task of its own, and to the other pages by a message.
    await pause(50);
  }

  #record(tab, owner) {
    const name = `r${this.owners.size + 1}`;
    this.owners.set(name, owner);
    tab.names.push(name);
    return tab.run("visit.record([arguments[0]])", name);
  }

  #end() {
    this.ended.push({ at: Date.now(), names: [...this.owners.keys()] });
  }

  #leave(tab) {
    const { preflight = 0 } = this.#slow;
    this.left.push({ until: Date.now() + (preflight > 0 ? preflight + LATE_MS : 0), names: [...tab.names] });
  }

  // A page that is loaded anew, as somebody goes back to it, signs nobody in.
  #url(which, as = "anyone") {
    return `${this.omneo.origin}/?as=${as}&consent=asked&page=${which.toFixed(3)}&endpoint=${encodeURIComponent(this.omneo.endpoint)}`;
  }
}

const LATE_MS = 1_000;
