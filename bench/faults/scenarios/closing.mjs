// The page, the tab or the browser goes while records wait or are under way.

const FORGETS = { webkit: "under its driver it has no profile that outlives it" };

export const closing = [
  {
    name: "nothing goes wrong",
    shared: true,
    async run(story) {
      const tab = await story.visit();
      for (let click = 0; click < 4; click += 1) await story.record(tab);
      await story.arrive();
    },
  },
  {
    name: "tab closed in the task of the click",
    shared: true,
    async run(story) {
      const tab = await opened(story);
      await story.recordAnd(tab, "close()");
      await isGone(tab);
    },
  },
  {
    name: "tab closed right after a click",
    shared: true,
    async run(story) {
      const tab = await story.visit();
      await story.record(tab);
      await tab.close();
    },
  },
  {
    name: "tab closed while records are under way",
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(100, 900) });
      const tab = await story.visit();
      await story.record(tab, story.some(5, 40));
      await tab.run("visit.send()");
      await story.moment();
      await tab.close();
    },
  },
  {
    name: "tab closed, never reopened",
    shared: true,
    gone: true,
    whole: ["chromium"],
    async run(story) {
      const tab = await story.visit();
      await story.record(tab);
      await tab.close();
      await story.arrive();
    },
  },
  {
    name: "tab closed with 60 records waiting, never reopened",
    shared: true,
    gone: true,
    async run(story) {
      const tab = await story.visit();
      await story.record(tab, 60);
      await tab.close();
      await story.arrive();
    },
  },
  {
    name: "navigation in the task of the click",
    shared: true,
    async run(story) {
      const tab = await story.visit();
      await story.recordAnd(tab, `location.href = ${JSON.stringify(story.url("?next"))}`);
      await there(tab, "?next");
    },
  },
  {
    name: "five navigations, each after a click",
    shared: true,
    async run(story) {
      const tab = await story.visit();
      for (let page = 0; page < 5; page += 1) {
        await story.record(tab);
        await tab.open(story.url(`?page=${page}`));
      }
    },
  },
  {
    name: "reload while records are under way",
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(100, 900) });
      const tab = await story.visit();
      await story.record(tab);
      await tab.run("visit.send()");
      await story.moment();
      await tab.run("location.reload()");
      await tab.ready();
    },
  },
  {
    name: "browser closed right after a click",
    alone: true,
    cannot: FORGETS,
    shared: true,
    async run(story) {
      const tab = await story.visit();
      await story.record(tab);
      await story.browser.quit();
    },
  },
  {
    name: "browser killed with records under way",
    alone: true,
    cannot: FORGETS,
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(200, 900) });
      const tab = await story.visit();
      await story.record(tab);
      // What the browser itself has not yet written to its disk is lost to every tracker; see "browser killed at once".
      await story.moment(WRITTEN_MS, WRITTEN_MS + 1_000);
      await story.browser.kill();
    },
  },
  {
    name: "browser killed a while after a click, receiver down",
    alone: true,
    cannot: FORGETS,
    shared: true,
    async run(story) {
      const tab = await story.visit();
      await story.site.stop();
      await story.record(tab);
      await story.moment(WRITTEN_MS, WRITTEN_MS + 1_000);
      await story.browser.kill();
      await story.site.start();
    },
  },
  {
    name: "browser killed at once",
    alone: true,
    cannot: FORGETS,
    shared: true,
    bound: "what the browser had written to its disk",
    async run(story) {
      const tab = await story.visit();
      await story.record(tab);
      await story.browser.kill();
    },
  },
];

// Chromium and Firefox write what a page stores to disk within some five seconds.
const WRITTEN_MS = 8_000;

// A tab that its own script may close.
async function opened(story) {
  const opener = await story.visit();
  const handle = await opener.on(async (driver) => {
    const before = await driver.getAllWindowHandles();
    await driver.executeScript("open(arguments[0])", story.url());
    await driver.wait(async () => (await driver.getAllWindowHandles()).length > before.length, 20_000);
    return (await driver.getAllWindowHandles()).find((handle) => !before.includes(handle));
  });
  const tab = story.browser.adopt(handle);
  await tab.ready();
  return tab;
}

// Its script may not close it before the next task, and the driver waits for none.
async function isGone(tab) {
  for (let left = 200; left > 0; left -= 1) {
    const handles = await tab.browser.turn((driver) => driver.getAllWindowHandles());
    if (!handles.includes(tab.handle)) return;
  }
  throw new Error("the tab did not close");
}

const there = (tab, query) => tab.until(`return Boolean(window.visit) && location.search.startsWith("${query}")`, `not at ${query}`);
