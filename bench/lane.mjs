// One of several visits that go on side by side in a browser, so that their waiting overlaps.
//
// Each has a loopback address of its own (127.0.0.2, 127.0.0.3, …): so cookies, storage, channels between tabs, connections and known
// preflights are its own, in every browser, as those of another profile would be.

export class Lane {
  #tabs = [];

  constructor(browser, number) {
    this.browser = browser;
    this.name = browser.name;
    this.host = `127.0.0.${number + 2}`;
  }

  async tab(url) {
    const tab = await this.browser.tab(url);
    this.#tabs.push(tab);
    return tab;
  }

  adopt(handle) {
    const tab = this.browser.adopt(handle);
    this.#tabs.push(tab);
    return tab;
  }

  /** The tabs that were opened and that nobody has closed yet. */
  async closeTabs() {
    for (const tab of this.#tabs.splice(0)) await tab.close().catch(() => {});
  }
}

/** Does the jobs, so many at once: `work(job, lane)`. */
export async function sideBySide(browser, lanes, jobs, work) {
  const left = [...jobs];
  const one = async (_, number) => {
    const lane = new Lane(browser, number);
    for (let job; (job = left.shift()); ) {
      await work(job, lane);
      await lane.closeTabs();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, jobs.length) }, one));
}
