// A receiver that is slow while its page is left, reloaded, closed, put to rest, or while the customer changes: every way in which it
// is slow, with everything that happens meanwhile, and with each customer who comes back.

import covertable from "covertable";

export const SLOW_PREFLIGHT = { preflight: 2_000, answer: 0, writes: "on arrival" };
export const RESTING = { preflight: 2_000, answer: 800, writes: "at the end" };

const FACTORS = {
  preflight: [0, 2_000],
  answer: [800, 5_000, 20_000, 40_000, "never"],
  writes: ["on arrival", "at the end"],
  meanwhile: ["left", "reloaded", "closed", "resting", "signed out", "consent withdrawn", "another customer"],
  back: ["ada", "grace"],
};

// Behind a preflight that is never answered nothing comes that the receiver could be slow with.
const NEVER = { ...FACTORS, preflight: ["never"], answer: [0], writes: ["on arrival"] };

/** All of them. */
export function everySlowReceiver() {
  return [...product(FACTORS), ...product(NEVER)].map(scenario);
}

/** As few as have every pair of two things. */
export function pairsOfSlowReceivers() {
  return [...covertable.make(FACTORS), ...covertable.make(NEVER)].map(scenario);
}

function product(factors) {
  return Object.entries(factors).reduce(
    (rows, [factor, levels]) => rows.flatMap((row) => levels.map((level) => ({ ...row, [factor]: level }))),
    [{}],
  );
}

function scenario({ preflight, answer, writes, meanwhile, back }) {
  const slow = preflight === "never" ? "preflight never answered" : `${named(preflight)} preflight, ${named(answer)} answer, written ${writes}`;
  return {
    isBrief: answer === "never" || answer <= 5_000,
    name: `slow: ${slow}; ${meanwhile}; then ${back}`,
    async run(story) {
      story.comesBackAs = back;
      story.site.slow({ preflight, answer, writes });
      const tab = await story.visit();
      const preflights = story.site.preflights();
      await story.record(tab, story.some(1, 4));
      // Half way, but for the first moment of some.
      if (story.some(0, 3) > 0) await story.until(() => story.site.came.length > 0 || story.site.preflights() > preflights);
      await story.moment();
      await MEANWHILE[meanwhile](story, tab);
    },
  };
}

const MEANWHILE = {
  async left(story, tab) {
    await tab.open(story.url("?next"));
    await story.record(tab, 1);
  },
  async reloaded(story, tab) {
    await tab.reload();
    await story.moment();
  },
  async closed(story, tab) {
    await tab.close();
  },
  async resting(story, tab) {
    await tab.open(story.url("?next"));
    await story.moment();
    await tab.back();
    await story.record(tab, 1);
  },
  async "signed out"(story, tab) {
    await story.end(tab, "visit.signOut()");
    await story.moment();
  },
  async "consent withdrawn"(story, tab) {
    await story.end(tab, 'visit.answer("denied")');
    await story.moment();
  },
  // In another tab; then somebody looks at the first one again.
  async "another customer"(story, tab) {
    story.giveUp();
    const other = await story.visit("?as=grace");
    await story.record(other, 1, "grace");
    await other.until("return visit.hasToken", "no token");
    await story.moment();
    await story.record(tab, 1, "grace");
  },
};

const named = (ms) => (ms === "never" ? "no" : ms === 0 ? "prompt" : `${ms / 1_000} s`);
