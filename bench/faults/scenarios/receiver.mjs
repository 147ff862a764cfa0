// The receiver is ill.

export const receiver = [
  storm("500 storm, before anything is written", { status: 500, rate: 0.7, times: 12 }),
  storm("500 storm, after the write", { status: 500, after: true, rate: 0.7, times: 12 }),
  storm("502 and 504 in turn", { status: 502, rate: 0.5, times: 6 }, { status: 504, rate: 0.5, times: 6 }),
  storm("503 with Retry-After in seconds", { status: 503, retry_after: "1", rate: 0.7, times: 6 }),
  storm("429 storm", { status: 429, rate: 0.7, times: 12 }),
  {
    name: "429 with Retry-After as a date",
    async run(story) {
      const soon = new Date(Date.now() + 6_000).toUTCString();
      await burst(story, { route: "records", status: 429, retry_after: soon, rate: 0.7, times: 6 });
    },
  },
  storm("408 and 425", { status: 408, rate: 0.4, times: 6 }, { status: 425, rate: 0.4, times: 6 }),
  storm("connection dropped before the write", { drop: "before", rate: 0.6, times: 12 }),
  { ...storm("answer lost after the write", { drop: "after", rate: 0.6, times: 12 }), shared: true },
  {
    name: "answer lost after the write, on connections that had served before",
    bound: "browsers themselves send again what such a connection leaves unanswered",
    async run(story) {
      story.site.reuse(true);
      await burst(story, { route: "records", drop: "after", rate: 0.6, times: 12 });
    },
  },
  storm("bodies of answers that come slowly", { slow_body_ms: 700, rate: 0.7 }),
  relay("relay: answer lost after the write", { drop: "after", rate: 0.6, times: 6 }),
  relay("relay: 503 and 500", { status: 503, rate: 0.4, times: 4 }, { status: 500, after: true, rate: 0.4, times: 4 }),
  {
    name: "answer lost after the write, and the tab closed",
    async run(story) {
      await story.fault({ route: "records", drop: "after", rate: 0.7 });
      const tab = await story.visit();
      await story.record(tab);
      await tab.run("visit.send()");
      await story.moment();
      await tab.close();
    },
  },
  {
    name: "receiver down for a while",
    shared: true,
    async run(story) {
      const tab = await story.visit();
      await story.site.stop();
      await story.record(tab);
      await story.moment(1_000, 3_000);
      await story.record(tab);
      await story.site.start();
      await story.arrive();
    },
  },
];

function storm(name, ...rules) {
  return { name, run: (story) => burst(story, ...rules.map((rule) => ({ route: "records", ...rule }))) };
}

function relay(name, ...rules) {
  const faults = rules.map((rule) => ({ route: "relay", ...rule }));
  return { name, run: (story) => burst(story, ...faults) };
}

async function burst(story, ...rules) {
  await story.fault(...rules);
  const tab = await story.visit(rules[0].route === "relay" ? "?route=relay" : "");
  for (let click = 0; click < 3; click += 1) {
    await story.record(tab);
    await tab.run("globalThis.visit.send?.()");
    await story.moment();
  }
  await story.arrive();
}
