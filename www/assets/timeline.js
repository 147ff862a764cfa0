// The customer's own timeline: what is on their profile, as it arrives, and what the tracker refused and why.
import { element } from "./dom.js";
import { hearEvents } from "./events.js";
import { signedIn } from "./session.js";
import { time, verdict, wholeRecord } from "./verdict.js";

const INTERACTIONS = "/id/api/v1/profiles/me/interactions";
const SIGNALS = { 1: "positive", 0: "neutral", "-1": "negative" };
const ACTIONS = { view: "looked at something", visit: "came to the shop", disclose: "sent a form", feedback: "said what they think" };
const at = (id) => document.getElementById(id);

const catalogue = await (await fetch("/shop/catalogue")).json();
const profile = await signedIn();
at("signed-out").hidden = Boolean(profile);
at("signed-in").hidden = !profile;
hearEvents(({ event, detail, at }) => event === "refused" && prepend("refused", refused(detail, at)));
if (profile) {
  at("whose").textContent = `What is on the profile of ${profile.first_name} ${profile.last_name}, newest first.`;
  await showRecorded();
  new EventSource("/shop/events").addEventListener("interaction.created", ({ data }) => {
    prepend("recorded", recorded(JSON.parse(data)));
  });
}
document.documentElement.dataset.ready = "true";

async function showRecorded() {
  const answer = await call("GET", `${INTERACTIONS}?per_page=50`);
  const { data } = await answer.json();
  for (const interaction of data.reverse()) prepend("recorded", recorded(interaction));
}

// A token for each call: they are short-lived, and this page keeps none.
async function call(method, path) {
  const { token } = await (await fetch("/omneo/token")).json();
  return fetch(path, { method, headers: { Authorization: `Bearer ${token}` } });
}

function prepend(id, item) {
  at(id).prepend(item);
  at(`${id}-none`).hidden = true;
}

function recorded(interaction) {
  const item = element(
    "li",
    { class: "new", "data-id": interaction.id },
    element("div", { class: "row" }, element("h3", {}, interaction.name), time(`${interaction.interacted_at ?? interaction.created_at}Z`)),
    facts(interaction),
    element("div", { class: "row" }, wholeRecord(interaction), element("button", { type: "button", class: "link", click: erase }, "Erase")),
  );
  async function erase() {
    const answer = await call("DELETE", `${INTERACTIONS}/${interaction.id}`);
    if (!answer.ok) return;
    item.remove();
    at("recorded-none").hidden = at("recorded").childElementCount > 0;
    at("said").textContent = `Erased: ${interaction.name}`;
  }
  return item;
}

function refused({ record, rule, reason }, at) {
  return verdict({ record, reason, words: [`rule: ${rule}`], at });
}

function facts(interaction) {
  const said = [
    `on the ${interaction.channel}`,
    ACTIONS[interaction.action] ?? interaction.action,
    `${SIGNALS[interaction.signal]} signal`,
    interaction.namespace,
    ...links(interaction),
  ];
  return element("ul", { class: "facts" }, said.map((fact) => element("li", {}, fact)));
}

function links({ product_id, product_variant_id, product_category_id, staff_id, location_id }) {
  const product = catalogue.products.find(({ id }) => id === product_id);
  const named = (kind, list, id) => id && `${kind}: ${list?.find((one) => one.id === id)?.name ?? id}`;
  return [
    named("product", catalogue.products, product_id),
    named("size", product?.variants, product_variant_id),
    named("category", catalogue.categories, product_category_id),
    named("assisted by", catalogue.staff, staff_id),
    named("at", catalogue.locations, location_id),
  ].filter(Boolean);
}
