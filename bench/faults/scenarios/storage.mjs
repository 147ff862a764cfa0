// Storage is full, foreign, or gone; the clock is wrong.

export const storage = [
  {
    name: "storage is full",
    async run(story) {
      const tab = await story.visit();
      await tab.run(`
        for (let size = 2 ** 20; size >= 1; size /= 2)
          try { for (let at = 0; ; at += 1) localStorage["fill" + size + "-" + at] = "x".repeat(size); } catch {}
      `);
      await story.record(tab);
      await tab.run("visit.send()");
      await story.arrive();
      await tab.run("localStorage.clear()");
    },
  },
  {
    name: "storage cleared by the visitor in mid-session",
    bound: "emptied storage is what a withdrawal on another page leaves behind, so it counts as one",
    async run(story) {
      const tab = await story.visit();
      await story.record(tab);
      await tab.run("localStorage.clear(); sessionStorage.clear()");
      await story.record(tab);
      await story.arrive();
    },
  },
  {
    name: "storage holds what others left there",
    async run(story) {
      const tab = await story.visit("?corrupt");
      await story.record(tab);
      await tab.open(story.url());
    },
  },
  ...[3_600_000, -3_600_000].map((jump) => ({
    name: `clock jumps an hour ${jump > 0 ? "ahead" : "back"}`,
    async run(story) {
      // The page's clock; the machine's own is not the bench's to set.
      await story.fault({ route: "records", status: 503, rate: 0.6, times: 3 });
      const tab = await story.visit();
      await story.record(tab);
      await tab.run("visit.send()");
      await story.moment();
      await tab.run("const now = Date.now; Date.now = () => now() + arguments[0]", jump);
      await story.record(tab);
      await story.arrive();
    },
  })),
];
