// Deletes all records of a customer, of which Omneo takes one a request: what is done stands in `sessionStorage`, so that it goes on after a
// reload.

import { readPage, pathOf } from "./records.js";
import { Trouble } from "./trouble.js";
import { forgetWaiting } from "./waiting.js";

/** The one key that the element keeps, of `{customer, n}`: how many are deleted. The tracker's own keys go with a withdrawal; this does not. */
const KEY = "omneo-privacy";

export class Erasure {
  #receiver;
  #customer;
  #signal;
  #n;

  constructor(receiver, customer, signal) {
    this.#receiver = receiver;
    this.#customer = customer;
    this.#signal = signal;
    const { customer: whose, n } = this.#kept() ?? {};
    if (whose === customer) this.#n = Number(n) || 0;
    // Another customer's is not gone on with.
    else this.end();
  }

  /** Whether an earlier page began and did not end it. */
  get isUnderWay() {
    return this.#n !== undefined;
  }

  /** Deletes all that there is, and returns how much that was; `show` is told of each. */
  async run(show) {
    this.#n ??= 0;
    const gone = new Set();
    let total = 0;
    const count = (more) => {
      this.#n += more;
      this.#keep();
      // How many there are, the first page of the list tells.
      if (total) show({ n: this.#n, total: Math.max(total, this.#n) });
    };
    count(forgetWaiting(this.#customer));
    if (this.#receiver.isRelay) {
      const answer = await this.#receiver.ask("DELETE", "waiting", this.#signal);
      const { withdrawn } = Object(await answer.json().catch(() => {}));
      count(Number(withdrawn) || 0);
    }
    for (let page = 1; ; ) {
      const list = await readPage(this.#receiver, page, this.#signal);
      total = this.#n + list.total;
      count(0);
      const ids = list.records.map(({ id }) => id).filter((id) => !gone.has(id));
      await inLanes(ids, async (id) => {
        if (id == null) throw new Trouble("failed", "id");
        await this.#receiver.ask("DELETE", pathOf(id), this.#signal);
        this.#signal.throwIfAborted();
        gone.add(id);
        count(1);
      });
      if (ids.length) page = 1;
      // What it has deleted may be listed for a while.
      else if (list.isLast) break;
      else page += 1;
    }
    // What came meanwhile.
    count(forgetWaiting(this.#customer));
    this.end();
    return this.#n;
  }

  /** It is done, or not wanted any more. */
  end() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Storage is blocked: it goes on until the page is left.
    }
  }

  #keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ customer: this.#customer, n: this.#n }));
    } catch {
      // As above.
    }
  }

  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      // As above.
    }
  }
}

// The first failure ends it, once the requests under way have ended.
async function inLanes(ids, act) {
  const left = [...ids];
  const lane = async () => {
    try {
      while (left.length) await act(left.shift());
    } catch (error) {
      left.length = 0;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const { status, reason } of /** @type {any[]} */ (ended)) if (status === "rejected") throw reason;
}

const LANES = 4;
