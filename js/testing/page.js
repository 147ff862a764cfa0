// What runs in the page. A test's browser is sent the text of each of these functions, so none may use anything outside of it.

/**
 * Before the page's own scripts: the queue stub, with a listener for each event.
 *
 * @param {{ tell: string, events: string[] }} given
 * @param {any} page
 */
export function begin({ tell, events }, page = window) {
  // The site's own page, and not what it embeds. Cypress has the site itself in a frame, and hands that over.
  if (page === globalThis && page !== page.top) return;
  const stub = function () {
    stub.q.push(arguments);
  };
  stub.q = [];
  if (typeof page.omneo !== "function") page.omneo = stub;
  page.__omneoTold = [];
  for (const event of events) {
    const hear = (detail) => {
      const copy = JSON.parse(JSON.stringify(detail, (key, value) => (key === "error" ? `${value}` : value)));
      page.__omneoTold.push(page[tell](event, copy));
    };
    page.omneo("on", event, hear);
  }
}

/**
 * Sends what waits, once there is a tracker, and answers its report when all that came of it has been told.
 *
 * @param {any} page
 */
export async function flush(timeout, page = window) {
  const end = performance.now() + timeout;
  while (!page.omneo || page.omneo.q || page.document.readyState !== "complete") {
    if (performance.now() > end) throw new Error(`No tracker within ${timeout} ms: does \`omneo\` reach it?`);
    await new Promise((later) => setTimeout(later, 10));
  }
  const report = await page.omneo("flush");
  await Promise.all(page.__omneoTold);
  return report;
}

/**
 * Stops the page's clock at that time; it never goes back. Timers run as ever.
 *
 * @param {any} page
 */
export function setClock(now, page = window) {
  if (page.__omneoNow !== undefined) return void (page.__omneoNow = Math.max(page.__omneoNow, now));
  page.__omneoNow = now;
  const Real = page.Date;
  page.Date = class Date extends Real {
    constructor(...given) {
      super(...(given.length > 0 ? given : [page.__omneoNow]));
    }
    static now() {
      return page.__omneoNow;
    }
  };
}
