// What can happen in a walk, how often, and a walk drawn at random. A step names what it needs by a number, so that a walk from which
// steps were taken is still one: see shrink.mjs.

import { generator } from "../chance.mjs";

/** How the receiver can be, in the words of front.mjs, and what the sandbox does besides. */
export const RECEIVERS = [
  {},
  {},
  { slow: { preflight: 0, answer: 800, writes: "on arrival" } },
  { slow: { preflight: 0, answer: 2_500, writes: "at the end" } },
  { slow: { preflight: 2_000, answer: 0, writes: "on arrival" } },
  { slow: { preflight: 2_000, answer: 800, writes: "at the end" } },
  { slow: { preflight: 0, answer: "never", writes: "on arrival" } },
  { slow: { isDown: true } },
  { fault: { status: 503, after: true, rate: 0.7 } },
  { fault: { status: 500, rate: 0.7 } },
  { fault: { drop: "after", rate: 0.7 } },
];

const OFTEN = {
  record: 8,
  receiver: 4,
  open: 2,
  navigate: 3,
  back: 3,
  reload: 1,
  close: 2,
  crash: 1,
  signIn: 3,
  signOut: 2,
  withdraw: 2,
  agree: 2,
  later: 3,
};

const BAG = Object.entries(OFTEN).flatMap(([what, times]) => Array(times).fill(what));

/** The walk of that seed: steps of `{what, which, pause}`, `which` from 0 to under 1. */
export function draw(seed, length) {
  const chance = generator(`walk ${seed}`);
  const some = (most) => Math.floor(chance() * most);
  return Array.from({ length }, () => ({ what: BAG[some(BAG.length)], which: chance(), pause: some(4) === 0 ? 300 : some(120) }));
}

/** As a person reads it. */
export const told = ({ what, which, pause }) => `${what} ${which.toFixed(2)} (${pause} ms)`;
