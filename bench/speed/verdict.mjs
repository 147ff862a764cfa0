// Who is ahead in a row, by the numbers alone.

import { ROWS } from "./rows.mjs";
import { spread } from "./spread.mjs";
import { TRACKERS } from "./trackers.mjs";

export const OURS = Object.keys(TRACKERS).filter((id) => TRACKERS[id].kind === "ours");
export const FULL = Object.keys(TRACKERS).filter((id) => TRACKERS[id].kind === "full");

/** The rows that were measured: each with the spreads by tracker, in its unit, and the verdict on each of ours. */
export function results(all) {
  return ROWS.map((row) => {
    const samples = all[row.part]?.samples ?? {};
    const base = (row.less && spread(samples.none?.[row.measure])?.median) || 0;
    const inUnit = (value) => (value - base) / (row.scale ?? 1);
    const spreads = Object.keys(samples).map((id) => [id, spread(samples[id][row.measure]?.map(inUnit))]);
    const by = Object.fromEntries(spreads.filter(([, spread]) => spread));
    return { ...row, by, verdicts: OURS.filter((id) => by[id]).map((id) => [id, verdict(row, by, id)]) };
  }).filter(({ verdicts }) => verdicts.length > 0);
}

/**
 * How one of ours stands to each full-featured peer. Level is where the middle halves of both overlap, or the medians lie
 * within a twentieth: then the run does not tell them apart.
 */
function verdict({ because }, by, id) {
  const standing = FULL.filter((peer) => by[peer]).map((peer) => ({ peer, ...standingTo(by[id], by[peer]) }));
  const behind = standing.filter(({ is }) => is === "behind").sort((a, b) => b.times - a.times);
  const level = standing.filter(({ is }) => is === "level");
  const names = (standings) => standings.map(({ peer }) => TRACKERS[peer].label).join(", ");
  const parts = [
    behind.length > 0 && `behind ${behind.map(({ peer, times }) => `${TRACKERS[peer].label} (${factor(times)})`).join(", ")}`,
    behind.length > 0 && because && `because ${because[id] ?? because}`,
    level.length > 0 && `level with ${level.length === standing.length ? `all ${level.length}` : names(level)}`,
    behind.length + level.length === 0 ? `ahead of all ${standing.length}` : ahead(standing),
  ];
  return { isBehind: behind.length > 0, text: parts.filter(Boolean).join("; ") };
}

function ahead(standing) {
  const count = standing.filter(({ is }) => is === "ahead").length;
  return count > 0 && `ahead of the other ${count}`;
}

function standingTo(own, peer) {
  const times = own.median / peer.median;
  const overlaps = own.q1 <= peer.q3 && peer.q1 <= own.q3;
  if (overlaps || Math.abs(times - 1) < SAME) return { times, is: "level" };
  return { times, is: times > 1 ? "behind" : "ahead" };
}

const SAME = 0.05;

/** `2.1×` */
export function factor(times) {
  if (!Number.isFinite(times)) return "∞";
  return `${times < 9.95 ? times.toFixed(1) : Math.round(times)}×`;
}
