// The visitor takes back what was said. What has not arrived by then is not to arrive, and nothing of it may stay behind.

import { RESTING, SLOW_PREFLIGHT } from "./slow.mjs";

const WITHDRAWN = 'visit.answer("denied")';
const SIGNED_OUT = "visit.signOut()";

export const withdrawal = [
  takenBack("consent withdrawn while records are under way", WITHDRAWN),
  takenBack("signed out while records are under way", SIGNED_OUT),
  {
    name: "consent withdrawn in another tab, receiver down",
    async run(story) {
      const [one, other] = [await story.visit(), await story.visit()];
      await story.site.stop();
      await story.record(one);
      await story.end(other, WITHDRAWN);
      await one.until(`return !${LEFT}.length`, "records stay in storage");
      await story.site.start();
    },
  },
  ...[WITHDRAWN, SIGNED_OUT].map((script) => ({
    name: `tab closed with keepalive requests behind a slow preflight, then ${script === WITHDRAWN ? "consent withdrawn" : "signed out"}`,
    bound: "until the preflight is answered; 30 s in Chromium, 90 s where the page rests there, no end in Firefox and WebKit",
    async run(story) {
      story.site.know(0);
      const [tab, other] = [await story.visit(), await story.visit()];
      await story.record(tab, 1);
      await story.arrive();
      story.site.slow(SLOW_PREFLIGHT);
      await story.record(tab, 4);
      await tab.close();
      await story.end(other, script);
      await story.moment(SLOW_PREFLIGHT.preflight, SLOW_PREFLIGHT.preflight + 500);
    },
  })),
  ...[WITHDRAWN, SIGNED_OUT].map((script) => ({
    name: `a page rests in the back/forward cache, ${script === WITHDRAWN ? "consent withdrawn" : "signed out"} on the next one, and back`,
    async run(story) {
      story.site.slow(RESTING);
      const tab = await story.visit();
      // One whose request has begun, as one that still waits may leave with `keepalive`.
      const preflights = story.site.preflights();
      await story.record(tab, 1);
      await story.until(() => story.site.preflights() > preflights);
      await tab.open(story.url("?next"));
      await story.end(tab, script);
      await tab.back();
      await story.moment(500, 1_000);
    },
  })),
];

function takenBack(name, script) {
  return {
    name,
    async run(story) {
      await story.fault({ route: "records", latency_ms: story.some(100, 600) });
      const tab = await story.visit();
      await story.record(tab, story.some(5, 30));
      await tab.run("visit.send()");
      await story.moment();
      await story.end(tab, script);
      await tab.until(`return !${LEFT}.length`, "records stay in storage", 2_000);
    },
  };
}

const LEFT = String.raw`Object.keys(localStorage).filter((key) => /^omneo:\d/.test(key))`;
