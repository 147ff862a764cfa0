// The network goes and comes.

const OFFLINE = { webkit: "its driver cannot cut the network" };

export const network = [
  {
    name: "offline for a while",
    shared: true,
    alone: true,
    cannot: OFFLINE,
    async run(story) {
      const tab = await story.visit();
      await story.cut();
      for (let click = 0; click < 4; click += 1) {
        await story.record(tab);
        await story.moment(200, 800);
      }
      await story.mend();
      await story.arrive();
    },
  },
  {
    name: "offline, and the tab closed meanwhile",
    shared: true,
    alone: true,
    cannot: OFFLINE,
    async run(story) {
      const tab = await story.visit();
      await story.cut();
      await story.record(tab);
      await story.moment(200, 800);
      await tab.close();
      await story.browser.closeTabs();
      await story.mend();
    },
  },
  {
    name: "offline, and the browser closed meanwhile",
    shared: true,
    alone: true,
    cannot: OFFLINE,
    async run(story) {
      const tab = await story.visit();
      await story.cut();
      await story.record(tab);
      await story.moment(200, 800);
      await story.browser.quit();
      await story.site.start();
    },
  },
  {
    name: "flapping network",
    shared: true,
    alone: true,
    cannot: OFFLINE,
    async run(story) {
      const tab = await story.visit();
      for (let flap = 0; flap < 4; flap += 1) {
        await story.cut();
        await story.record(tab);
        await story.moment(50, 500);
        await story.mend();
        await story.record(tab);
        await story.moment(50, 500);
      }
      await story.arrive();
    },
  },
  {
    name: "slow network, a second to each answer",
    async run(story) {
      await story.fault({ route: "any", latency_ms: 1_000 });
      const tab = await story.visit();
      await story.record(tab, 30);
      await story.arrive();
    },
  },
];
