// The visitor takes back what was said. What has not arrived by then is not to arrive, and nothing of it may stay behind.

export const withdrawal = [
  takenBack("consent withdrawn while records are under way", 'visit.tracker.consent("denied")'),
  takenBack("signed out while records are under way", "visit.tracker.signOut()"),
  {
    name: "consent withdrawn in another tab, receiver down",
    discards: true,
    async run(story) {
      const [one, other] = [await story.visit(), await story.visit()];
      await story.site.stop();
      await story.record(one);
      await other.run('visit.tracker.consent("denied")');
      await one.driver.wait(async () => (await left(one)).length === 0, 20_000, "records stay in storage");
      await story.site.start();
    },
  },
];

function takenBack(name, script) {
  return {
    name,
    discards: true,
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(100, 600) });
      const tab = await story.visit();
      await story.record(tab, story.some(5, 30));
      await tab.run("visit.send()");
      await story.moment();
      await tab.run(script);
      const kept = await left(tab);
      if (kept.length > 0) throw new Error(`records stay in storage: ${kept}`);
    },
  };
}

const left = (tab) => tab.run(String.raw`return Object.keys(localStorage).filter((key) => /^omneo:\d/.test(key))`);
