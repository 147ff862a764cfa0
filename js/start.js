// The start: all that a visitor downloads who is not recorded. It notes what happens on the page, in memory, finds out whether the
// visitor agreed and whether somebody is signed in, and only then loads the tracker, hands it the notes and steps aside.
//
//            agreed              a token
//   WAITING ────────▶ ASKING ──────────────▶ the tracker takes over
//      │                ▲ │
//      │ declined       │ │ nobody, signOut()
//      ▼        login() │ ▼
//   DENIED          SIGNED_OUT               STOPPED
//
// The visitor's answer, who is signed in and `stop()` lead from each state to each other: `next` says to which.

import { isAnswer, isNobody } from "./answers.js";
import { forget } from "./forget.js";
import { listen, ofDocument, watch } from "./watch.js";

// In these states what happens is noted.
const WAITING = 0;
const ASKING = "";
// In these it is not, and a call is refused by this rule.
const DENIED = "consent-denied";
const SIGNED_OUT = "signed-out";
const STOPPED = "stopped";
// The answer itself, "unknown", is one too: where the site wants no notes before another, or nobody is signed in.

/**
 * Starts with a site's settings. `askSite()` asks who is signed in; `load()` begins to load script and module and returns a promise
 * of each; `file(path, …)` loads another file and returns a promise of what its function returns.
 *
 * Returns what takes each call by its name; what takes another word of the server's on who is signed in; and what begins, and may be
 * called again: before that nothing is asked, watched or loaded.
 */
