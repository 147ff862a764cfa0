// The visitor's last minute as the tracker sees it: what it would record, what it refused and why. From its events and its
// `explain` alone: this page knows nothing that any page of a site could not know.
import { element } from "./dom.js";
import { MINUTE, hearEvents } from "./events.js";
import { verdict } from "./verdict.js";

const at = (id) => document.getElementById(id);
const items = new Map();

await loaded();
showExamples();
hearEvents(hear);
setInterval(forgetOld, 1_000);
document.documentElement.dataset.ready = "true";

// Only the tracker itself explains at once: this page's tag loads it now. The stub that stands in for it has a queue.
async function loaded() {
  while (omneo.q || document.readyState !== "complete") await new Promise((later) => setTimeout(later, 50));
  await omneo("flush");
}

function hear({ event, detail, at: when }) {
  const { record, rule, reason } = detail;
  if (when < Date.now() - MINUTE || !record) return;
  const id = `${event} ${record.meta?.event_id ?? `${when} ${record.name}`}`;
  if (event === "refused") show("refused", id, when, { record, reason, words: [`rule: ${rule}`] });
  if (event === "recorded") show("recorded", id, when, kept(detail));
  if (event === "delivered") say(record, "has arrived on the profile");
  if (event === "failed") say(record, `given up: ${reason}`);
}

// The rule that let it through, and what it struck on the way. `explain` takes whole records, and a login or a submission can be
// told from others only by its call: those two rules are named in docs/policy.md.
const BY_CALL = {
  login: { rule: "login", reason: "A login on website or app." },
  formSubmission: { rule: "form", reason: "The submission of a form." },
};

function kept({ kind, record, dropped = [] }) {
  const { rule, reason } = BY_CALL[kind] ?? omneo("explain", record);
  return { record, reason, words: [`rule: ${rule}`, ...dropped.map(({ field }) => `left out: ${field}`)] };
}

function show(list, id, when, what) {
  if (items.has(id)) return;
  const item = verdict({ ...what, at: when, id });
  items.set(id, { item, when, list });
  at(list).prepend(item);
  at(`${list}-none`).hidden = true;
}

function say(record, fact) {
  const { item } = items.get(`recorded ${record.meta?.event_id}`) ?? {};
  const facts = item?.querySelector(".facts");
  if (facts && ![...facts.children].some(({ textContent }) => textContent === fact)) facts.append(element("li", {}, fact));
}

function forgetOld() {
  for (const [id, { item, when, list }] of items) {
    if (when > Date.now() - MINUTE) continue;
    item.remove();
    items.delete(id);
    at(`${list}-none`).hidden = at(list).childElementCount > 0;
  }
}

function showExamples() {
  const base = { action: "view", channel: "website", signal: 0, namespace: "web-engagement" };
  const examples = {
    "A page whose address holds an e-mail address": {
      ...base,
      name: "Viewed page: Welcome back, ada@example.com",
      url: `${location.origin}/welcome/ada%40example.com?token=c2VjcmV0#top`,
    },
    "A purchase": { ...base, action: "product", name: "order_completed", meta: { total: 129 } },
    "A visit to a store": { ...base, action: "visit", channel: "location", name: "Came to the Carlton store" },
    "A rating": { ...base, action: "feedback", name: "How was it?", meta: { nps: 9 } },
    "Something no rule knows": { ...base, action: "service", name: "Opened store finder" },
  };
  for (const [label, record] of Object.entries(examples)) {
    at("examples").append(element("li", {}, element("button", { type: "button", class: "plain", click: () => explain(record) }, label)));
  }
}

function explain(record) {
  const { allowed, rule, reason, record: kept } = omneo("explain", record);
  const item = verdict({ record: kept, reason, words: [allowed ? "would be recorded" : "would be refused", `rule: ${rule}`] });
  at("explained").classList.toggle("refused", !allowed);
  at("explained").replaceChildren(item);
}
