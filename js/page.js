// The only room that touches document, network, storage, clock and randomness. It decides nothing: it tells the tracker in
// the module what happened and carries out the effects that come back. `src/api.rs` lists both.

import { clickOf, fieldsOf, whichForm } from "./markup.js";
import { watchForms } from "./forms.js";
import { watchHistory } from "./history.js";
import { input } from "./module.js";
import { lookForProduct } from "./product.js";
import { Storage } from "./storage.js";

export class Page {
  #tracker;
  #askToken;
  #consent;
  #identify;
  #embeds;
  // Selectors of the forms that an adapter speaks for.
  #embedded = [];
  #told;
  #requests = new AbortController();
  #underWay = new Set();
  #storage = new Storage(() => this.#take("unkept"), () => this.#adopt());
  // The site's other pages in this browser.
  #others = new BroadcastChannel("omneo");
  #effects = [];
  #events = [];
  #isBusy = false;
  #isLeaving = false;
  #timer;
  #looking;
  #unlisten;
  #stopped = false;

  // `askToken()` answers a token, or null where nobody is signed in; `consent` has the visitor's answer, where a consent
  // platform asks for it; `identify(product)` answers Omneo's ids of a product, if the site has such a setting; `embeds`
  // are the adapters of embedded forms; `told(event, detail)` hears what happens.
  constructor(tracker, askToken, consent, identify, embeds, told) {
    this.#tracker = tracker;
    this.#askToken = askToken;
    this.#consent = consent;
    this.#identify = identify;
    this.#embeds = embeds;
    this.#told = told;
    this.#others.onmessage = ({ data }) => this.#take(...data);
    this.#take("start");
    if (consent) consent.onchange = () => this.#follow();
  }

  // As `#take`. What the visitor answered, and that the customer signed out, holds on every page of the site at once.
  input(name, detail = "") {
    if (name === "flush") this.#look("leave");
    const taken = this.#take(name, detail);
    if (name === "signOut" || (name === "consent" && detail !== "unknown")) {
      this.#others.postMessage([name, detail]);
    }
    return taken;
  }

