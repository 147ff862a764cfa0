// What became of each record, by what the receiver has.

/** Answers how many were stored once, lost, stored twice, on another customer's profile, after they were taken back. */
export async function judge(story, site, profiles) {
  const { recorded, owners, ended, failures } = story;
  const written = site.written ? await site.written() : copies(await site.arrived());
  const times = new Map();
  for (const { name } of written) times.set(name, (times.get(name) ?? 0) + 1);
  const stored = recorded.filter((name) => times.has(name));
  const taken = new Set(ended.flatMap(({ names }) => names));
  // Where somebody else came back, nobody was there whose token could have brought what was left.
  const isWanted = (name) => !taken.has(name) && owners.get(name) === story.comesBackAs;
  const missing = recorded.filter((name) => !times.has(name));
  return {
    recorded: recorded.length,
    once: stored.filter((name) => times.get(name) === 1).length,
    lost: missing.filter(isWanted).length,
    discarded: missing.filter((name) => !isWanted(name)).length,
    twice: stored.filter((name) => times.get(name) > 1).length,
    others: written.filter(({ name, profile }) => profile && owners.has(name) && profile !== profiles[owners.get(name)]).length,
    after: late(ended, site.came ?? []).length,
    unasked: [...times.keys()].filter((name) => !owners.has(name)).length,
    failures: failures.length,
  };
}

/** What is broken of what was promised of the scenario, as words; nothing where all holds. */
export function broken(scenario, browser, counts) {
  const wanted = ["unasked", "failures", "others"];
  if (!isBeyond(scenario)) wanted.push("lost", "twice", "after");
  else if (scenario.whole?.includes(browser)) wanted.push("lost");
  return wanted.filter((what) => counts[what] > 0).map((what) => `${counts[what]} ${what}`);
}

/** Whether nobody can promise that nothing is lost or doubled there. A page may never throw, and no other customer may get anything. */
export const isBeyond = ({ gone, bound }) => Boolean(gone || bound);

/** The records that came in though they had been taken back. */
export function late(ended, came) {
  return came.filter(({ name, at }) => ended.some((end) => end.names.includes(name) && at > end.at + UNDER_WAY_MS));
}

const copies = ({ names }) => [...names].flatMap(([name, times]) => Array(times).fill({ name }));

// What the page had handed to the network when the call came back, and the bench's own event loop was late to take in.
const UNDER_WAY_MS = 300;
