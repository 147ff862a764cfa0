// The element: when it begins and ends, whose records it shows, and what each button does.

import { Consent } from "./consent.js";
import { save } from "./download.js";
import { Erasure } from "./erasure.js";
import { Receiver } from "./receiver.js";
import { Records } from "./records.js";
import { ATTRIBUTES, settingsOf } from "./settings.js";
import { wordsFor } from "./words.js";
import { CHANGED, OFFLINE, SIGNED_OUT, warn } from "./trouble.js";
import { View } from "./view.js";

/** The base class, which a server does not have. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class OmneoPrivacy extends Base {
  static observedAttributes = ATTRIBUTES;

  /** What the site's code has set. */
  #given;
  #shadow;
  /** Ends with the element's place in the page, or with other settings. */
  #over = new AbortController();
  /** Ends as soon as another customer may be there. */
  #session = new AbortController();
  #view;
  #receiver;
  #records;
  #consent;
  /** What is said of the answer that was given here. */
  #news = {};
  #erasure;
  #reading;
  #isChecking = false;
  #hiddenAt = 0;

  /** The settings, as `createTracker` takes them. They count before the attributes. */
  get settings() {
    return this.#given;
  }

  set settings(given) {
    this.#given = given;
    this.#restart();
  }

  /** Reads everything again. */
  refresh() {
    if (this.#receiver) this.#open();
    else this.#restart();
  }

  connectedCallback() {
    // What was set before the browser knew this element hides the setter.
    const early = Object.getOwnPropertyDescriptor(this, "settings");
    if (early) {
      Reflect.deleteProperty(this, "settings");
      this.#given = early.value;
    }
    this.#shadow ??= this.attachShadow({ mode: "open" });
    this.#restart();
  }

  disconnectedCallback() {
    this.#end();
  }

  attributeChangedCallback() {
    this.#restart();
  }

  // Several attributes may change at once.
  #restart() {
    this.#end();
    const { signal } = this.#over;
    queueMicrotask(() => !signal.aborted && this.isConnected && this.#begin(signal));
  }

  #end() {
    this.#session.abort();
    this.#over.abort();
    this.#over = new AbortController();
    this.#receiver = undefined;
    this.#view?.clear();
  }

  async #begin(signal) {
    const settings = settingsOf(this);
    const words = await wordsFor(this, settings.texts);
    if (signal.aborted) return;
    this.#view = new View(this.#shadow, words, this.#actions());
    if (settings.mistake) {
      warn(settings.mistake);
      return this.#view.show("failed", { why: settings.mistake.field });
    }
    this.#view.showRules(settings.policy);
    this.#receiver = new Receiver(settings);
    this.#receiver.onwait = (until) => this.#view.say("paused", { until });
    this.#consent = new Consent(settings, signal, () => this.#consentChanged(), () => this.#check());
    this.#watch(signal);
    this.#consentChanged();
    await this.#open();
  }

  // --- Whose records they are

  /** Forgets what it shows, and begins with whoever is signed in. */
  async #open() {
    this.#session.abort();
    const { signal } = (this.#session = new AbortController());
    this.#reading = undefined;
    this.#receiver.forget();
    this.#records = new Records(this.#receiver);
    this.#view.clear();
    await this.#during(signal, async () => {
      this.#view.show("loading");
      const customer = await this.#receiver.who(signal);
      this.#erasure = new Erasure(this.#receiver, customer, signal);
      if (this.#erasure.isUnderWay) return this.#erase(signal);
      await this.#records.more(signal);
      this.#list(signal);
    });
  }

  // Whatever goes wrong becomes a sentence. What belongs to a customer who is not there any more is dropped without one.
  async #during(signal, act, failed = "failed") {
    try {
      await act();
    } catch (error) {
      if (signal.aborted) return;
      if (error.kind === CHANGED) return this.#open();
      if (error.kind === SIGNED_OUT) {
        this.#session.abort();
        this.#view.clear();
      } else if (!error.kind) warn(error);
      this.#view.show([SIGNED_OUT, OFFLINE].includes(error.kind) ? error.kind : failed, { why: error.why ?? error.name });
    }
  }

  /** Somebody else may be there. */
  #check() {
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#compare().finally(() => (this.#isChecking = false));
  }

  // Shows nothing meanwhile where nobody has looked for long.
  async #compare() {
    const { signal } = this.#session;
    const before = this.#receiver.customer;
    const isLongAgo = this.#hiddenAt && Date.now() - this.#hiddenAt > AWAY_MS;
    this.#hiddenAt = 0;
    if (isLongAgo) this.#view.conceal(true);
    // Where nobody says who is there, whoever was there a moment ago is.
    const whose = { [SIGNED_OUT]: undefined, [CHANGED]: null };
    const now = await this.#receiver.who(signal, true).catch(({ kind }) => (kind in whose ? whose[kind] : isLongAgo ? null : before));
    if (signal !== this.#session.signal) return;
    if (now === before) this.#view.conceal(false);
    else await this.#open();
  }

  #watch(signal) {
    const on = (target, event, heard) => target.addEventListener(event, heard, { signal });
    on(document, "visibilitychange", () => {
      if (document.hidden) this.#hiddenAt = Date.now();
      else this.#check();
    });
    on(window, "focus", () => this.#check());
    // The back/forward cache may show this page to somebody else.
    on(window, "pagehide", () => {
      this.#session.abort();
      this.#view.clear();
    });
    on(window, "pageshow", ({ persisted }) => persisted && this.#open());
    on(window, "online", () => this.#view.state === OFFLINE && this.#open());
    on(window, "storage", ({ key }) => {
      if (key === "omneo:session" || key === null) this.#check();
      this.#waitingChanged();
    });
  }

  // --- The records

  #list(signal) {
    if (signal.aborted) return;
    this.#records.findWaiting(this.#receiver.customer);
    this.#view.list(this.#records);
  }

  #waitingChanged() {
    if (["ready", "empty"].includes(this.#view.state)) this.#list(this.#session.signal);
  }

  // For a search and for a file all of them are needed.
  #readAll(signal) {
    return (this.#reading ??= this.#readOn(signal).finally(() => (this.#reading = undefined)));
  }

  async #readOn(signal) {
    let shownAt = Date.now();
    while (!this.#records.isWhole) {
      this.#view.show("reading", { n: this.#records.read, total: this.#records.total });
      await this.#records.more(signal);
      if (signal.aborted) return;
      // To sort and search thousands takes longer than to read a hundred.
      if (Date.now() - shownAt < SHOWN_MS) continue;
      this.#view.list(this.#records, true);
      shownAt = Date.now();
    }
    this.#list(signal);
  }

  async #remove(entry, isConfirmed) {
    const { signal } = this.#session;
    if (!(await isConfirmed) || signal.aborted) return;
    await this.#during(signal, async () => {
      await this.#records.remove(entry, signal);
      if (signal.aborted) return;
      this.#view.list(this.#records);
      this.#view.say("deleted", { what: this.#view.sentence(entry.record) });
      this.#view.focusList();
    }, "notDeleted");
  }

  async #erase(signal) {
    this.#view.show("loading");
    const show = (progress) => signal.aborted || this.#view.show("deleting", progress);
    const n = await this.#erasure.run(show);
    if (signal.aborted) return;
    this.#records = new Records(this.#receiver);
    await this.#records.more(signal);
    this.#list(signal);
    this.#view.say("allDeleted", { n });
    this.#view.focusList();
  }

  // --- The buttons

  #actions() {
    const during = (act, failed) => () => this.#during(this.#session.signal, () => act(this.#session.signal), failed);
    return {
      retry: () => this.refresh(),
      search: during((signal) => this.#readAll(signal)),
      older: during(async (signal) => {
        if (!this.#records.isWhole) await this.#records.more(signal);
        this.#list(signal);
      }),
      download: (kind) => during(async (signal) => {
        await this.#readAll(signal);
        if (signal.aborted) return;
        save(kind, this.#records.all);
        this.#view.say("downloaded", { n: this.#records.all.length });
      })(),
      remove: (entry, isConfirmed) => this.#remove(entry, isConfirmed),
      removeAll: async (isConfirmed) => {
        const { signal } = this.#session;
        if (!(await isConfirmed) || signal.aborted) return;
        this.#view.clear();
        await this.#during(signal, () => this.#erase(signal), "notAllDeleted");
      },
      stop: async () => {
        this.#erasure.end();
        await this.#open();
      },
      consent: async (answer) => {
        const before = this.#consent.answer;
        await this.#consent.set(answer, this.#receiver).catch(warn);
        this.#news = { [answer]: answer === "granted" ? "thanks" : before === "granted" ? "withdrawn" : undefined };
        this.#consentChanged();
      },
    };
  }

  #consentChanged() {
    this.#view.showConsent(this.#consent, this.#news[this.#consent.answer]);
    this.#waitingChanged();
  }
}

/** As the tracker does: whoever comes back to a page after so long may be somebody else. */
const AWAY_MS = 10_000;
const SHOWN_MS = 500;
