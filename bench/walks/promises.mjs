// What must hold after every step, by what the receiver has.

import { late } from "../faults/judge.mjs";
import { PROFILES } from "../omneo.mjs";

/** Answers what is broken, as sentences; nothing where all holds. */
export function broken({ owners, ended, left }, written, came) {
  const times = new Map();
  for (const { name } of written) times.set(name, (times.get(name) ?? 0) + 1);
  const customer = written
    .filter(({ name, profile }) => owners.get(name) && profile !== PROFILES[owners.get(name)])
    .map(({ name }) => `customer: ${name} is ${owners.get(name)}'s, and on another profile`);
  const once = [...times].filter(([, count]) => count > 1).map(([name, count]) => `once: ${name} is there ${count} times`);
  const nobodys = [...times.keys()].filter((name) => !owners.get(name)).map((name) => `consent: ${name} was made without consent or customer`);
  const after = late(ended, came)
    .filter((one) => !wasLeft(one, left))
    .map(({ name, at }) => `consent: ${name} came ${at - endOf(name, ended)} ms after it was taken back`);
  return [...customer, ...once, ...nobodys, ...after];
}

// Its page was left before, and its request stood behind a slow preflight: no browser lets anybody take that back.
const wasLeft = ({ name, at }, left) => left.some(({ until, names }) => names.includes(name) && at <= until);

const endOf = (name, ended) => ended.find(({ names }) => names.includes(name)).at;
