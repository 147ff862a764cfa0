// Records made up for a rule: some that meet all its conditions, and others that miss one.

import { ACTIONS, KINDS } from "../../js/advice/rule.js";

const CHANNELS = ["website", "app", "email", "location", "push", "sms", "social", "support"];

/** The page that each kind of record would be made on. */
const PATHS = { login: "/account", pageView: "/guides/linen", productView: "/products/linen-wrap-dress", formSubmission: "/contact", record: "/stores" };

/** What a record of each kind says. Part of it is what no record should say. */
const SAYS = {
  login: { name: "Logged in", meta: { method: "password" } },
  pageView: { name: "Viewed page: Linen, for ada@example.com" },
  productView: { name: "Viewed product: Linen wrap dress", product_id: 1001, meta: { sku: "LWD-36", gtin: "9780141439518" } },
  formSubmission: {},
  record: { name: "Asked for advice", description: "Call me on +61 412 345 678", meta: { topic: "fit" } },
};

/** The kinds of records that a rule may be about. */
export function kindsOf({ kind = KINDS, action, form }) {
  const fits = (one) => (!action || !ACTIONS[one] || action.includes(ACTIONS[one])) && (!form || ["formSubmission", "record"].includes(one));
  const fitting = kind.filter(fits);
  return fitting.length > 0 ? fitting : kind;
}

/** Records of that kind that meet the conditions of the rule, as far as anybody can tell without asking. */
export function* meeting(rule, kind, query = []) {
  const actions = ACTIONS[kind] ? [ACTIONS[kind]] : (rule.action ?? ["service"]);
  let left = MOST;
  for (const action of actions) {
    for (const channel of rule.channel ?? CHANNELS.slice(0, 1)) {
      for (const path of rule.url ?? [PATHS[kind]]) {
        for (const form of rule.form ?? [undefined]) {
          if (left-- === 0) return;
          yield recordOf(rule, kind, { action, channel, path: filled(path), form: form && filled(form), query });
        }
      }
    }
  }
}

const MOST = 100;

function recordOf({ namespace, url, meta: keys = [] }, kind, { action, channel, path, form, query }) {
  const { meta = {}, ...says } = SAYS[kind];
  const isAssisted = namespace?.includes("clienteling");
  return {
    action,
    channel,
    signal: 0,
    namespace: namespace?.[0] ?? "web-engagement",
    ...says,
    ...(kind === "formSubmission" && { name: `Submitted form: ${(form ?? "contact").slice(0, 100)}` }),
    ...(isAssisted && { staff_id: 7, location_id: 12 }),
    ...((kind !== "login" || url) && { url: addressOf(path, query) }),
    meta: Object.fromEntries([
      ...Object.entries(meta),
      ...(form || kind === "formSubmission" ? [["form", form ?? "contact"]] : []),
      ...keys.filter((key) => !Object.hasOwn(meta, key) && key !== "form").map((key) => [key, "example"]),
      ["note", "Write to ada@example.com"],
    ]),
  };
}

// A route behind a `#` is part of what a rule asks for; a query is not, and goes before it.
function addressOf(path, query) {
  const [page, ...route] = path.split("#");
  const kept = query.slice(0, 3).map((name) => `${encodeURIComponent(name)}=example&`);
  return `https://shop.example${page}?${kept.join("")}utm_source=letter&email=ada%40example.com#${route.length > 0 ? route.join("#") : "reviews"}`;
}

const filled = (pattern) => pattern.replace(/^\*/, "/*").replaceAll(/\*+/g, "example").replace(/^(\/)\/+/, "$1");

/** The same record with one thing changed, so that it may miss the rule: `what` is changed, and the `kind`, `record` and `consent` then. */
export function* missing(rule, kind, record) {
  const other = rule.kind && KINDS.find((one) => !rule.kind.includes(one));
  if (other) yield { what: "kind", to: other, kind: other, record: meeting({ ...rule, action: undefined }, other).next().value };
  const changed = (what, to, change) => ({ what, to, kind, record: { ...record, ...change } });
  const channel = rule.channel && CHANNELS.find((one) => !rule.channel.includes(one));
  if (channel) yield changed("channel", channel, { channel });
  const action = rule.action && !ACTIONS[kind] && ["service", "refer", "broadcast"].find((one) => !rule.action.includes(one));
  if (action) yield changed("action", action, { action });
  if (rule.namespace) yield changed("namespace", "another", { namespace: "another" });
  if (rule.url) yield changed("url", "/another/page", { url: "https://shop.example/another/page" });
  if (rule.form) yield changed("form", "another-form", { meta: { ...record.meta, form: "another-form" } });
  if (rule.purpose) yield { what: "purpose", to: rule.purpose, kind, record, consent: ["another-purpose"] };
  yield changed("name", PURCHASE, { name: PURCHASE });
}

const PURCHASE = "order_completed";
