// Clients that mean harm, while the load of all others goes on and must be served.

import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, gzipSync } from "node:zlib";
import { OWN, customer, post, profileOf, record } from "../load.mjs";
import { BRANDS, jwt } from "../tokens.mjs";

/** Attacks, several at once and again and again, each of which must be answered so. */
const attack = (name, status, attempt, more) => ({
  name: `hostile: ${name}`,
  brief: ["sqlite"],
  serves: true,
  async run({ world, isBrief }) {
    const answered = new Set();
    const one = async () => {
      for (let times = isBrief ? 5 : 50; times > 0; times -= 1) answered.add(await attempt(world));
    };
    await Promise.all(Array.from({ length: 8 }, one));
    return [...answered].filter((given) => given !== status).map((given) => `answered ${given}, not ${status}`);
  },
  ...more,
});

/** Connections that are held in a hostile way for a while; `open` returns what ends one. */
const hold = (name, open, more) => ({
  name: `hostile: ${name}`,
  brief: ["sqlite"],
  serves: true,
  async run({ world, isBrief }) {
    const held = Array.from({ length: 200 }, () => open(world.relay));
    await sleep(isBrief ? 5_000 : 20_000);
    for (const end of held) end();
  },
  ...more,
});

/** The first of the customers whom the load leaves alone: of what two clients hand in at once, either may come first. */
const BESIDE = 25;

const view = (id) => ({ kind: "pageView", ...record(id) });
const withToken = (token) => async ({ relay }) => (await post(relay, OWN, token(), [view("forged")])).status;

export const ofHostiles = [
  attack("1 GiB inflated from 1 MiB", 413, async ({ relay }) => (await post(relay, OWN, jwt(profileOf(1)), bomb(), { headers: { "Content-Encoding": "gzip" } })).status),
  attack("10,000 nested arrays", 400, async ({ relay }) => (await post(relay, OWN, jwt(profileOf(1)), "[".repeat(10_000) + "]".repeat(10_000))).status),
  attack("a token of another tenant", 401, withToken(() => jwt(profileOf(1), { brand: BRANDS.other }))),
  attack("a token of another tenant that names this one", 401, withToken(() => jwt(profileOf(1), { secret: BRANDS.other.secret })), { brief: [] }),
  attack("an expired token", 401, withToken(() => jwt(profileOf(1), { exp: Math.floor(Date.now() / 1000) - 60 }))),
  attack("a token for somebody else than the relay", 401, withToken(() => jwt(profileOf(1), { aud: "somebody else" })), { brief: [] }),
  attack("a token with alg: none", 401, withToken(() => jwt(profileOf(1), { alg: "none" }))),
  attack("a token signed with another key", 401, withToken(() => jwt(profileOf(1), { secret: "a key that somebody made up, of 32 bytes" }))),
  attack("a token whose customer is a path", 401, withToken(() => jwt(`${profileOf(1)}/../${profileOf(2)}`)), { brief: [] }),
  hold("clients that stop reading", (relay) => unread(relay)),
  hold("clients that send a header a second", (relay) => dribble(relay, "POST / HTTP/1.1\r\nHost: x\r\n", "X: x\r\n")),
  hold("clients that send a byte of a body a second", (relay) => dribble(relay, head(1_000), " ")),
  {
    name: "hostile: the same batch from two clients at once",
    brief: ["sqlite", "postgres"],
    serves: true,
    async run({ world, load, isBrief }) {
      const wrong = [];
      for (let round = 0; round < (isBrief ? 10 : 100); round += 1) {
        const one = await customer(world, BESIDE + (round % 12));
        const ids = Array.from({ length: 20 }, (_, at) => `both-${round}-${at}`);
        const answers = await Promise.all([load.hand(one, ids), load.hand(one, ids)]);
        const accepted = answers.flatMap(({ body }) => body ?? []).filter(({ status }) => status === 202).length;
        if (accepted !== ids.length) wrong.push(`${accepted} of ${ids.length} records were accepted`);
      }
      return wrong;
    },
    customers: 40,
  },
  {
    name: "hostile: records of each kind that the policy forbids, forged",
    brief: ["sqlite", "postgres"],
    serves: true,
    async run({ world, load }) {
      const wrong = [];
      for (const [rule, forged] of FORGED.entries()) {
        const id = `forged-${rule}`;
        load.records.set(id, { profile: profileOf(BESIDE), state: "refused" });
        const { body } = await post(world.relay, OWN, jwt(profileOf(BESIDE)), [{ ...record(id), ...forged }]);
        if (body?.[0]?.status !== 422) wrong.push(`${JSON.stringify(forged)} was answered ${JSON.stringify(body)}`);
      }
      for (const [at, stripped] of STRIPPED.entries()) {
        const id = `stripped-${at}`;
        load.records.set(id, { profile: profileOf(BESIDE), place: load.records.size, state: "acknowledged" });
        const { body } = await post(world.relay, OWN, jwt(profileOf(BESIDE)), [{ ...record(id), ...stripped, meta: { ...stripped.meta, event_id: id } }]);
        if (body?.[0]?.status !== 202) wrong.push(`${JSON.stringify(stripped)} was answered ${JSON.stringify(body)}`);
      }
      return wrong;
    },
    customers: 40,
    after({ rows }) {
      const text = JSON.stringify(rows);
      return PERSONAL.filter((personal) => text.includes(personal)).map((personal) => `Omneo got ${personal}`);
    },
  },
];

/** What a page may not say, however it says it. */
const SERVICE = { action: "service", channel: "support", name: "Asked about a parcel", namespace: "support", url: undefined };
const FORGED = [
  { kind: "record", ...SERVICE },
  { kind: "login", ...SERVICE },
  { kind: "pageView", ...SERVICE },
  { kind: "productView", ...SERVICE },
  { kind: "formSubmission", ...SERVICE },
  { kind: "purchase" },
  { kind: { toString: "pageView" } },
  { kind: "pageView", name: "Order completed" },
  { kind: "pageView", profile_id: profileOf(2) },
  { kind: "pageView", email: "customer-2@example.com" },
  { kind: "pageView", identifier: "customer-2" },
];
const PERSONAL = ["grace@example.com", "hunter2", "4111 1111 1111 1111", "0412 345 678"];
const STRIPPED = [
  { kind: "pageView", url: "https://shop.example/dresses?email=grace@example.com&password=hunter2" },
  {
    kind: "formSubmission",
    action: "disclose",
    name: "Submitted form: newsletter",
    url: undefined,
    meta: { form: "newsletter", note: "grace@example.com", fields: { password: "hunter2", card: "4111 1111 1111 1111", phone: "0412 345 678" } },
  },
];

// As gzip allows it, of several members: 16 MiB of spaces in 16 KiB, 64 times.
let made;
function bomb() {
  made ??= Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(16 << 20, " "), { level: constants.Z_BEST_COMPRESSION })));
  return made;
}

const head = (length) =>
  `POST ${OWN} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${jwt(profileOf(1))}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

// Asks for more and more, and takes none of the answers.
function unread({ port }) {
  const socket = quiet(port);
  socket.pause();
  const body = JSON.stringify([{}]);
  socket.write((head(body.length) + body).repeat(500));
  return () => socket.destroy();
}

function dribble({ port }, begin, more) {
  const socket = quiet(port);
  socket.resume();
  socket.write(begin);
  const timer = setInterval(() => socket.write(more), 1_000);
  return () => {
    clearInterval(timer);
    socket.destroy();
  };
}

// That the relay hangs up on it is no surprise.
const quiet = (port) => connect({ port, host: "127.0.0.1" }).on("error", () => {});
