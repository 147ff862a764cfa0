// A part in which each tracker has its visit, one after the other.

/**
 * The part with a `round(browser, siteOf, options)`, which answers what each visit measured, by tracker. `site` is what its site has of
 * its own: who the `visitor` is, and the `delay` of files.
 */
export function inTurn({ visit, site = {}, ...part }) {
  return {
    ...part,
    async round(browser, siteOf, { trackers, ...options }) {
      const measured = {};
      for (const id of trackers) measured[id] = await visit(browser, await siteOf(id, site), id, options);
      return measured;
    },
  };
}
