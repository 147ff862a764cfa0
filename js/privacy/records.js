// The records of one customer, as far as they are read: those that Omneo has, and those that wait in the relay or in this browser.

import { Trouble } from "./trouble.js";
import { forgetWaiting, waitingOf } from "./waiting.js";

export class Records {
  #receiver;
  #omneo = new Map();
  #inRelay = [];
  #inBrowser = [];
  #sorted;
  /** How many Omneo has. */
  total = 0;
  /** Whether all of them are read. */
  isWhole = false;

  constructor(receiver) {
    this.#receiver = receiver;
  }

  /** How many of Omneo's are read. */
  get read() {
    return this.#omneo.size;
  }

  /** All that are read, newest first: `{where, id, record, time, eventId}`. */
  get all() {
    return (this.#sorted ??= this.#sort());
  }

  // What was sent and is not confirmed may be in two places, and is shown once.
  #sort() {
    const seen = new Set([...this.#omneo.values()].map(({ eventId }) => eventId));
    const waiting = [...this.#inRelay, ...this.#inBrowser].filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
    return [...this.#omneo.values(), ...waiting].sort((one, other) => other.time - one.time);
  }

  /** Reads the next page that has what is not read yet. Records that came or went meanwhile have moved the others. */
  async more(signal) {
    const before = this.read;
    for (let page = Math.floor(before / PER_PAGE) + 1; !this.isWhole && this.read === before; page += 1) {
      const list = await readPage(this.#receiver, page, signal);
      for (const record of list.records) this.#omneo.set(record.id ?? record, entryOf("omneo", record.id, record));
      this.total = Math.max(list.total, this.read);
      this.isWhole = list.isLast;
      this.#inRelay = list.waiting.map(({ event_id: id, accepted_at: at, record }) => entryOf("relay", id, Object(record), at));
      this.#sorted = undefined;
    }
  }

  /** Looks again at what waits in this browser. */
  findWaiting(customer) {
    const known = new Map(this.#inBrowser.map((entry) => [entry.eventId, entry]));
    this.#inBrowser = waitingOf(customer).map(({ record, accepted }) => {
      const id = record.meta?.event_id;
      return known.get(id) ?? entryOf("browser", id, record, accepted);
    });
    this.#sorted = undefined;
  }

  /** Deletes one wherever it is: what waits would otherwise be sent, since Omneo does not have it any more. */
  async remove({ where, id, eventId }, signal) {
    forgetWaiting(this.#receiver.customer, eventId);
    const inRelay = this.#inRelay.filter((one) => one.eventId === eventId && one.id);
    for (const one of inRelay) await this.#receiver.ask("DELETE", pathOf(one.id), signal);
    if (where === "omneo") await this.#receiver.ask("DELETE", pathOf(id), signal);
    this.#inRelay = this.#inRelay.filter((one) => !inRelay.includes(one));
    this.#inBrowser = this.#inBrowser.filter((one) => one.eventId !== eventId);
    if (this.#omneo.delete(id)) this.total -= 1;
    this.#sorted = undefined;
  }
}

/** A page of those that Omneo has, and what waits in the relay. */
export async function readPage(receiver, page, signal) {
  const { data, meta, waiting } = await receiver.json(`interactions?per_page=${PER_PAGE}&page=${page}&sort=-id`, signal);
  if (!Array.isArray(data)) throw new Trouble("failed", "?");
  const { last_page: last, total } = Object(meta);
  return {
    records: data.filter(isObject),
    total: Number(total) || data.length,
    isLast: !data.length || (last ? page >= last : data.length < PER_PAGE),
    waiting: Array.isArray(waiting) ? waiting.filter(isObject) : [],
  };
}

export const pathOf = (id) => `interactions/${encodeURIComponent(id)}`;

const isObject = (one) => typeof one === "object" && one !== null;

function entryOf(where, id, record, at) {
  const times = [record.interacted_at, record.created_at, at].map(timeOf);
  return { where, id, record, time: times.find((time) => time) ?? 0, eventId: record.meta?.event_id ?? {} };
}

// Omneo's `YYYY-MM-DD HH:MM:SS` is in UTC.
function timeOf(given) {
  if (typeof given === "number") return Math.abs(given) <= LATEST_MS ? given : undefined;
  const [text] = (typeof given === "string" && /^[\d-]{10}[ T][\d:.]+(Z|[+-][\d:]+)?$/.exec(given)) || [];
  return text && Date.parse(text.replace(" ", "T").replace(/[\d.]$/, "$&Z"));
}

const PER_PAGE = 100;
/** Beyond it there are no dates. */
const LATEST_MS = 8.64e15;
