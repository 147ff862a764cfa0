// The face that a site sees: typed in `omneo-interactions.d.ts`, and throwing what is wrong with a call where it is made.

/** @import { LoadedTracker as Face } from "./omneo-interactions.js" */
import { adapters } from "./adapters.js";
import { Consent } from "./consent.js";
import { document } from "./document.js";
import { OmneoError, must, notLoaded } from "./error.js";
import { advised, inspect, isAsked } from "./inspection.js";
import { Host, explainWith, load } from "./module.js";
import { own } from "./own.js";
import { Started } from "./started.js";
import { ofTag, ofTracker } from "./settings.js";
import { asking } from "./token.js";

export { OmneoError };

/** The version of this package. */
export const version = __VERSION__;

/** Opens a tracker at once; `beside` is the module where the settings name none. */
export async function createTracker(settings, beside) {
  const open = await prepare(beside, settings);
  return open();
}

/**
 * Loads what a tracker with these settings needs, and returns what opens it in the place of a start. `askSite` is the source of tokens
 * that the start has made of the settings, `read` reads the consent platform that it has asked. The settings are those of a script tag
 * where there is `isNear`, which is told of what is nearly one.
 */
export async function prepare(beside, given, askSite, read, isNear) {
  const { token, tokenUrl, module = beside, consent: from, events, product, forms, inspect: isInspected, ...others } = ofTracker(given);
  must(module, "module", module, "an address, a response or a compiled module");
  // Whatever is wrong with the settings, a name that is nearly one may say why.
  const known = loaded(module).then(() => (isNear ? ofTag(others, isNear) : others));
  known.catch(() => {});
  const source = isFunction(token) || tokenUrl ? (askSite ?? token) : own(token).shopify;
  must(source, "token", token, "a function that answers a token, or null where nobody is signed in, or {shopify}");
  must(!product || isFunction(product), "product", product, "a function that answers Omneo's ids of a product, or null");
  const platforms = adapters("consent", read ? () => read : from);
  const loads = [tokens(source, others), platforms, adapters("events", events), adapters("forms", forms), keptFields(others), known];
  const [askToken, [platform], sources, embeds, fields, settings] = await Promise.all(loads);
  // Nobody sees a prerendered page yet, and perhaps nobody ever will.
  if (document.prerendering) await new Promise((activated) => document.addEventListener("prerenderingchange", activated));
  const followed = own(settings.capture).forms === false ? undefined : embeds;
  const inspected = { given: own(given), isTag: Boolean(isNear), isAsked: isAsked(isInspected) };
  return (...started) => open({ settings, from, product, embeds: followed, platform, sources, askToken, fields, inspected }, new Started(...started));
}

function open({ settings, from, product, embeds, platform, sources, askToken, fields, inspected }, started) {
  const { over } = started;
  try {
    const consent = platform && new Consent(platform, over.signal);
    const hostFor = (answer, told, trapped, previous) => {
      const ask = advised(asking(started.first(askToken), told.failed), inspected);
      const site = { ...told, ...fields, askToken: ask, consent: () => consent?.another(), identify: product, embeds };
      const host = new Host({ __proto__: null, ...settings, consent: answer }, site, trapped, previous);
      if (consent) consent.onchange = () => host.call("consentChanged");
      return host;
    };
    return new Tracker(hostFor, started, started.answer ?? consent?.first ?? from, sources, over, inspected, (answer) => consent?.keep(answer));
  } catch (error) {
    over.abort();
    throw error;
  }
}

/** What would become of an interaction, before there is a tracker: `rule` says why the start records nothing, where it does not. */
export async function explain(beside, given, answer, rule, interaction, isNear) {
  const others = ofTracker(given);
  const fields = keptFields(others);
  await loaded(others.module ?? beside);
  const settings = isNear ? ofTag(others, isNear) : others;
  for (const name of NO_DATA) delete settings[name];
  const verdict = explainWith({ __proto__: null, ...settings, consent: answer }, interaction, await fields);
  const reason = REASONS[rule];
  return reason && verdict.allowed ? { ...verdict, allowed: false, rule, reason } : verdict;
}

/** @implements {Face} */
class Tracker {
  #hostFor;
  #host;
  #over;
  #listeners;
  #flushes = [];
  // What is told before whoever made the tracker could listen.
  #early = [];
  // When it may start again.
  #notBefore = 0;
  #inspected;
  #inspector;
  #keepAnswer;

