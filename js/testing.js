// For a site's own tests in headless browsers: which interactions were recorded and which refused, waited for and asserted, by a clock
// that stands still. It listens as any script of the page could; nothing of the tracker is replaced.

import { Log } from "./testing/log.js";
import { begin, flush, setClock } from "./testing/page.js";

/** @import { Page, WatchOptions } from "./testing.js" */

/** @param {Page} page Playwright's or Puppeteer's, before it goes anywhere. @param {WatchOptions} options */
export async function watch(page, { now, timeout = PATIENCE_MS } = {}) {
  const start = now === undefined ? undefined : time(now);
  const log = new Log();
  await page.exposeFunction(TELL, (event, detail) => log.add(event, detail));
  const first = (script, given) => (page.addInitScript ?? page.evaluateOnNewDocument).call(page, script, given);
  await first(begin, { tell: TELL, events: EVENTS });
  if (start !== undefined) await first(setClock, start);
  return new Watch({ page, log, first, timeout }, start);
}

class Watch {
  #page;
  #log;
  #first;
  #timeout;
  #now;

  constructor({ page, log, first, timeout }, now) {
    [this.#page, this.#log, this.#first, this.#timeout, this.#now] = [page, log, first, timeout, now];
    for (const event of EVENTS) this[event] = (like, { timeout = this.#timeout } = {}) => log.wait(event, like, timeout);
  }

  events(event, like) {
    return this.#log.events(event, like);
  }

  clear() {
    this.#log.clear();
  }

  flush() {
    return this.#page.evaluate(flush, this.#timeout);
  }

  async none(event, like) {
    await this.flush();
    this.#log.none(event, like);
  }

  async advance(ms) {
    if (this.#now === undefined) throw new Error("There is no clock to advance: watch(page, { now }) sets one.");
    this.#now += ms;
    // On every page from here on, and on this one.
    await this.#first(setClock, this.#now);
    await this.#page.evaluate(setClock, this.#now);
  }
}

function time(now) {
  const ms = new Date(now).getTime();
  if (Number.isNaN(ms)) throw new TypeError(`\`now\` is ${JSON.stringify(now)}; accepted: a Date, milliseconds, or a date as ISO 8601 writes it`);
  return ms;
}

/**
 * The same for Cypress, where tests run in the browser. `cy` is its own, or anything with `on`, `wrap` and `window`.
 *
 * @param {any} cy @param {WatchOptions} options
 */
export function cypress(cy, { now, timeout = PATIENCE_MS } = {}) {
  const log = new Log();
  let current = now === undefined ? undefined : time(now);
  cy.on("window:before:load", (page) => {
    page[TELL] = (event, detail) => log.add(event, detail);
    begin({ tell: TELL, events: EVENTS }, page);
    if (current !== undefined) setClock(current, page);
  });
  const has = (event) => (like) =>
    cy
      .wrap(log, { log: false, timeout })
      .should((log) => log.some(event, like))
      .then((log) => log.events(event, like)[0]);
  const flushed = () => cy.window({ log: false }).then((page) => flush(timeout, page));
  return {
    recorded: has("recorded"),
    refused: has("refused"),
    delivered: has("delivered"),
    failed: has("failed"),
    events: (event, like) => cy.wrap(log, { log: false }).then((log) => log.events(event, like)),
    clear: () => cy.wrap(log, { log: false }).then((log) => log.clear()),
    flush: flushed,
    none: (event, like) => flushed().then(() => log.none(event, like)),
    advance: (ms) =>
      cy.window({ log: false }).then((page) => {
        if (current === undefined) throw new Error("There is no clock to advance: cypress(cy, { now }) sets one.");
        current += ms;
        setClock(current, page);
      }),
  };
}

/** Lets the page's own `omneo` reach a tracker that was made by an import, as the script tag's does. */
export function expose(tracker) {
  const queued = window.omneo?.q ?? [];
  /** @param {any[]} given */
  const call = (...[method, ...given]) => tracker[method](...given);
  window.omneo = call;
  for (const given of queued) call(...Array.from(given));
}

const EVENTS = ["recorded", "refused", "delivered", "failed"];

const TELL = "__omneoTell";

const PATIENCE_MS = 5_000;
