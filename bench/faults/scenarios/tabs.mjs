// Several tabs, pages that rest, pages that nobody sees yet.

const PRERENDERS = { firefox: "it prerenders nothing", webkit: "it prerenders nothing" };

export const tabs = [
  {
    name: "five tabs at once",
    async run(story) {
      const tabs = await five(story);
      for (const tab of tabs) await story.record(tab);
      await story.arrive();
    },
  },
  {
    name: "five tabs, all closed at once",
    async run(story) {
      await story.fault({ route: "records", status: 503, rate: 0.7 });
      const tabs = await five(story);
      for (const tab of tabs) await story.record(tab);
      for (const tab of tabs) await tab.close();
    },
  },
  {
    name: "a tab closed while sending, another one open",
    async run(story) {
      const stays = await story.visit();
      await story.fault({ route: "records", drop: "after", rate: 0.6, times: 20 });
      const goes = await story.visit();
      await story.record(goes, story.some(5, 20));
      await goes.run("visit.send()");
      await story.moment();
      await goes.close();
      await story.site.fault();
      await story.record(stays, 1);
      await stays.run("dispatchEvent(new Event('focus'))");
      await story.arrive();
    },
  },
  {
    name: "back and forth through the back/forward cache",
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(0, 600), drop: "after", rate: 0.3, times: 6 });
      const tab = await story.visit("?page=1");
      await story.record(tab);
      await tab.open(story.url("?page=2"));
      await story.record(tab);
      for (let round = 0; round < 2; round += 1) {
        await tab.back();
        await story.record(tab);
        await tab.forward();
        await story.record(tab);
      }
    },
  },
  {
    name: "a tab that the browser freezes, then closes",
    cannot: { firefox: "its driver cannot freeze a page", webkit: "its driver cannot freeze a page" },
    async run(story) {
      await story.fault({ route: "records", latency_ms: 300 });
      const tab = await story.visit();
      await story.record(tab);
      await tab.on((driver) => driver.sendDevToolsCommand("Page.setWebLifecycleState", { state: "frozen" }));
      await story.moment(200, 500);
      await tab.close();
    },
  },
  {
    name: "a prerendered page, activated",
    cannot: PRERENDERS,
    alone: true,
    async run(story) {
      const [tab, next] = await prerendering(story);
      await tab.run("location.href = arguments[0]", next);
      const shown = await story.browser.tabAt(next);
      const activated = await shown.run("return performance.getEntriesByType('navigation')[0].activationStart > 0");
      if (!activated) throw new Error("the page was loaded anew and not prerendered");
      await story.arrive();
    },
  },
  {
    name: "a prerendered page, never seen",
    cannot: PRERENDERS,
    async run(story) {
      const [tab] = await prerendering(story);
      story.recorded = [];
      await tab.run("visit.send()");
      await tab.close();
    },
  },
];

async function five(story) {
  const tabs = [];
  for (let tab = 0; tab < 5; tab += 1) tabs.push(await story.visit());
  return tabs;
}

// A page that prerenders another, once that one has run far enough to ask for its module.
async function prerendering(story) {
  const next = story.url(`?records=${story.names()}`);
  const tab = await story.visit();
  await tab.run(`
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({ prerender: [{ source: "list", urls: [arguments[0]], eagerness: "immediate" }] });
    document.head.append(rules);
  `, next);
  await story.moment(1_500, 2_000);
  return [tab, next];
}
