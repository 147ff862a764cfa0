// The token source, or what it gives, is no good.

export const tokens = [
  {
    name: "tokens that end after two seconds",
    async run(story) {
      await story.site.fault({ seed: story.seed, token_seconds: 2 });
      await clicks(story, await story.visit());
    },
  },
  wrong("tokens refused now and then", { route: "records", status: 401, rate: 0.3, times: 4 }),
  wrong("token source that fails", { route: "token", status: 500, rate: 0.6, times: 4 }),
  wrong("token source that hangs up", { route: "token", drop: "before", rate: 0.6, times: 4 }),
  {
    name: "token source that never answers",
    async run(story) {
      await story.fault({ route: "token", hang: true, times: 1 });
      await clicks(story, await story.visit(), 40_000);
    },
  },
  {
    name: "token source that answers rubbish",
    async run(story) {
      await clicks(story, await story.visit("?token=rubbish"));
    },
  },
];

function wrong(name, rule) {
  return {
    name,
    async run(story) {
      await story.fault(rule);
      await clicks(story, await story.visit());
    },
  };
}

async function clicks(story, tab, patience) {
  for (let click = 0; click < 3; click += 1) {
    await story.record(tab);
    await tab.run("visit.send()");
    await story.moment(500, 1_500);
  }
  await story.arrive(patience);
}
