// The face that a site sees: typed in `omneo-interactions.d.ts`, and throwing what is wrong with a call where it is made.

/** @import { Tracker as Face } from "./omneo-interactions.js" */
import { adapters } from "./adapters.js";
import { Consent } from "./consent.js";
import { document } from "./document.js";
import { OmneoError, must, notLoaded } from "./error.js";
import { Host, load } from "./module.js";
import { own } from "./own.js";
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
    const open = (answer, told, trapped, previous) => {
      const site = {
        ...told,
        askToken: asking(askToken, told.failed),
        consent: () => consent?.another(),
        identify: product,
        embeds: followed,
      };
      const host = new Host({ __proto__: null, ...rest, consent: answer }, site, trapped, previous);
      if (consent) consent.onchange = () => host.call("consentChanged");
      return host;
    };
    return new Tracker(open, queued, queued.answer ?? consent?.first ?? given, sources, over);
  } catch (error) {
    over.abort();
    throw error;
  }
}

/** @implements {Face} */
class Tracker {
  #open;
  #host;
  #over;
  #listeners = new Set();
  #flushes = [];
  // What is told before whoever made the tracker could listen.
  #early = [];
  // When it may start again.
  #notBefore = 0;

  // `answer` is the visitor's as the page begins, `signsOut` whether the customer did, `isNothing` whether the page is left out; `over`
  // aborts what follows the page's other scripts.
  constructor(open, { signsOut, isNothing }, answer, sources, over) {
    this.#open = open;
    this.#over = over;
    this.#host = this.#hostFor(answer);
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
    this.#host.call("start", false);
    for (const source of sources) {
      try {
        source((name, fields) => this.#host.call("hear", name, fields), over.signal);
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
    return this.#call("explain", interaction) ?? { ...STOPPED, record: interaction };
  }

  consent(answer) {
    this.#host.call("consent", answer);
  }

  signOut() {
    this.#host.call("signOut");
  }

  flush() {
    return new Promise((settled) => {
      this.#flushes.push(settled);
      this.#host.call("flush");
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
    this.#host.call("stop");
  }

  // Whoever stopped it wants nothing more recorded.
  #call(name, fields = {}) {
    if (!this.#over.signal.aborted) return this.#host.call(name, fields);
  }

  #hostFor(answer, previous) {
    const trapped = (error) => this.#startAgain(answer, error).catch(trapped);
    const told = {
      emit: (event, detail) => this.#told(event, detail),
      failed: (reason, ...error) => this.#told("failed", error.length ? { reason, error: error[0] } : { reason }),
      hears: (event) => this.#hears(event),
    };
    return this.#open(answer, told, trapped, previous);
  }

  // The module trapped, and knows nothing more. What is stored is still there, and so is what the visitor said.
  async #startAgain(first, error) {
    this.#told("failed", { reason: "The module failed; it starts again with what is stored.", error });
    await new Promise((later) => setTimeout(later, this.#notBefore - Date.now()));
    if (this.#over.signal.aborted) return;
    this.#notBefore = Date.now() + MINUTE_MS;
    const { answer = first, isSignedOut = false } = this.#host;
    this.#host = this.#hostFor(answer, this.#host);
    this.#host.call("start", isSignedOut);
    if (this.#flushes.length) this.#host.call("flush");
  }

  // What is told before anybody could listen is kept for them.
  #hears(event) {
    return Boolean(this.#early) || event === "settled" || [...this.#listeners].some(([heard]) => heard === event);
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
const STOPPED = { allowed: false, rule: "stopped", reason: "The tracker was stopped." };

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

const isFunction = (value) => typeof value === "function";

// A relative endpoint is one of the page's own origin. One that is no address is left for the tracker to refuse. A page may have a
// `URL` of its own; nobody has the standard's other name for it.
function absolute(endpoint) {
  return webkitURL.canParse(endpoint, location.href) ? new webkitURL(endpoint, location.href).href : endpoint;
}
