// The load, as a program of its own: see relay/examples/load.

import { Failure, capture } from "../../tools/process.mjs";
import { KEY } from "./relay.mjs";

/** Hands records to the relay, and returns what the load says of it. `options` are the program's. */
export async function load(relay, options) {
  const given = { address: relay.address, key: KEY, ...options };
  const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const { code, stdout, stderr } = await capture(process.env.OMNEO_LOAD, args);
  if (code !== 0) throw new Failure(`The load failed: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

/** Fails where anything but 200 was answered, or a record was refused: then the figures are of something else. */
export function clean(result) {
  const { statuses, refused, broken } = result;
  const others = Object.keys(statuses).filter((status) => status !== "200");
  if (others.length === 0 && refused === 0 && broken === 0) return result;
  throw new Failure(`Not all of the load was taken in: ${JSON.stringify({ statuses, refused, broken })}`);
}
