// The settings as they count, and where each came from. Of what is given, only what is named here is shown, and no token or signature.

import { isAnswer } from "../answers.js";
import { attribute } from "../attribute.js";
import { make } from "../dom.js";

/** A table of all settings, and the advice on them. */
export function settings({ given, isTag, call }) {
  const [consent, declined, signedIn] = call("inspected")?.split(" ") ?? [];
  if (!consent) return make("p", {}, "The tracker was stopped.");
  const from = (name) => (given[name] == null ? "default" : isTag ? attribute(name) : "createTracker");
  const rows = [
    ["sent to", given.endpoint ?? `https://api.${given.tenant}.getomneo.com`, given.endpoint ? from("endpoint") : from("tenant")],
    ["consent", shown(given.consent === undefined || isAnswer(given.consent) ? consent : [given.consent, consent]), declined ? BROWSER : answerFrom(given.consent, consent, from)],
    ["signed in", signedIn || "not known yet", "the token"],
    ["token", shown(given.token ?? given.tokenUrl), given.tokenUrl ? from("tokenUrl") : from("token")],
    ...Object.entries(DEFAULTS).map(([name, value]) => [name, shown(given[name] ?? value), from(name)]),
  ];
  const head = make("tr", {}, ...["setting", "value", "from"].map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(([name, ...cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))));
  return make("div", {}, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)), advice());
}

// What was said of them on this page, which comes from a file of its own.
function advice() {
  const list = make("ul", { part: "advice" });
  const show = ({ told }) => list.append(...[...told].map((one) => make("li", {}, one)));
  import("../advice.js").then(show).catch(() => {});
  return list;
}

// What was given first may not be what holds now.
function answerFrom(given, now, from) {
  if (given === now || (given == null && now === "unknown")) return from("consent");
  return given == null || isAnswer(given) ? "a call, or another page" : "the consent platform, or a call";
}

// A text may be an address with a secret in it; a member of an object is not shown but for switches, numbers and what a rule is called.
function shown(given) {
  if (typeof given === "function") return "a function";
  if (Array.isArray(given)) return given.map((one) => shown(one?.rule ?? one)).join(", ") || "none";
  if (Object(given) !== given) return typeof given !== "string" || WORD.test(given) ? `${given ?? "–"}` : "an address";
  return Object.entries(given).map(([name, value]) => `${name}${name === "shopify" ? "" : `: ${shown(value)}`}`).join(", ");
}

const WORD = /^[\w .:*-]{1,40}$/;

/** What holds where nothing is given. */
const DEFAULTS = {
  __proto__: null,
  route: "me",
  namespace: "web-engagement",
  channel: "website",
  capture: "all but durations",
  policy: "the default rules",
  clienteling: "60 minutes",
  batch: "as the route needs",
  events: null,
  forms: null,
  product: null,
  signedIn: null,
  beforeConsent: "hold",
  load: "once somebody is recorded",
  module: "beside the script",
};
const BROWSER = "the browser: Global Privacy Control or Do Not Track";
