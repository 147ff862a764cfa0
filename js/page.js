// The only room that touches document, network, storage, clock and randomness. It decides nothing: it tells the tracker in
// the module what happened and carries out the effects that come back. `src/api.rs` lists both.

import { channel } from "./channel.js";
import { watchClicks } from "./clicks.js";
import { document } from "./document.js";
import { followForms } from "./forms.js";
import { watchHistory } from "./history.js";
import { write } from "./json.js";
import { free, input } from "./module.js";
import { lookForProduct } from "./product.js";
import { Storage } from "./storage.js";

export class Page {
  #tracker;
  #askToken;
  #consent;
  #identify;
  #embeds;
  #told;
  #tell = (name, detail) => this.#take(name, detail).answer;
  #failed = (failure) => this.#told("failed", failure);
  #requests = new AbortController();
  #underWay = new Set();
  #storage = new Storage(this.#tell);
  // The site's other pages in this browser.
  #others = channel("omneo");
  #effects = [];
  #events = [];
  #isBusy = false;
  // Whether what happens now has happened on another page of the site.
  #isHeard = false;
  #isLeaving = false;
  // Requests that begin behind the next frame.
  #waiting = [];
  // How much is still to come: answers of the token source, and turns.
  #awaited = 0;
  // Runs while the page may be about to be left.
  #leaves;
  #timer;
  #looking;
  // Ends the search for the product of the page that is shown.
  #endSearch = () => {};
  // Aborts what listens to the page, where anything does.
  #listening;
  #isOver = false;
  // The last answer of the visitor, and whether the customer signed out.
  #said = { __proto__: null };

