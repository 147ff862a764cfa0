// Reads all interactions of a tenant by Omneo's global route, a page after the other.

import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.mjs";

/** As many a page as Omneo may give; what it gives is what counts. */
const PER_PAGE = 100;
/** How often a page is asked for that is not answered, or not yet. */
const ATTEMPTS = 6;

/**
 * `{total}` first, then pages as `{rows}`. `since` is a day in UTC, or nothing; `wait` is called with the milliseconds before each further attempt.
 */
export async function* interactions({ api, key, since, wait = sleep }) {
  let asked = address(api, since);
  for (let isFirst = true; asked; isFirst = false) {
    const { data, links, meta } = await page(asked, key, wait);
    if (isFirst) yield { total: meta?.total ?? data.length };
    yield { rows: data.map(rowOf) };
    asked = nextOf(links?.next, asked);
  }
}

function address(api, since) {
  const url = new URL(`${api}/api/v3/interactions`);
  url.searchParams.set("per_page", `${PER_PAGE}`);
  url.searchParams.set("page", "1");
  if (since) url.searchParams.set("filter[created_at][gte]", `${since} 00:00:00`);
  return url;
}

// Omneo's link says only which page is next, and may leave out what else was asked. The key goes nowhere but where the first page came from.
function nextOf(link, asked) {
  const number = link && new URL(link, asked).searchParams.get("page");
  if (!number) return undefined;
  const next = new URL(asked);
  next.searchParams.set("page", number);
  return next;
}

async function page(url, key, wait) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${key}`, Accept: "application/json" }, redirect: "error" }).catch((error) => error);
    if (answer instanceof Response && answer.ok) return body(answer, url);
    const why = answer instanceof Response ? `it answered with status ${answer.status}` : `it cannot be reached (${answer.cause?.message ?? answer.message})`;
    if (!isPassing(answer) || attempt === ATTEMPTS) throw new Failure(`Omneo's interactions cannot be read from ${url.origin}: ${why}.${mend(answer)}`);
    await wait(pause(answer, attempt));
  }
}

async function body(answer, url) {
  const said = await answer.json().catch(() => undefined);
  if (!Array.isArray(said?.data)) throw new Failure(`${url.origin} answered with something else than a list of interactions.`);
  return said;
}

const isPassing = (answer) => !(answer instanceof Response) || answer.status === 429 || answer.status >= 500;

const pause = (answer, attempt) => {
  const seconds = answer instanceof Response ? Number(answer.headers.get("Retry-After") || Number.NaN) : Number.NaN;
  return Number.isNaN(seconds) ? 500 * 2 ** attempt : Math.min(seconds, 120) * 1_000;
};

function mend(answer) {
  if (answer.status === 401) return " Is OMNEO_ADMIN_TOKEN this tenant's?";
  return answer.status === 403 ? " The token needs the scope read-interactions." : "";
}

/** What a report needs of an interaction: nothing that says whose it is. */
export function rowOf({ id, interacted_at: happened, created_at: created, action, channel, signal, namespace, name, url, product_id: product, meta }) {
  const form = typeof meta?.form === "string" ? meta.form : null;
  return { id, at: moment(happened ?? created), action, channel, signal: Number(signal), namespace, name: `${name}`, url, product_id: product ?? null, form };
}

// Omneo writes UTC without saying so.
function moment(text) {
  const iso = `${text}`.replace(" ", "T");
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
}