  // Takes in what the visitor answered on the consent platform, which may tell of a change or not.
  #follow() {
    const answer = this.#consent?.another();
    if (!answer) return;
    this.#others.postMessage(["consent", answer]);
    this.#take("consent", answer);
  }

  // Tells the tracker what happened, carries out what it asks for, and answers its answer or the mistake in the input.
  #take(name, detail = "") {
    this.#follow();
    const lines = [name, location.href, document.title, detail].join("\n");
    const { answer, mistake, effects = [] } = input(this.#tracker, lines);
    for (const [effect, ...rest] of effects) {
      if (effect === "emit") this.#events.push(rest);
      else this.#effects.push([effect, rest]);
    }
    if (!this.#isBusy) this.#carryOutAll();
    return { answer, mistake };
  }

  // What the site emitted to somebody else: one of the calls and what it takes, or the name of any other event.
  hear(call, given) {
    if (this.#unlisten) this.#take("heard", JSON.stringify([call, given]));
  }

  stop() {
    this.#look("leave");
    this.#carryOut.unlisten();
    this.#stopped = true;
    this.#others.close();
    this.#consent?.stop();
    this.#consent = undefined;
    this.#take("leaving");
  }

  // In the order they were asked for, also where one leads to more; then the site's listeners are told, whose calls may ask for
  // the opposite: a withdrawal must not come before the end of what it ends.
  #carryOutAll() {
    this.#isBusy = true;
    try {
      for (const [effect, given] of this.#effects) this.#carryOut[effect](...given);
    } finally {
      this.#effects = [];
      this.#isBusy = false;
    }
    for (let event; (event = this.#events.shift()); ) this.#told(...event);
  }

  #carryOut = {
    listen: () => {
      this.#unlisten ??= this.#stopped ? undefined : this.#listen();
      // Where the document is still being read, `DOMContentLoaded` says when its markup is whole.
      if (document.readyState !== "loading") this.#lookAtLoad();
    },
    unlisten: () => {
      clearTimeout(this.#looking);
      this.#unlisten?.();
      this.#unlisten = undefined;
    },
    recall: () => {
      this.#storage.open();
      this.#recall();
      this.#adopt();
    },
    remember: (text) => this.#storage.remember(text),
    rememberInTab: (text) => this.#storage.rememberInTab(text),
    keep: (id, text) => this.#storage.keep(id, text),
    drop: (id) => this.#storage.drop(id),
    forget: () => this.#storage.forget(),
    ask: (question) => this.#ask(question),
    request: (...request) => this.#request(...request),
    abort: () => {
      this.#underWay.clear();
      this.#requests.abort();
      this.#requests = new AbortController();
    },
    wake: (ms) => {
      clearTimeout(this.#timer);
      // Browsers wait 24.8 days at most and fire at once beyond that.
      this.#timer = setTimeout(() => this.#take("woke"), Math.min(ms, 2 ** 31 - 1));
    },
    settled: () => this.#told("settled", this.#take("report").answer),
  };

  #recall() {
    this.#take("recalled", JSON.stringify(this.#storage.recall()));
  }

  // Takes in what pages that are gone could not deliver.
  #adopt() {
    this.#storage.adopt((records) => this.#take("adopt", JSON.stringify(records)));
  }

  // Looks whether another page is shown than the last time; perhaps its title is still to come.
  #look(how = "") {
    if (!this.#unlisten) return;
    clearTimeout(this.#looking);
    let answer;
    while ((answer = this.#take("look", how).answer) === true) {
      lookForProduct(
        this.#take("viewed").answer,
        (markup) => this.#take("product", JSON.stringify(markup)).answer,
        this.#identify,
        (product) => this.#unlisten && this.#take("shown", JSON.stringify(product)),
        (failure) => this.#told("failed", failure),
      );
    }
    if (answer) this.#looking = setTimeout(() => this.#look(), answer);
  }

  // A router leaves a state with the page's entry of the history.
  #lookAtLoad() {
    this.#look(history.state ? "app" : "load");
  }

  // `how` is "hidden", or "leaving" where the page is left.
  #leave(how) {
    this.#isLeaving = true;
    this.#look("leave");
    this.#take(how);
    this.#isLeaving = false;
  }

  #appear() {
    if (!document.hidden) this.#take("visible");
  }

  // Back from the back/forward cache, or thawed. Firefox never settles the promises of what was under way.
  #resume() {
    for (const number of [...this.#underWay]) this.#answered(number, 0, "", "");
    this.#recall();
    this.#take("taken", JSON.stringify(this.#storage.resume()));
    this.#take("woke");
  }

  // A view like any other, but that nothing of it is still to come.
  #restore() {
    this.#resume();
    this.#take("restored");
    this.#appear();
    this.#look("load");
  }

  // The tracker says which fields to read, from their markup; the values of the others are never looked at.
  #submit(form, submitter) {
    if (this.#embedded.some((selector) => form.matches(selector))) return;
    const { fields, read } = fieldsOf(form);
    const submission = [...whichForm(form, submitter), fields];
    const submit = () => this.#take("submitted", JSON.stringify(submission)).answer;
    const places = submit();
    places?.forEach((at) => fields[at].push(read(at)));
    if (places) submit();
  }

  // An embedded form says that it was submitted, and which one it is; the adapter, which forms it speaks for.
  #followForm(embed, signal) {
    try {
      return embed((form, name = "") => this.#take("submitted", JSON.stringify([form, name, "", []])), signal);
    } catch (error) {
      this.#told("failed", { reason: "An adapter of `forms` threw.", error });
    }
  }

  #click(event) {
    const element = event.composedPath().find(({ dataset }) => dataset?.omneoInteraction);
    if (element) this.#take("clicked", JSON.stringify(clickOf(element)));
  }

  #listen() {
    const on = new AbortController();
    const { signal } = on;
    this.#appear();
    document.addEventListener("DOMContentLoaded", () => this.#lookAtLoad(), { signal });
    // Never `unload` or `beforeunload`: they would keep the page out of the back/forward cache.
    const turn = () => (document.hidden ? this.#leave("hidden") : (this.#appear(), this.#adopt()));
    document.addEventListener("visibilitychange", turn, { signal });
    addEventListener("pagehide", () => (this.#leave("leaving"), this.#storage.leave()), { signal });
    addEventListener("pageshow", ({ persisted }) => persisted && this.#restore(), { signal });
    document.addEventListener("resume", () => this.#resume(), { signal });
    addEventListener("focus", () => this.#adopt(), { signal });
    addEventListener("online", () => this.#take("online"), { signal });
    watchForms((form, submitter) => this.#submit(form, submitter), signal);
    this.#embedded = this.#embeds.map((embed) => this.#followForm(embed, signal)).filter(Boolean);
    // Wherever the page's own listeners stop it.
    addEventListener("click", (event) => this.#click(event), { signal, capture: true });
    const unwatch = watchHistory((how) => this.#look(how));
    return () => {
      on.abort();
      unwatch();
    };
  }

  async #ask(question) {
    let answered;
    try {
      const late = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS));
      answered = [question, (await Promise.race([this.#askToken(), late])) ?? null];
    } catch {
      answered = [question];
    }
    this.#take("token", JSON.stringify(answered));
  }

  // The only headers are the two that Omneo's CORS answer allows; a relay also takes compressed bodies, which a page that is
  // about to go has no time to make. `keepalive` lets the request outlive the page.
  async #request(number, flags, url, token, json) {
    const { signal } = this.#requests;
    this.#underWay.add(number);
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answered = [number, 0, "", ""];
    try {
      let body = json || undefined;
      if (flags & 2 && json.length > 1024 && !this.#isLeaving) {
        headers["Content-Encoding"] = "gzip";
        body = await new Response(new Blob([json]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
      }
      const answer = await fetch(url, {
        method: body ? "POST" : "GET",
        headers,
        body,
        keepalive: (flags & 1) > 0,
        priority: "low",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      answered[1] = answer.status;
      answered[2] = answer.headers.get("Retry-After") ?? "";
      answered[3] = await answer.text();
    } catch {
      // No answer: the tracker keeps the record and says when to try again.
    }
    this.#answered(...answered);
  }

  #answered(number, ...answer) {
    if (this.#underWay.delete(number)) this.#take("answered", JSON.stringify([number, ...answer]));
  }
}

// How long a token source and a receiver may take.
const PATIENCE_MS = 30_000;
