// Our own receiver: the sandbox behind its front, and what arrived there.

import { ADA, ADMIN_TOKEN, startSandbox } from "../tests/e2e/sandbox.mjs";
import { Front } from "./front.mjs";

const SHOP = "bench/shop";
const GRACE = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";
export const PROFILES = { ada: ADA, grace: GRACE };

export class Omneo {
  #sandbox;
  #front;
  #end = [];

  /** `host` is the address that it takes, see lane.mjs, and `known` for how many seconds its preflights count. */
  constructor(host = "127.0.0.1", known) {
    this.host = host;
    this.known = known;
  }

  async start() {
    if (!this.#sandbox) {
      this.#sandbox = await startSandbox({ after: (end) => this.#end.push(end) }, { www: SHOP });
      this.#front = new Front(this.#sandbox.origin, this.host, this.known);
    }
    return this.#front.start();
  }

  /** Where the shop's pages are. */
  get origin() {
    return this.#front.shop.origin;
  }

  /** Where Omneo is: another origin. */
  get endpoint() {
    return this.#front.omneo.origin;
  }

  /** Nobody answers any more, neither the shop nor Omneo. */
  stop() {
    return this.#front.stop();
  }

  async close() {
    await this.#front?.stop();
    for (const end of this.#end) await end();
  }

  fault(plan = {}) {
    return this.#sandbox.call("POST", "/_sandbox/faults", plan);
  }

  /** How slow Omneo is from now on, see `PROMPT` in front.mjs. */
  slow(how) {
    this.#front.slow = how;
  }

  /** For how many seconds browsers may know a preflight; where it is not said, as Omneo does. */
  know(seconds) {
    this.#front.known = seconds;
  }

  /** Whether Omneo's connections serve more than one request, see front.mjs. */
  reuse(isReused) {
    this.#front.reuses = isReused;
  }

  /** Whether nothing can be written any more by a request that began. */
  isStill() {
    return this.#front.isStill();
  }

  /** When each record came in: `[{name, at}]`. */
  get came() {
    return this.#front.came.map(({ name, at }) => ({ name: own(name), at }));
  }

  preflights() {
    return this.#front.preflights;
  }

  /** What was written, one entry a copy: `[{name, profile}]`. */
  async written() {
    const written = [];
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { body } = await this.#sandbox.call("GET", `/api/v3/interactions?per_page=100&page=${page}`, undefined, ADMIN_TOKEN);
      last = body.meta.last_page;
      written.push(...body.data.map(({ name, profile }) => ({ name: own(name), profile: profile.id })));
    }
    return written.filter(({ name }) => /^r\d/.test(name));
  }

  /** The names that were written and how often. */
  async arrived() {
    const names = new Map();
    for (const { name } of await this.written()) names.set(name, (names.get(name) ?? 0) + 1);
    return { names };
  }
}

const own = (name) => name.replace(/^Viewed (product|page): /, "");