export function start(settings, askSite, load, file) {
  const { consent = "unknown" } = settings;
  const loadsNow = settings.load === "now";
  const over = new AbortController();
  let isReady;
  let tracker;

  // --- What the state follows from

  let answer = isAnswer(consent) ? consent : "unknown";
  // True or false as the server said; false too where a call or the token source says that nobody is.
  let signedIn;
  const hint = (given) => (signedIn = JSON.parse(given ?? null));
  hint(settings.signedIn);
  let isStopped;
  const isOptedOut =
    (settings.globalPrivacyControl !== "ignore" && navigator.globalPrivacyControl) ||
    (settings.doNotTrack === "deny" && /** @type {any} */ (navigator.doNotTrack) > 0);

  const next = () => {
    if (isOptedOut || answer === "denied") return DENIED;
    if (answer !== "unknown") return signedIn === false ? SIGNED_OUT : isStopped ? STOPPED : ASKING;
    return isStopped ? STOPPED : signedIn === false || settings.beforeConsent === "drop" ? answer : WAITING;
  };

  // --- The states

  let state;
  // What goes on in a state ends with it.
  let during = new AbortController();

  // `isHeard`: another page told of it, and has emptied the storage.
  const follow = (isHeard) => {
    if (tracker) return tracker.follow();
    readPlatform();
    if (state === (state = next())) return;
    if (state) for (const [name] of notes.splice(0)) refuse(name);
    if (!isReady) return;
    during.abort();
    during = new AbortController();
    if (!state) watch(note, file, during.signal);
    // Denied, or signed out: no other state has a hyphen.
    if (!isHeard && /-/.test(state)) forget(state === SIGNED_OUT);
    if (state === ASKING && !loadsNow) busy = ask(during.signal);
  };

  // --- The visitor's answer

  let read;
  let last;

  // Some platforms change their mind without a word, so it is asked whenever something happens. A call counts before what it says as
  // the page begins.
  const readPlatform = () => {
    if (!read) return;
    let now = "unknown";
    try {
      now = read(answer) ?? now;
    } catch {
      // What cannot be read is no answer.
    }
    if (`${now}` === `${last}`) return;
    if (last) tell(now);
    if (last || answer === "unknown") answer = now;
    last = now;
  };

  const followPlatform = async () => {
    const name = consent.at ? consent : Object.keys(consent)[0];
    read = await file(`consent/${name}`, () => follow(), over.signal, { __proto__: null, ...consent[name] });
    follow();
  };

  // --- Notes

  const notes = [];
  const listeners = new Set();
  let refused = 0;

  const note = (name, given, time = Date.now()) => {
    follow();
    if (state) refuse(name);
    else if (notes.length < MOST) notes.push([name, given, time, location.href, ofDocument("title")]);
  };

  // What the page did by itself, `navigated` or `submitted`, is dropped without a word, and so is what records nothing.
  const refuse = (kind) => {
    if (/ed$|inspect/.test(kind)) return;
    refused += 1;
    emit("refused", { kind, rule: state });
  };

  // Later, so that whatever a listener does or throws comes after this.
  const emit = (event, detail) => {
    for (const [heard, listener] of listeners) if (heard === event) queueMicrotask(() => listener(detail));
  };

  // --- The site's other pages

  let tabs;
  const tell = (told) => tabs?.postMessage({ told });
  try {
    tabs = new BroadcastChannel("omneo");
    tabs.onmessage = ({ data }) => {
      if (isAnswer(data?.told)) answer = data.told;
      if (data?.told === SIGNED_OUT) signedIn = false;
      follow(true);
    };
  } catch {
    // Firefox refuses where storage is blocked.
  }

  // --- Who is signed in, and the tracker

  /** What is under way, which `flush` waits for. */
  let busy;
  let files;
  let failures = 0;
  let pause = 1_000;

  const ask = async (signal) => {
    let token = loadsNow;
    try {
      if (signedIn) files ||= load();
      token ||= await askSite();
      follow();
      if (signal.aborted) return;
      if (isNobody(token)) {
        signedIn = false;
        return follow();
      }
      const [rest, module] = await (files ||= load());
      const open = await rest.prepare(module, settings, askSite, read);
      follow();
      if (signal.aborted) return;
      during.abort();
      tabs?.close();
      tracker = open(token, answer, notes, listeners, signedIn, isStopped, over);
    } catch (error) {
      // What was thrown instead of a token may quote one, but for its name or its status. Files are asked for once more, and no more.
      if (!token) emit("failed", { reason: `No token: ${error?.status ?? error?.name}` });
      else {
        if (failures++) return;
        warn(error);
        files = 0;
      }
      setTimeout(() => signal.aborted || (busy = ask(signal)), (pause *= 2));
    }
  };

  // --- Calls

  /** What the start takes itself. Every other call is a note. */
  const calls = {
    __proto__: null,
    consent(given) {
      // What is no answer, the tracker says.
      if (!isAnswer(given)) return note("consent", [given]);
      answer = given;
      if (given !== "unknown") tell(given);
    },
    signOut() {
      signedIn = false;
      tell(SIGNED_OUT);
    },
    login(...given) {
      hint();
      note("login", given);
    },
    stop() {
      isStopped = true;
    },
    hint,
    on(...listening) {
      listeners.add(listening);
      return () => listeners.delete(listening);
    },
    async flush() {
      // What is under way may lead to more.
      await busy;
      await busy;
      return tracker ? tracker.flush() : { delivered: 0, refused, kept: notes.length, failed: 0 };
    },
    async explain(interaction) {
      const [rest, module] = await (files ||= load());
      return rest.explain(module, settings, answer, state, interaction);
    },
  };

  const call = (name, ...given) => {
    if (tracker) return tracker[name](...given);
    const result = calls[name] ? calls[name](...given) : note(name, given);
    follow();
    // Says why there is no tracker yet.
    if (name === "inspect") file(name, state, answer);
    return result;
  };

  const begin = () => {
    // Nobody sees a prerendered page yet, and perhaps nobody ever will.
    if (isReady || ofDocument("prerendering")) return follow();
    // Which is no state: the one that there is begins now.
    state = isReady = true;
    // Somebody may have signed in meanwhile: while this page lay in the back/forward cache, or as the session says that another page keeps.
    listen(window, "pageshow", ({ persisted }) => persisted && call("hint"), over.signal);
    listen(window, "storage", ({ newValue }) => /^{.*"profile":"/.test(newValue) && call("hint"), over.signal);
    follow();
    if (loadsNow) busy = ask(over.signal);
    else if (!isOptedOut && !isAnswer(consent)) busy = followPlatform();
  };

  return [call, begin];
}

/** How many notes are kept. */
const MOST = 500;

export const warn = (error) => console.warn("omneo-interactions:", error);
