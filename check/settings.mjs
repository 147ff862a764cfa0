// Settings that the tracker would refuse: the tracker itself is asked, so that both say the same.

import { adapters } from "../js/adapters.js";
import { OmneoError } from "../js/error.js";
import { attribute } from "../js/attribute.js";
import { explainWith, settingFor } from "../js/module.js";
import { ofTag, ofTracker } from "../js/settings.js";
import { ready } from "./module.mjs";
import { broken, hasScheme } from "./tag.mjs";

/** What is not Rust's to look at. */
const NO_DATA = ["token", "tokenUrl", "module", "consent", "events", "product", "forms"];

const VIEW = { action: "view", channel: "website", signal: 0, name: "Viewed page", namespace: "web-engagement", url: "https://page.invalid/" };

export async function settings({ site, page, given }) {
  if (!given) return [];
  await ready(site.href);
  const wrong = [...endpoint(given), ...source(given), ...texts(broken(page.tag.attributes))];
  // As the tag's tracker does: what is somebody else's is no mistake.
  const left = ofTag(given, (name, setting) => {
    wrong.push({ field: name, what: `\`${attribute(name)}\` is no setting of the tracker's.`, mend: `it is probably \`${attribute(setting)}\`.` });
  });
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

function* texts(names) {
  const mend = "write it as JSON, with double quotes within and single quotes around.";
  for (const field of names) if (settingFor(field)) yield { field, what: `\`${attribute(field)}\` is no JSON.`, mend };
}

const told = ({ message }, name) => ({
  what: `The tracker refuses its settings: ${message}.`,
  mend: `set \`${attribute(name)}\` to what is accepted, or leave it out.`,
});

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
