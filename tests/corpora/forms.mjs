// The corpus of forms and of ways to submit them, see `forms/README.md`.

import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(`forms/${name}.json`, import.meta.url), "utf8"));
const half = (name, isHeldBack) => ({ name: isHeldBack ? "held back" : "to work with", isHeldBack, cases: read(name) });

/** Forms, and whether a submission of each counts: the half to work with, and the one that is held back. */
export const forms = [half("forms-work", false), half("forms-held-back", true)];

/** Ways to submit a form, and how often each counts. */
export const submits = [half("submits-work", false), half("submits-held-back", true)];

export const FORM = '<form name="f" method="post" action="/sent" target="sink"><p><label>Size <input name="size"></label></p><button>Send</button></form>';

/** A page that tells the window around it, by `told(number, what)`, of each submission and when all is over. */
export const pageOf = ({ html = FORM, setup = "", act, press = "form button, form [type=submit], button" }, number) => `<!doctype html><meta charset="utf-8">
<link rel="icon" href="data:,"><title>Form</title><iframe name="sink"></iframe>${html}
<script type="module">
  import { createTracker } from "/omneo/omneo-interactions.js";
  const tell = (what) => parent.told(${number}, what);
  addEventListener("error", ({ message }) => tell(message));
  addEventListener("unhandledrejection", ({ reason }) => tell(String(reason)));
  const tracker = await createTracker({ endpoint: "/", token: () => null });
  let told;
  const began = new Promise((begin) => (told = begin));
  tracker.on("recorded", ({ kind }) => (kind === "formSubmission" ? tell("submission") : told()));
  tracker.on("failed", ({ reason }) => tell(reason));
  await began;
  // After what the tracker tells while the page goes.
  addEventListener("pagehide", () => tell("over"));

  const form = document.querySelector("form");
  const field = document.querySelector("input:not([type=hidden])");
  const btn = document.querySelector(${JSON.stringify(press)});
  if (form && !form.hasAttribute("onsubmit")) form.target = "sink";
  let open = 0;
  const done = async () => {
    if (open > 0) return;
    await tracker.flush();
    if (open === 0) tell("over");
  };
  const begin = (promise) => {
    open += 1;
    return promise.finally(() => { open -= 1; setTimeout(done); });
  };
  const later = (ms, act) => void begin(new Promise((over) => setTimeout(over, ms)).then(act));
  const on = (heard) => form.addEventListener("submit", heard);
  const answer = (origin, status, ms) => begin(fetch(\`\${origin}/answer/\${status}/\${ms}/${number}\`, { method: "POST" }).catch(() => {}));
  const send = (status, ms) => answer("", status, ms);
  const elsewhere = (status, ms) => answer(location.origin.replace("127.0.0.1", "localhost"), status, ms);
  const change = (node) => node.dispatchEvent(new Event("input", { bubbles: true }));
  ${setup}
  later(0, () => { ${act ?? "btn.click();"} });
</script>`;
