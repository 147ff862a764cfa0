// Two customers share a device.

export const customers = [
  {
    name: "receiver down, tab closed; then another customer comes",
    async run(story) {
      story.comesBackAs = "grace";
      const tab = await story.visit();
      await story.fault({ route: "records", status: 503 });
      await story.record(tab);
      await story.moment();
      await tab.close();
    },
  },
  {
    name: "the first page of all, left before it has a token",
    isFirst: true,
    bound: "nobody was named on this device, so nobody knows whose it is: refused by rule unknown-customer",
    async run(story) {
      await story.fault({ route: "token", latency_ms: 2_000 });
      const tab = await story.visit();
      await story.record(tab);
      await tab.close();
    },
  },
  {
    name: "no token yet, tab closed; then another customer comes",
    async run(story) {
      story.comesBackAs = "grace";
      await story.fault({ route: "token", status: 500 });
      const tab = await story.visit();
      await story.record(tab);
      await story.moment();
      await tab.close();
    },
  },
  {
    name: "a page rests in the back/forward cache, another customer signs in on the next one, and back",
    async run(story) {
      story.comesBackAs = "grace";
      const tab = await story.visit();
      await story.record(tab);
      await story.moment();
      await tab.open(story.url("?as=grace"));
      await known(story, tab);
      await tab.back();
      await story.record(tab, 2, "grace");
      await story.moment(200, 800);
    },
  },
  {
    name: "another customer signs in in another tab, and both go on",
    async run(story) {
      story.comesBackAs = "grace";
      const tab = await story.visit();
      await story.record(tab);
      await story.arrive();
      const other = await story.visit("?as=grace");
      await known(story, other);
      for (let click = 0; click < 3; click += 1) {
        await story.record(tab, 1, "grace");
        await story.record(other, 1, "grace");
        await story.moment(0, 400);
      }
    },
  },
  {
    name: "signed out in another tab, and both go on",
    async run(story) {
      const [tab, other] = [await story.visit(), await story.visit()];
      await story.record(tab);
      await story.arrive();
      await story.end(other, "visit.signOut()");
      for (const one of [tab, other]) await story.record(one, 1, NOBODY);
      await story.moment(500, 1_000);
    },
  },
  {
    name: "a page rests in the back/forward cache, signed out on the next one, back, and another customer signs in",
    async run(story) {
      story.comesBackAs = "grace";
      const tab = await story.visit();
      // Where the browser does not keep this page but loads it anew, nobody is signed in by it.
      await tab.open(story.url("?as=anyone"));
      await story.record(tab);
      await story.arrive();
      await tab.open(story.url("?as=anyone&next"));
      await story.end(tab, "visit.signOut()");
      await tab.back();
      await story.record(tab, 1, NOBODY);
      const other = await story.visit("?as=grace");
      await known(story, other);
      await story.record(tab, 1, "grace");
      await story.moment(500, 1_000);
    },
  },
];

const NOBODY = "nobody";

// She does something, and the page learns who she is.
async function known(story, tab) {
  await story.record(tab, 1, "grace");
  await tab.until("return visit.hasToken", "no token");
  await story.moment(50, 100);
}
