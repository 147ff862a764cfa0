// Our own receiver: the sandbox, and what arrived there.

import { ADMIN_TOKEN, startSandbox } from "../tests/e2e/sandbox.mjs";

const SHOP = "bench/shop";

export class Omneo {
  #sandbox;
  #end = [];

  async start() {
    if (this.#sandbox) return this.#sandbox.start();
    this.#sandbox = await startSandbox({ after: (end) => this.#end.push(end) }, { www: SHOP });
  }

  get origin() {
    return this.#sandbox.origin;
  }

  stop() {
    return this.#sandbox.stop();
  }

  async close() {
    for (const end of this.#end) await end();
  }

  fault(plan = {}) {
    return this.#sandbox.call("POST", "/_sandbox/faults", plan);
  }

  /** The names that were written and how often, and how many second copies came. */
  async arrived() {
    const names = new Map();
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { body } = await this.#sandbox.call("GET", `/api/v3/interactions?per_page=100&page=${page}`, undefined, ADMIN_TOKEN);
      last = body.meta.last_page;
      for (const { name } of body.data) {
        const own = name.replace(/^Viewed (product|page): /, "");
        if (/^r\d/.test(own)) names.set(own, (names.get(own) ?? 0) + 1);
      }
    }
    const { body } = await this.#sandbox.call("GET", "/_sandbox/ledger");
    return { names, copies: body.meta.duplicate };
  }
}
