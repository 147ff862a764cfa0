// The settings as they count, and where each came from. Of what is given, only what is named here is shown, and no token or signature.

import { attribute } from "../attribute.js";
import { make } from "../dom.js";

/** A table of all settings. */
export function settings({ given, isTag, call }) {
  const counts = call("inspected");
  if (!counts) return make("p", {}, "The tracker was stopped.");
  const from = (name) => (given[name] == null ? "default" : isTag ? attribute(name) : "createTracker");
  const rows = [
    ["sent to", counts.address, given.endpoint ? from("endpoint") : from("tenant")],
    ["consent", [counts.consent, counts.purposes?.join(", ")].filter(Boolean).join(": "), counts.declined ? BROWSER : answerFrom(given.consent, counts.consent, from)],
    ["signed in", SIGNED_IN[counts.signedIn] ?? "not known yet", "the token"],
    ["token", kindOf(given.token ?? given.tokenUrl), given.tokenUrl ? from("tokenUrl") : from("token")],
    ["route", counts.route, from("route")],
    ["namespace", counts.namespace, from("namespace")],
    ["channel", counts.channel, from("channel")],
    ["capture", on(counts.capture), from("capture")],
    ["policy", `the rules, in this order: ${counts.rules?.join(", ") ?? "none"}`, from("policy")],
    ["clienteling", `${counts.minutes} minutes`, from("clienteling")],
    ["batch", `${counts.records} records or ${counts.seconds} seconds`, from("batch")],
    ...OTHERS.map((name) => [name, given[name] == null ? "–" : kindOf(given[name]), from(name)]),
  ];
  const head = make("tr", {}, ...["setting", "value", "from"].map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(([name, ...cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

// What was given first may not be what holds now.
function answerFrom(given, now, from) {
  if (given == null || given === now) return from("consent");
  const isPlatform = !Array.isArray(given) && !/^(unknown|granted|denied)$/.test(given);
  return isPlatform ? `the consent platform${typeof given === "function" ? "" : ` ${typeof given === "string" ? given : Object.keys(given)[0]}`}, or a call` : "a call, or another page";
}

const on = (switches) => Object.entries(switches).map(([name, isOn]) => `${name} ${isOn ? "on" : "off"}`).join(", ");

// A text may be an address with a secret in it.
function kindOf(given) {
  if (typeof given === "function") return "a function";
  if (typeof given === "boolean" || /^[\w-]{1,20}$/.test(given)) return `${given}`;
  if (Array.isArray(given)) return given.map(kindOf).join(", ");
  return typeof given === "string" ? "an address" : Object.keys(given).join(", ");
}

const OTHERS = ["events", "forms", "product", "signedIn", "beforeConsent", "load", "module", "inspect"];
const SIGNED_IN = { __proto__: null, true: "yes", false: "no" };
const BROWSER = "the browser: Global Privacy Control or Do Not Track";
