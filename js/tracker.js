// The face that a site sees: typed in `omneo-interactions.d.ts`, and throwing what is wrong with a call where it is made.

/** @import { Tracker as Face } from "./omneo-interactions.js" */
import { Consent, sourceOf } from "./consent.js";
import { ACCEPTED, areEmbeds, embedsOf } from "./embeds.js";
import { OmneoError } from "./error.js";
import { eventSources } from "./events.js";
import { load, open } from "./module.js";
import { Page } from "./page.js";

export { OmneoError };

/** The version of this package. */
export const version = __VERSION__;

/** `beside` is the module where the settings name none. */
export async function createTracker(settings, beside) {
  const { token, module = beside, consent: given, events, product, forms = [], ...rest } = Object(settings);
  if (!token?.shopify) mustBeFunction("token", token, "a function that answers a token, or null where nobody is signed in, or {shopify}");
  if (product) mustBeFunction("product", product, "a function that answers Omneo's ids of a product, or null");
  if (!areEmbeds(forms)) throw new OmneoError("invalid-settings", mistakeIn("forms", forms, ACCEPTED));
  if (!module) throw new OmneoError("invalid-settings", mistakeIn("module", module, MODULES));
  if (typeof rest.endpoint === "string") rest.endpoint = absolute(rest.endpoint);
  const loads = [platform(given), embedded(forms), emitters(events), tokens(token, rest), loaded(module)];
  const [source, embeds, sources, askToken] = await Promise.all(loads);
  // Nobody sees a prerendered page yet, and perhaps nobody ever will.
  if (document.prerendering) {
    await new Promise((activated) => document.addEventListener("prerenderingchange", activated, { once: true }));
  }
  const consent = source && new Consent(source);
  const text = json({ ...rest, consent: consent ? consent.first : given }, "invalid-settings");
  const { answer, mistake } = open(text, navigator.globalPrivacyControl === true, navigator.doNotTrack === "1");
  if (mistake) throw new OmneoError("invalid-settings", mistake);
  return new Tracker(answer, askToken, consent, product, embeds, sources);
}

/** @implements {Face} */
class Tracker {
  #page;
  #listeners = new Map();
  #flushes = [];
  #over = new AbortController();
  // What is told before whoever made the tracker could listen.
  #early = [];

  constructor(number, token, consent, product, embeds, sources) {
    this.#page = new Page(number, token, consent, product, embeds, (event, detail) => this.#told(event, detail));
    // A task of its own, as soon as may be: Firefox lets the timers of a page that is hidden while it loads wait for long.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const early = this.#early;
      this.#early = undefined;
      for (const told of early) this.#told(...told);
    };
    port2.postMessage("");
    for (const source of sources) source((call, given) => this.#page.hear(call, given), this.#over.signal);
  }

  pageView(fields = {}) {
    this.#call("pageView", fields);
  }

  productView(fields = {}) {
    this.#call("productView", fields);
  }

  login(fields = {}) {
    this.#call("login", fields);
  }

  formSubmission(fields = {}) {
    this.#call("formSubmission", fields);
  }

  clienteling(session = {}) {
    this.#call("clienteling", session);
  }

  record(interaction = {}) {
    this.#call("record", interaction);
  }

  explain(interaction = {}) {
    return this.#call("explain", interaction);
  }

  consent(answer) {
    // A word that JSON would quote; anything else is shown as it is in the mistake.
    this.#input("consent", typeof answer === "string" ? answer : json(answer, "invalid-call"));
  }

  signOut() {
    this.#input("signOut");
  }

  flush() {
    return new Promise((settled) => {
      this.#flushes.push(settled);
      this.#input("flush");
    });
  }

  on(event, listener) {
    if (!EVENTS.includes(event)) throw new OmneoError("invalid-call", mistakeIn("event", event, EVENTS.join(", ")));
    if (typeof listener !== "function") {
      throw new OmneoError("invalid-call", mistakeIn("listener", listener, "a function"));
    }
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  stop() {
    this.#over.abort();
    this.#page.stop();
  }

  #call(name, fields) {
    return this.#input(name, json(fields, "invalid-call"));
  }

  #input(name, detail) {
    const { answer, mistake } = this.#page.input(name, detail);
    if (mistake) throw new OmneoError(name === "record" ? "invalid-interaction" : "invalid-call", mistake);
    return answer;
  }

  #told(event, detail) {
    if (this.#early) return void this.#early.push([event, detail]);
    if (event === "settled") return this.#flushes.splice(0).forEach((settled) => settled(detail));
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        // What a site's listener throws must not stop the tracker. A listener of `failed` that throws is not told of itself.
        if (event !== "failed") this.#told("failed", { reason: `A listener of ${event} threw.`, error });
      }
    }
  }
}

const EVENTS = ["recorded", "refused", "delivered", "failed"];

const MODULES = "an address, a response or a compiled module";

// One module for all trackers of a page; a load that failed can be tried again.
let loading;
function loaded(module) {
  loading ??= load(module).catch((cause) => {
    loading = undefined;
    notLoaded("module", module, cause);
  });
  return loading;
}

async function emitters(events) {
  const sources = await eventSources(events).catch((cause) => notLoaded("events", json(events), cause));
  if (sources && !sources.includes(null)) return sources;
  throw new OmneoError("invalid-settings", mistakeIn("events", json(events), "google, shopify, a function, or several of these"));
}

const platform = (consent) => sourceOf(consent).catch((cause) => notLoaded("consent", json(consent), cause));

const embedded = (forms) => embedsOf(forms).catch((cause) => notLoaded("forms", json(forms), cause));

// What cannot be loaded is not shown as it was given: a signature is in it.
async function tokens(token, { tenant, endpoint }) {
  const { shopify: own } = token;
  if (!own) return token;
  const { shopify } = await import("./shopify.js").catch((cause) => notLoaded("token", "shopify", cause));
  try {
    return shopify({ tenant, endpoint: own.tenant ? undefined : endpoint, ...own });
  } catch (mistake) {
    throw new OmneoError("invalid-settings", mistake);
  }
}

/** @returns {never} */
function notLoaded(field, given, cause) {
  const message = `What \`${field}\` names could not be loaded.`;
  throw new OmneoError("not-loaded", { field, given: `${given.url ?? given}`, accepted: "", message }, { cause });
}

// JSON has no NaN and no infinity and would write null; as text they are refused by name.
function json(value, code) {
  try {
    const text = JSON.stringify(value, (_, part) => (Number.isFinite(part) || typeof part !== "number" ? part : `${part}`));
    return text ?? "null";
  } catch (cause) {
    throw new OmneoError(code, mistakeIn("argument", cause.message, "what JSON can write"), { cause });
  }
}

function mustBeFunction(field, value, accepted) {
  if (typeof value !== "function") throw new OmneoError("invalid-settings", mistakeIn(field, value, accepted));
}

function mistakeIn(field, value, accepted) {
  const given = typeof value === "string" || Array.isArray(value) ? JSON.stringify(value) : String(value);
  const is = value === undefined ? "missing" : given;
  return { field, given, accepted, message: `\`${field}\` is ${is}; accepted: ${accepted}` };
}

// A relative endpoint is one of the page's own origin. One that is no address is left for the tracker to refuse.
function absolute(endpoint) {
  return URL.canParse(endpoint, location.href) ? new URL(endpoint, location.href).href : endpoint;
}
