// Which records are looked at. The address says so, so that a report can be sent to a colleague.

/** @typedef {{namespace: string, channel: string, from: string, to: string}} Filter `from` and `to` are days in UTC, `2026-11-27`, both within. */

export const NAMES = /** @type {const} */ (["namespace", "channel", "from", "to"]);

/** @returns {Filter} */
export function filterOf(address) {
  const given = new URL(address).searchParams;
  const text = (name) => given.get(name) ?? "";
  return { namespace: text("namespace"), channel: text("channel"), from: day(text("from")), to: day(text("to")) };
}

/** The address with that filter and no other. */
export function addressOf(address, filter) {
  const url = new URL(address);
  for (const name of NAMES) {
    if (filter[name]) url.searchParams.set(name, filter[name]);
    else url.searchParams.delete(name);
  }
  return url.href;
}

/** Whether a record is looked at. */
export function passes({ namespace, channel, from, to }) {
  const [begin, end] = [from ? Date.parse(from) : -Infinity, to ? Date.parse(to) + DAY : Infinity];
  return (row) => (!namespace || row.namespace === namespace) && (!channel || row.channel === channel) && row.at >= begin && row.at < end;
}

/** Whether it is a day as `2026-11-27`. */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

const day = (text) => (isDay(text) ? text : "");

export const DAY = 24 * 3_600_000;