  // `answer` is the visitor's as the page begins; `over` aborts what follows the page's other scripts; `inspected` is for the inspector;
  // `keepAnswer` is told of each that comes by a call.
  constructor(hostFor, { notes, listeners, isSignedOut, isStopped }, answer, sources, over, inspected, keepAnswer) {
    this.#hostFor = hostFor;
    this.#over = over;
    this.#inspected = inspected;
    this.#keepAnswer = keepAnswer;
    this.#listeners = listeners;
    this.#host = this.#open(answer);
    // A task of its own, as soon as may be: Firefox lets the timers of a page that is hidden while it loads wait for long.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const early = this.#early;
      this.#early = undefined;
      for (const told of early) this.#told(...told);
    };
    port2.postMessage("");
    if (inspected.isAsked) this.inspect();
    if (isStopped) this.stop();
    else this.#begin(notes, isSignedOut, sources);
  }

  // What was noted before happened then, and the page began with it.
  #begin(notes, isSignedOut, sources) {
    const goBack = (_name, _given, ...then) => this.#host.call("goBackTo", ...then);
    if (notes.length) goBack(...notes[0]);
    this.#host.call("start", isSignedOut);
    for (const note of notes) {
      goBack(...note);
      this.#replay(...note);
    }
    this.#host.call("catchUp");
    for (const source of sources) {
      try {
        source((name, fields) => this.#host.call("hear", name, fields), this.#over.signal);
      } catch (error) {
        this.#told("failed", { reason: "A source of `events` threw.", error });
      }
    }
  }

  // Who made the call is not there any more to be thrown at.
  #replay(name, given) {
    try {
      must(NOTED.includes(name), "call", name, NOTED.slice(OWN).join(", "), "invalid-call");
      if (name === "inspect") this.inspect();
      else if (NOTED.indexOf(name) < OWN) this.#host.call(name, ...given.map((one) => LOADED[one === true ? !history.state : one] ?? `${one ?? ""}`));
      else this.#host.call(name, name === "consent" ? given[0] : (given[0] ?? {}));
    } catch (error) {
      this.#told("failed", { reason: error.message, error });
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
    this.#keepAnswer(answer);
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

  inspect() {
    const call = (name, ...given) => this.#host.call(name, ...given);
    const ended = () => (this.#inspector = undefined);
    if (this.#inspector) this.#inspector.then((inspector) => inspector?.show());
    else this.#inspector = inspect(this.#listeners, { ...this.#inspected, call }, ended);
  }

  /** For the start: the consent platform may have another answer. */
  follow() {
    this.#host.call("consentChanged");
  }

  /** For the start: the server has rendered the tag again. Who is signed in, the tracker asks by itself. */
  hint() {}

  stop() {
    this.#over.abort();
    this.#host.call("stop");
  }

  // Whoever stopped it wants nothing more recorded.
  #call(name, fields = {}) {
    if (!this.#over.signal.aborted) return this.#host.call(name, fields);
  }

  #open(answer, previous) {
    const trapped = (error) => this.#startAgain(answer, error).catch(trapped);
    const told = {
      emit: (event, detail) => this.#told(event, detail),
      failed: (reason, ...error) => this.#told("failed", error.length ? { reason, error: error[0] } : { reason }),
      hears: (event) => this.#hears(event),
    };
    return this.#hostFor(answer, told, trapped, previous);
  }

  // The module trapped, and knows nothing more. What is stored is still there, and so is what the visitor said.
  async #startAgain(first, error) {
    this.#told("failed", { reason: "The module failed; it starts again with what is stored.", error });
    await new Promise((later) => setTimeout(later, this.#notBefore - Date.now()));
    if (this.#over.signal.aborted) return;
    this.#notBefore = Date.now() + MINUTE_MS;
    const { answer = first, isSignedOut = false } = this.#host;
    this.#host = this.#open(answer, this.#host);
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

/** What a start notes: what the page does by itself, and calls. */
const NOTED = ["navigated", "submitted", "pageView", "productView", "login", "formSubmission", "clienteling", "record", "consent", "inspect"];
const OWN = 2;

/** How a page came by a load: whether all that it says of itself is there. A router may have begun after the page was read. */
const LOADED = { __proto__: null, true: "load", false: "app" };

/** The settings that are not the module's. */
const NO_DATA = ["token", "tokenUrl", "module", "consent", "events", "product", "forms", "inspect"];

/** Why a start records nothing. */
const REASONS = {
  "signed-out": "Nobody is signed in, and what somebody does before signing in is not put on their profile.",
  stopped: STOPPED.reason,
};

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

// What a policy needs that keeps fields of forms. Without it none is kept, and the rest goes on.
let keeping;
function keptFields({ policy }) {
  if (!own(policy).rules?.some?.((rule) => rule?.fields)) return;
  keeping ??= import("./kept-fields.js").catch((error) => {
    globalThis.console.warn("omneo-interactions: kept-fields.js could not be loaded, so no field of a form is kept.", error);
  });
  return keeping;
}

// What cannot be loaded is not shown as it was given: a signature is in it.
async function tokens(source, { tenant, endpoint }) {
  if (isFunction(source)) return source;
  const given = own(source);
  const { shopify } = await import("./shopify.js").catch(notLoaded("token", "shopify"));
  try {
    return shopify({ tenant, endpoint: given.tenant ? undefined : endpoint, ...given });
  } catch (mistake) {
    throw new OmneoError("invalid-settings", mistake);
  }
}

const isFunction = (value) => typeof value === "function";
