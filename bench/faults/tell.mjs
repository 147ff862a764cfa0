// One scenario, once: a receiver of its own, the visit, and what arrived.

import { setTimeout as pause } from "node:timers/promises";
import { Omneo, PROFILES } from "../omneo.mjs";
import { Collector, PEERS } from "./collector.mjs";
import { judge } from "./judge.mjs";
import { Story } from "./story.mjs";

const OURS = "omneo-interactions";

/** The trackers that are put through it: `[{tracker, title}]`. */
export function trackersOf(scenario, peers) {
  const others = peers && scenario.shared ? Object.keys(PEERS) : [];
  return [OURS, ...others].map((tracker) => ({ tracker, title: PEERS[tracker] ?? tracker }));
}

/**
 * Answers the counts, see judge.mjs. A scenario that breaks off, as drivers do now and then, is told once more; if it does so again, it
 * answers its error: the bench goes on and fails in the end.
 */
export async function tell(...given) {
  const counts = await once(...given);
  return counts.error ? once(...given) : counts;
}

async function once(scenario, browser, tracker, settings) {
  const { host } = browser;
  const site = tracker === OURS ? new Omneo(host) : new Collector(tracker, host);
  const story = new Story(site, browser, settings);
  try {
    await site.start();
    return await Promise.race([visit(scenario, story, site), tooLong()]);
  } catch (error) {
    return { error: error.message };
  } finally {
    await browser.closeTabs().catch(() => browser.quit?.().catch(() => {}));
    await site.close();
  }
}

async function visit(scenario, story, site) {
  if (site.endpoint && !scenario.isFirst) await story.begin();
  await scenario.run(story);
  if (!scenario.gone) await story.comeBack();
  return judge(story, site, PROFILES);
}

async function tooLong() {
  await pause(LONGEST_MS, undefined, { ref: false });
  throw new Error(`not over after ${LONGEST_MS} ms`);
}

const LONGEST_MS = 300_000;
