// The face that a site sees: typed in `omneo-interactions.d.ts`, and throwing what is wrong with a call where it is made.

/** @import { Tracker as Face } from "./omneo-interactions.js" */
import { adapters } from "./adapters.js";
import { Consent } from "./consent.js";
import { document } from "./document.js";
import { OmneoError, must, notLoaded } from "./error.js";
import { write } from "./json.js";
import { load, open, renew } from "./module.js";
import { own } from "./own.js";
import { Page } from "./page.js";
import { settle } from "./queued.js";
import { asking } from "./token.js";

export { OmneoError };

/** The version of this package. */
export const version = __VERSION__;

/**
 * `beside` is the module where the settings name none, `queue` what was called before the script had loaded: what is left to be called
 * then stays in it.
 */
export async function createTracker(settings, beside, queue = []) {
  const { token, module = beside, consent: given, events, product, forms, ...others } = own(settings);
  const rest = own(others);
  must(isFunction(token) || own(token).shopify, "token", token, "a function that answers a token, or null where nobody is signed in, or {shopify}");
  must(!product || isFunction(product), "product", product, "a function that answers Omneo's ids of a product, or null");
  must(module, "module", module, "an address, a response or a compiled module");
  if (typeof rest.endpoint === "string") rest.endpoint = absolute(rest.endpoint);
  const loads = [tokens(token, rest), adapters("consent", given), adapters("events", events), adapters("forms", forms), loaded(module)];
  const [askToken, [platform], sources, embeds] = await Promise.all(loads);
  // Nobody sees a prerendered page yet, and perhaps nobody ever will.
  if (document.prerendering) await new Promise((activated) => document.addEventListener("prerenderingchange", activated));
  const queued = settle(queue);
  queue.splice(0, queue.length, ...queued.calls);
  const followed = own(rest.capture).forms === false ? undefined : embeds;
  const over = new AbortController();
  try {
    const consent = platform && new Consent(platform, over.signal);
    const openPage = (answer, trapped, told) => {
      const text = json({ ...rest, consent: answer }, "invalid-settings");
      const { tracker, mistake } = open(text, trapped, navigator.globalPrivacyControl === true, navigator.doNotTrack === "1");
      if (mistake) throw new OmneoError("invalid-settings", mistake);
      return new Page(tracker, asking(askToken, (failure) => told("failed", failure)), consent, product, followed, told);
    };
    return new Tracker(openPage, queued, queued.answer ?? consent?.first ?? given, sources, over);
  } catch (error) {
    over.abort();
    throw error;
  }
}

/** @implements {Face} */
class Tracker {
  #openPage;
  #page;
  #over;
  #listeners = new Set();
  #flushes = [];
  // What is told before whoever made the tracker could listen.
  #early = [];
  // When it may start again.
  #notBefore = 0;

  // `answer` is the visitor's as the page begins, `signsOut` whether the customer did, `isNothing` whether the page is left out; `over`
  // aborts what follows the page's other scripts.
  constructor(openPage, { signsOut, isNothing }, answer, sources, over) {
    this.#openPage = openPage;
    this.#over = over;
    this.#page = this.#pageFor(answer);
    // A task of its own, as soon as may be: Firefox lets the timers of a page that is hidden while it loads wait for long.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const early = this.#early;
      this.#early = undefined;
      for (const told of early) this.#told(...told);
    };
    port2.postMessage("");
    if (isNothing) return;
    if (signsOut) this.signOut();
    this.#page.start();
    for (const source of sources) {
      try {
        source((...event) => this.#page.hear(event), over.signal);
      } catch (error) {
        this.#told("failed", { reason: "A source of `events` threw.", error });
      }
    }
  }

  pageView(fields) {
    this.#call("pageView", fields);
  }

  productView(fields) {
    this.#call("productView", fields);
  }

  login(fields) {
    this.#call("login", fields);
  }

  formSubmission(fields) {
    this.#call("formSubmission", fields);
  }

  clienteling(session) {
    this.#call("clienteling", session);
  }

  record(interaction) {
    this.#call("record", interaction);
  }

  explain(interaction) {
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
    must(EVENTS.includes(event), "event", event, EVENTS.join(", "), "invalid-call");
    must(isFunction(listener), "listener", listener, "a function", "invalid-call");
    const listening = [event, listener];
    this.#listeners.add(listening);
    return () => void this.#listeners.delete(listening);
  }

  stop() {
    this.#over.abort();
    this.#page.stop();
  }

  #pageFor(answer) {
    const trapped = (error) => this.#startAgain(answer, error).catch(trapped);
    return this.#openPage(answer, trapped, (event, detail) => this.#told(event, detail));
  }

  // The module trapped, and knows nothing more. What is stored is still there, and so is what the visitor said.
  async #startAgain(first, error) {
    this.#told("failed", { reason: "The module failed; it starts again with what is stored.", error });
    await new Promise((later) => setTimeout(later, this.#notBefore - Date.now()));
    if (this.#over.signal.aborted) return;
    this.#notBefore = Date.now() + MINUTE_MS;
    await renew();
    const { answer = first, isSignedOut } = this.#page.end();
    this.#page = this.#pageFor(answer);
    this.#page.start(isSignedOut);
    if (this.#flushes.length) this.#input("flush");
  }

  #call(name, fields = {}) {
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
    for (const [heard, listener] of [...this.#listeners]) {
      try {
        if (heard === event) listener(detail);
      } catch (error) {
        // What a site's listener throws must not stop the tracker. A listener of `failed` that throws is not told of itself.
        if (event !== "failed") this.#told("failed", { reason: `A listener of ${event} threw.`, error });
      }
    }
  }
}

const MINUTE_MS = 60_000;

const EVENTS = ["recorded", "refused", "delivered", "failed"];

// One module for all trackers of a page; a load that failed can be tried again.
let loading;
function loaded(module) {
  loading ??= load(module).catch((cause) => {
    loading = undefined;
    notLoaded("module", module)(cause);
  });
  return loading;
}

// What cannot be loaded is not shown as it was given: a signature is in it.
async function tokens(token, { tenant, endpoint }) {
  if (isFunction(token)) return token;
  const given = own(token.shopify);
  const { shopify } = await import("./shopify.js").catch(notLoaded("token", "shopify"));
  try {
    return shopify({ tenant, endpoint: given.tenant ? undefined : endpoint, ...given });
  } catch (mistake) {
    throw new OmneoError("invalid-settings", mistake);
  }
}

function json(value, code) {
  try {
    return write(value) ?? "null";
  } catch (cause) {
    must(false, "argument", cause.message, "what JSON can write", code);
  }
}

const isFunction = (value) => typeof value === "function";

// A relative endpoint is one of the page's own origin. One that is no address is left for the tracker to refuse. A page may have a
// `URL` of its own; nobody has the standard's other name for it.
function absolute(endpoint) {
  return webkitURL.canParse(endpoint, location.href) ? new webkitURL(endpoint, location.href).href : endpoint;
}
