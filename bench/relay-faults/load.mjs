// Customers' browsers and the brand's own servers, which hand in batches as the tracker does: a batch that nobody answered is handed
// in again until somebody has; now and then somebody closes the page, and what became of the batch is never asked.

import { setTimeout as sleep } from "node:timers/promises";
import { SERVER_KEY } from "./node.mjs";
import { jwt } from "./tokens.mjs";

export class Load {
  /** By id: `{profile, place, state}`; the state is "handed" (never answered), "acknowledged" or "refused". */
  records = new Map();
  /** Answers that were neither 200 nor what the scenario is about. */
  unserved = [];
  /** How many batches were acknowledged, and how many milliseconds the slowest took. */
  served = 0;
  slowest = 0;
  #world;
  #chance;
  #isOver = false;
  #customers;

  static async start(world, chance, { customers = 24, pauseMs, closes = 0.05 }) {
    const load = new Load();
    load.#world = world;
    load.#chance = chance;
    load.pauseMs = pauseMs;
    load.closes = closes;
    const all = await Promise.all(Array.from({ length: customers }, (_, index) => customer(world, index + 1)));
    load.#customers = Promise.all(all.map((one) => load.#visit(one)));
    // Whoever waits for it hears of it; meanwhile it is nobody's.
    load.#customers.catch(() => {});
    return load;
  }

  /** No more comes, and what was handed in is answered. */
  async end(seconds = 90) {
    this.#isOver = true;
    const late = sleep(seconds * 1_000, undefined, { ref: false }).then(() => {
      throw new Error(`after ${seconds} s the relay still does not answer every batch`);
    });
    await Promise.race([this.#customers, late]);
  }

  /** Hands records in for a customer by what `path` and `token` say, and notes what is answered. Returns the statuses. */
  async hand({ profile, path, token, identification }, ids, node = this.#world.relay) {
    for (const id of ids) if (!this.records.has(id)) this.records.set(id, { profile, place: this.records.size, state: "handed" });
    const batch = ids.map((id) => ({ ...record(id), ...identification }));
    const answer = await post(node, path, token, batch);
    if (answer.status !== 200) return answer;
    for (const { event_id, status } of answer.body) {
      if (status === 202 || status === 200) this.records.get(event_id).state = "acknowledged";
      else this.records.get(event_id).state = "refused";
    }
    return answer;
  }

  async #visit(one) {
    for (let number = 0; !this.#isOver; number += 1) {
      const size = 1 + Math.floor(this.#chance() * 8);
      await this.#bring(one, Array.from({ length: size }, (_, at) => `${one.number}-${number}-${at}`));
      await sleep(this.pauseMs * (0.5 + this.#chance()));
    }
  }

  async #bring(one, ids) {
    const closes = this.#chance() < this.closes;
    for (let left = ids, attempt = 0; left.length > 0; attempt += 1) {
      const begun = performance.now();
      const node = this.#world.nodes[(one.number + attempt) % this.#world.nodes.length];
      const answer = await this.hand(one, left, node);
      if (answer.status === 200) {
        this.served += 1;
        this.slowest = Math.max(this.slowest, performance.now() - begun);
        left = left.slice(answer.body.length);
        continue;
      }
      this.unserved.push(answer.status);
      if (closes) return;
      await sleep(Math.min(answer.retryAfter * 1_000, LONGEST_WAIT_MS) * (0.5 + this.#chance()));
    }
  }
}

/** What was answered: `{status, body, retryAfter}`; the status is 0 where nothing was. */
export async function post(node, path, token, body, { headers = {}, host } = {}) {
  const all = { "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...headers };
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  try {
    const answer = await fetch(`http://${host ?? "127.0.0.1"}:${node.port}${path}`, {
      method: "POST",
      headers: all,
      body: text,
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    return { status: answer.status, body: await answer.json(), retryAfter: Number(answer.headers.get("retry-after") ?? 0.2) };
  } catch {
    return { status: 0, retryAfter: 0.2 };
  }
}

export const OWN = "/relay/v1/profiles/me/interactions";
export const IDENTIFIED = "/relay/v1/interactions";

export const profileOf = (number) => `00000000-0000-4000-8000-${`${number}`.padStart(12, "0")}`;

/** One of the sandbox's many, by turns: with the brand's token, with Omneo's, a server by profile, a server by e-mail address. */
export async function customer(world, number) {
  const profile = profileOf(number);
  const by = [
    async () => ({ path: OWN, token: jwt(profile) }),
    async () => ({ path: OWN, token: (await world.omneo.call("POST", "/id/api/v1/auth/token", { id: profile })).body.data.token }),
    async () => ({ path: `/relay/v1/profiles/${profile}/interactions`, token: SERVER_KEY }),
    async () => ({ path: IDENTIFIED, token: SERVER_KEY, identification: { email: `customer-${number}@example.com` } }),
  ];
  return { number, profile, ...(await by[number % by.length]()) };
}

/** What the tracker sends of a page. */
export function record(event_id) {
  return {
    action: "view",
    channel: "website",
    signal: 0,
    name: "Viewed page: Dresses",
    namespace: "web-engagement",
    url: "https://shop.example/dresses",
    meta: { event_id },
  };
}

const LONGEST_WAIT_MS = 1_000;
const LONGEST_ANSWER_MS = 20_000;