  // `askToken()` answers a token, or null where nobody is signed in; `consent` has the visitor's answer, where a consent
  // platform asks for it; `identify(product)` answers Omneo's ids of a product, if the site has such a setting; `embeds`
  // are the adapters of embedded forms, nothing where no form is followed; `told(event, detail)` hears what happens.
  constructor(tracker, askToken, consent, identify, embeds, told) {
    this.#tracker = tracker;
    this.#askToken = askToken;
    this.#consent = consent;
    this.#identify = identify;
    this.#embeds = embeds;
    this.#told = told;
    this.#others.onmessage = ({ data }) => {
      const [name, detail] = Array.isArray(data) ? data : [];
      this.#isHeard = true;
      if (name === "signOut") this.#take("signedOut");
      else if (name === "consent" && typeof detail === "string") this.#take(name, detail);
      this.#isHeard = false;
      this.#storage.refresh();
    };
    if (consent) consent.onchange = () => this.#follow();
  }

  // `isSignedOut`: the customer signed out, as the page before this one knew that trapped.
  start(isSignedOut = false) {
    if (isSignedOut) this.#take("signOut");
    this.#take("start");
  }

  // As `#take`. What the visitor answered, and that the customer signed out, holds on every page of the site at once.
  input(name, detail) {
    if (name === "flush") {
      this.#stay();
      this.#look("leave");
    }
    // Nothing waits any more.
    if (name === "flush" && this.#isOver && !this.#tracker.handle) this.#told("settled", { delivered: 0, refused: 0, kept: 0, failed: 0 });
    const taken = this.#take(name, detail);
    if (name === "signOut" || (name === "consent" && detail !== "unknown")) this.#others.postMessage([name, detail]);
    return taken;
  }

  // What the site emitted to somebody else: one of the calls and what it takes, or the name of any other event.
  hear(event) {
    if (this.#listening) this.#take("heard", event);
  }

  stop() {
    this.#look("leave");
    this.#carryOut.unlisten();
    this.#isOver = true;
    this.#take("leaving");
  }

  // Once it is stopped and nothing is under way, the tracker is freed. What is still kept is whoever's comes.
  #finish() {
    if (!this.#isOver || !this.#tracker.handle || this.#timer || this.#awaited || this.#waiting.length || this.#underWay.size) return;
    free(this.#tracker);
    this.#storage.end();
    // What the visitor answers can still be told to others.
    this.#others.onmessage = null;
  }

  // Its tracker has trapped: another page comes in its place. Answers what holds there as well.
  end() {
    this.#carryOut.unlisten();
    this.#carryOut.abort();
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#consent = undefined;
    this.#others.close();
    this.#storage.leave();
    return this.#said;
  }

  // Takes in what the visitor answered on the consent platform, which may tell of a change or not.
  #follow() {
    const answer = this.#consent?.another();
    if (!answer) return;
    this.#others.postMessage(["consent", answer]);
    this.#take("consent", answer);
  }

  // Tells the tracker what happened, carries out what it asks for, and answers its answer or the mistake in the input.
  #take(name, detail = /** @type {unknown} */ ("")) {
    this.#follow();
    const text = typeof detail === "string" ? detail : write(detail);
    const [address, title] = [location.href, document.title].map((line) => `${line}`.slice(0, LONGEST));
    const taken = input(this.#tracker, [name, address, title, text].join("\n"));
    if (name === "consent" && !taken.mistake) this.#said.answer = text;
    const isSignOut = name === "signOut" || name === "signedOut";
    if (isSignOut || name === "login") this.#said.isSignedOut = isSignOut;
    // A tracker that has trapped, or is done, cannot say so.
    const isRevoked = !this.#tracker.handle && (isSignOut || text === "denied");
    this.#effects.push(...(isRevoked ? [["abort"], ["forget"]] : (taken.effects ?? [])));
    if (!this.#isBusy) this.#carryOutAll();
    return taken;
  }

  // In the order they were asked for, also where one leads to more; then the site's listeners are told, whose calls may ask for
  // the opposite: a withdrawal must not come before the end of what it ends.
  #carryOutAll() {
    this.#isBusy = true;
    try {
      for (const [effect, ...given] of this.#effects) {
        if (Object.hasOwn(this.#carryOut, effect)) this.#carryOut[effect](...given);
        else this.#storage[effect](...given);
      }
    } finally {
      this.#effects = [];
      this.#isBusy = false;
    }
    for (let event; (event = this.#events.shift()); ) this.#told(...event);
    if (this.#isOver) queueMicrotask(() => this.#finish());
  }

  // What is not here is the storage's.
  #carryOut = {
    listen: () => {
      if (!this.#isOver && !this.#listening) this.#listen();
      // Where the document is still being read, `DOMContentLoaded` says when its markup is whole.
      if (document.readyState !== "loading") this.#lookAtLoad();
    },
    unlisten: () => {
      clearTimeout(this.#looking);
      this.#endSearch();
      this.#listening?.abort();
      this.#listening = undefined;
    },
    ask: (question) => this.#await(this.#ask(question)),
    turn: () => this.#await(this.#storage.turn()),
    request: (...request) => {
      if (this.#waiting.push([Date.now(), request]) === 1) this.#afterFrame(() => this.#begin());
    },
    abort: () => {
      this.#waiting = [];
      this.#underWay.clear();
      this.#requests.abort();
      this.#requests = new AbortController();
    },
    forget: () => this.#storage.forget(this.#isHeard),
    wake: (ms) => {
      clearTimeout(this.#timer);
      // Browsers wait 24.8 days at most and fire at once beyond that.
      this.#timer = setTimeout(() => this.#wake(), Math.min(ms, 2 ** 31 - 1));
    },
    emit: (event, detail) => {
      // Whoever told it, this is the page's product.
      if (detail.kind === "productView") this.#endSearch();
      this.#events.push([event, detail]);
    },
  };

  #wake() {
    this.#timer = undefined;
    this.#take("woke");
  }

  // Looks whether another page is shown than the last time; perhaps its title is still to come.
  #look(how) {
    if (!this.#listening) return;
    clearTimeout(this.#looking);
    let answer;
    while ((answer = this.#tell("look", how))) {
      this.#endSearch();
      if (answer !== true) return void (this.#looking = setTimeout(() => this.#look(), answer));
      // What was asked may be answered when nobody listens any more.
      const tell = (...told) => this.#listening && this.#tell(...told);
      this.#endSearch = lookForProduct(this.#tell("viewed"), tell, this.#identify, this.#failed);
    }
  }

  // A router leaves a state with the page's entry of the history.
  #lookAtLoad() {
    this.#look(history.state ? "app" : "load");
  }

  // The page is hidden: perhaps it is never seen again, and perhaps it stays.
  #hide(how = "hidden") {
    this.#storage.refresh();
    this.#look("leave");
    this.#endSearch();
    this.#take(how);
  }

  // The page is left. What waits leaves with `keepalive`, and only now: no browser but Firefox lets such a request be aborted. What is
  // under way without it goes with the page; where the page rests in the back/forward cache, Chromium would go on with it, and a
  // withdrawal on the next page would not stop it.
  #leave() {
    const underWay = this.#requests;
    this.#requests = new AbortController();
    this.#isLeaving = true;
    this.#hide("leaving");
    this.#begin();
    this.#isLeaving = false;
    underWay.abort();
    this.#storage.leave();
  }

  #appear() {
    if (document.hidden) return;
    this.#storage.refresh();
    this.#take("visible");
  }

  // Back from the back/forward cache, or thawed. Firefox never settles the promises of what was under way.
  #resume() {
    for (const number of [...this.#underWay]) this.#answered([number, 0, "", ""]);
    this.#storage.resume();
    this.#take("woke");
  }

  // A view like any other, but that nothing of it is still to come.
  #restore() {
    // First of all: somebody else may be here by now.
    this.#appear();
    this.#resume();
    this.#take("restored");
    this.#look("load");
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (target, event, heard) => target.addEventListener(event, heard, { __proto__: null, signal });
    this.#appear();
    on(document, "DOMContentLoaded", () => this.#lookAtLoad());
    // Never `unload` or `beforeunload`: they would keep the page out of the back/forward cache.
    on(document, "visibilitychange", () => (document.hidden ? this.#hide() : (this.#appear(), this.#storage.adopt())));
    on(window, "pagehide", () => this.#leave());
    // Another page has written.
    on(window, "storage", () => this.#storage.refresh());
    on(window, "pageshow", ({ persisted }) => persisted && this.#restore());
    on(document, "resume", () => this.#resume());
    on(window, "focus", () => this.#storage.adopt());
    on(window, "online", () => this.#take("online"));
    on(window, "submit", (event) => this.#expectToLeave(event));
    on(window, "click", (event) => event.composedPath().some(({ href }) => href) && this.#expectToLeave(event));
    const follow = (what, begin) => {
      try {
        begin();
      } catch (error) {
        this.#failed({ reason: `The page's ${what} could not be followed.`, error });
      }
    };
    if (this.#embeds) follow("forms", () => followForms(this.#embeds, this.#tell, this.#failed, signal));
    follow("clicks", () => watchClicks(this.#tell, signal));
    follow("history", () => watchHistory((how) => this.#look(how), signal));
  }

  async #await(coming) {
    this.#awaited += 1;
    await coming;
    this.#awaited -= 1;
    this.#finish();
  }

  async #ask(question) {
    let answered;
    try {
      const late = new Promise((_, fail) => setTimeout(() => fail("no answer in time"), PATIENCE_MS));
      answered = write([question, (await Promise.race([this.#askToken(), late])) ?? null]);
    } catch (error) {
      // Some browsers quote what was no JSON, and it may have been a token.
      answered = [question, { error: error?.name === "SyntaxError" ? error.name : `${error?.status ?? error}` }];
    }
    this.#take("token", answered);
  }

  // To begin a request takes the browser longer than all that comes before it, and neither whoever recorded something nor what the
  // visitor is to see for a click should wait for that.
  #afterFrame(begin) {
    requestAnimationFrame(() => setTimeout(begin));
    setTimeout(begin, FRAME_MS);
  }

  // A link was followed, or a form is sent by the browser: what has not begun goes with `keepalive` as the page is left, since what
  // began right before would be cancelled. Where the page stays, it begins all the same.
  #expectToLeave({ defaultPrevented }) {
    if (defaultPrevented) return;
    clearTimeout(this.#leaves);
    this.#leaves = setTimeout(() => this.#stay(), LEAVES_MS);
  }

  #stay() {
    clearTimeout(this.#leaves);
    this.#leaves = undefined;
    this.#begin();
  }

  // Whoever is here now, and whatever another page has taken over: what must not leave any more does not. Nor does what was asked
  // for before the device slept: the time that it may be under way has begun. 425 says that it never was (RFC 8470).
  #begin() {
    if (this.#leaves && !this.#isLeaving) return;
    if (this.#waiting.length) this.#storage.refresh();
    for (const [asked, request] of this.#waiting.splice(0)) {
      if (Date.now() - asked < LATE_MS) this.#request(...request);
      else this.#take("answered", [request[0], 425, "", ""]);
    }
  }

  // The only headers are the two that Omneo's CORS answer allows; a relay also takes compressed bodies, which a page that is
  // about to go has no time to make. `keepalive` lets the request outlive the page.
  async #request(number, flags, url, token, json) {
    const { signal } = this.#requests;
    const isLeaving = this.#isLeaving;
    this.#underWay.add(number);
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answered = [number, 0, "", ""];
    try {
      let body = json || undefined;
      if (flags & 2 && json.length > 1024 && !isLeaving) {
        headers["Content-Encoding"] = "gzip";
        body = await new Response(new Response(json).body.pipeThrough(new CompressionStream("gzip"))).blob();
      }
      const answer = await fetch(url, {
        __proto__: null,
        method: body ? "POST" : "GET",
        headers,
        body,
        keepalive: isLeaving && (flags & 1) > 0,
        priority: "low",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        // Where a browser of before 2024 cannot join the two, its own patience counts.
        signal: AbortSignal.any?.([signal, AbortSignal.timeout(PATIENCE_MS)]) ?? signal,
      });
      answered[1] = answer.status;
      answered[2] = answer.headers.get("Retry-After") ?? "";
      answered[3] = await answer.text();
    } catch {
      // No answer: the tracker keeps the record and says when to try again.
    }
    this.#answered(answered);
  }

  #answered(answered) {
    if (this.#underWay.delete(answered[0])) this.#take("answered", answered);
  }
}

// A page that nobody sees, as in a frame out of sight, has no frames.
const FRAME_MS = 100;
// How long a page may take to be left.
const LEAVES_MS = 2_000;
const LATE_MS = 5_000;
// More of an address or a title than a record can have.
const LONGEST = 10_000;
// How long a token source and a receiver may take.
const PATIENCE_MS = 30_000;
