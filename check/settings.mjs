// Settings that the tracker would refuse: the tracker itself is asked, so that both say the same.

import { closest, distance } from "fastest-levenshtein";
import { readFile } from "node:fs/promises";
import { adapters } from "../js/adapters.js";
import { OmneoError } from "../js/error.js";
import { explainWith, load } from "../js/module.js";
import { ofTracker } from "../js/settings.js";
import { attribute } from "./tag.mjs";

/** The module of the same package. */
const MODULE = new URL("omneo-interactions.wasm", import.meta.url);

/** What is not Rust's to look at. */
const NO_DATA = ["token", "tokenUrl", "module", "consent", "events", "product", "forms"];

const VIEW = { action: "view", channel: "website", signal: 0, name: "Viewed page", namespace: "web-engagement", url: "https://page.invalid/" };

export async function settings({ site, given }) {
  if (!given) return [];
  // What `js/settings.js` asks of its page.
  Object.assign(globalThis, { webkitURL: URL, location: { href: site.href } });
  await load(await WebAssembly.compile(await readFile(MODULE)));
  const wrong = [...endpoint(given), ...source(given)];
  const left = { ...given };
  for (let mistake; (mistake = await refused(left)); ) {
    const [name] = mistake.field.replace(/^settings\./, "").split(/[.[]/);
    if (!wrong.some(({ field }) => field === name)) wrong.push({ field: name, ...told(mistake, name) });
    if (!(name in left)) break;
    // There may be another one behind it.
    delete left[name];
    if (["tenant", "endpoint"].includes(name)) left.tenant = "any";
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
  const names = accepted.split(/, | and /).map((one) => one.replace(/^one of /, ""));
  const near = names.length > 5 ? closest(name, names) : undefined;
  const what = `The tracker refuses its settings: ${message}.`;
  if (near && distance(name, near) < 4) return { what, mend: `\`${attribute(name)}\` is probably \`${attribute(near)}\`.` };
  return { what, mend: `set \`${attribute(name)}\` to what is accepted, or leave it out.` };
}

function* source({ tokenUrl, token }) {
  if (tokenUrl || Object(token).shopify) return;
  yield { field: "token", what: "The tag names no source of the customer's token.", mend: "set `data-token-url` to where your server answers it." };
}

// It would be taken for a path of the page's own origin.
function* endpoint({ endpoint }) {
  if (typeof endpoint !== "string" || /^(https?:\/\/|\/)/.test(endpoint)) return;
  yield {
    field: "endpoint",
    what: `\`data-endpoint\` is "${endpoint}", without a scheme.`,
    mend: `write \`https://${endpoint.replace(/^.*\/\//, "")}\`, or \`/\` for the page's own origin.`,
  };
}
