// Settings that the tracker would refuse: the tracker itself is asked, so that both say the same.

import { closest, distance } from "fastest-levenshtein";
import { readFile } from "node:fs/promises";
import { adapters } from "../js/adapters.js";
import { OmneoError } from "../js/error.js";
import { explainWith, load } from "../js/module.js";
import { ofTracker } from "../js/settings.js";
import { attribute, hasScheme } from "./tag.mjs";

/** The module of the same package. */
const MODULE = new URL("omneo-interactions.wasm", import.meta.url);

/** What is not Rust's to look at. */
const NO_DATA = ["token", "tokenUrl", "module", "consent", "events", "product", "forms"];
/** What the start keeps to itself. */
const STARTS = ["load", "signedIn", "beforeConsent"];

const VIEW = { action: "view", channel: "website", signal: 0, name: "Viewed page", namespace: "web-engagement", url: "https://page.invalid/" };

export async function settings({ site, given }) {
  if (!given) return [];
  // What `js/settings.js` asks of its page.
  Object.assign(globalThis, { webkitURL: URL, location: { href: site.href } });
  await load(await WebAssembly.compile(await readFile(MODULE)));
  const wrong = [...endpoint(given), ...source(given)];
  const left = { ...given };
  const seen = new Set();
  for (let mistake; (mistake = await refused(left)); ) {
    const [name] = mistake.field.split(/[.[]/);
    if (seen.has(name)) break;
    seen.add(name);
    if (!wrong.some(({ field }) => field === name)) wrong.push({ field: name, ...told(mistake, name) });
    // There may be another one behind it.
    delete left[name];
    if (!["tenant", "endpoint"].includes(name)) continue;
    delete left.endpoint;
    left.tenant = "any";
  }
  return wrong;
}

/** The first mistake in the settings, or `undefined`. */
async function refused(given) {
  try {
    const known = ofTracker(given);
    const { consent, events, forms } = known;
    const platforms = await adapters("consent", consent);
    await Promise.all([adapters("events", events), adapters("forms", forms)]);
    for (const name of NO_DATA) delete known[name];
    explainWith({ __proto__: null, ...known, consent: platforms.length > 0 ? "unknown" : consent }, VIEW);
  } catch (error) {
    if (error instanceof OmneoError) return error;
    throw error;
  }
}

function told({ message, accepted }, name) {
  const what = `The tracker refuses its settings: ${message}.`;
  const known = accepted.split(", ");
  // Whatever is accepted in its place is a list of names.
  if (!known.includes("tenant")) return { what, mend: `set \`${attribute(name)}\` to what is accepted, or leave it out.` };
  const small = (text) => text.toLowerCase();
  const names = [...known, ...NO_DATA, ...STARTS];
  const near = names.find((one) => small(one) === closest(small(name), names.map(small)));
  const isNear = distance(small(name), small(near)) <= Math.max(1, name.length / 4);
  return { what, mend: isNear ? `\`${attribute(name)}\` is probably \`${attribute(near)}\`.` : "leave it out." };
}

function* source({ tokenUrl, token }) {
  if (tokenUrl || Object(token).shopify) return;
  const mend = "set `data-token-url` to where your server answers it.";
  if (token) yield { field: "token", what: "`data-token` is no source of tokens; if it is a token, everybody can read it.", mend };
  else yield { field: "token", what: "The tag names no source of the customer's token.", mend };
}

// It would be taken for a path of the page's own origin.
function* endpoint({ endpoint }) {
  if (typeof endpoint !== "string" || hasScheme(endpoint)) return;
  const host = endpoint.replace(/^\s*(https?:)?[./]*/i, "").trim();
  const scheme = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(host) ? "http" : "https";
  yield {
    field: "endpoint",
    what: `\`data-endpoint\` is "${endpoint}", without a scheme.`,
    mend: host ? `write \`${scheme}://${host}\`, or \`/\` for the page's own origin.` : "write an https address, or `/` for the page's own origin.",
  };
}
