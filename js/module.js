// The module: fetched and compiled while it arrives, where the server says what it is. Where the browser runs no WebAssembly, the
// same Rust as JavaScript takes its place. `src/api.rs` is the other side.

import instantiate, { __wbg_reset_state, Handle } from "../target/web/omneo-interactions.js";
import { OmneoError } from "./error.js";

/**
 * What opens a tracker, and what makes another instance.
 *
 * @type {{ Handle: { new (...given: any): any, explainWith: (...given: any) => any, settingFor: (name: string) => string | undefined }, renew: () => void }}
 */
let core = { Handle, renew: __wbg_reset_state };
// Chromium asks for a file that never came at each import: twice is enough.
let fallback;
let tries = 0;
// Which instance it is that runs, while it does: what a tracker of an earlier one has is in no memory any more.
let instance;

/** `given` is the module, or where it is: an address, a request or a response. */
export async function load(given) {
  if (__FALLBACK__ && !runs()) {
    if (tries++ < 2) fallback = import("./fallback.js");
    core = await fallback;
  } else await instantiate({ module_or_path: await arrived(await given) });
  instance = {};
}

// Lockdown mode and the like have no WebAssembly, a content security policy without 'wasm-unsafe-eval' lets none run: of either the
// smallest module there is tells. WebKit compiles under such a policy, and refuses the instance.
function runs() {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

// By its address: not all that a page puts in the place of `fetch` takes a request.
function arrived(given) {
  const isThere = given instanceof WebAssembly.Module || given instanceof Response;
  return isThere ? given : fetch(given.url ?? given, { __proto__: null, integrity: given.integrity });
}

/**
 * What would become of an interaction with these settings. `kind` is the place of the call that makes it in login, pageView, productView,
 * formSubmission, record; where it is left out, the interaction tells.
 */
export const explainWith = (settings, interaction, fields, kind) => core.Handle.explainWith(settings, { mistake, words: fields?.words }, interaction, kind);

/** The setting that an attribute of the script tag stands for, or nearly; undefined where it is somebody else's. */
export const settingFor = (name) => core.Handle.settingFor(name);

const mistake = (code, field, given, accepted, message) => new OmneoError(code, { field, given, accepted, message });

/**
 * What a tracker in the module has around it, see `src/browser/host.rs`: what is the site's, and the way in and out.
 *
 * What leaves Rust by a throw, but for the mistakes that it makes itself, has run no destructor: the instance is lost, and nothing of it
 * runs any more. Then `trapped(error)` is told, once.
 */
export class Host {
  /** The key in storage of what this page keeps. */
  page = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join("");
  /** What Rust writes down for the tracker that comes in the place of one that trapped. */
  answer;
  isSignedOut;
  // Own ones, whatever all objects inherit on this page.
  previous;
  askToken;
  consent;
  identify;
  embeds;
  words;
  see;
  hears;
  emit;
  failed;

  #trapped;
  #instance;
  #handle;
  #isDone = false;
  #ended = new AbortController();

  /**
   * Opens a tracker with these settings, or throws the mistake in them; `site` is what else it has from the site, `previous` the host
   * of the tracker that trapped.
   */
  constructor(settings, site, trapped, previous) {
    Object.assign(this, site);
    this.previous = previous?.page;
    this.#trapped = trapped;
    // The last one has trapped.
    if (!instance) core.renew();
    this.#instance = instance ??= {};
    try {
      this.#handle = new core.Handle(settings, this);
    } catch (error) {
      if (!(error instanceof OmneoError)) instance = undefined;
      throw error;
    }
  }

  get ended() {
    return this.#ended.signal;
  }

  mistake(...given) {
    return mistake(...given);
  }

  /** Makes a call of the tracker's. */
  call(name, ...given) {
    if (this.ended.aborted) return this.#heed(name, ...given);
    return this.enter(() => this.#handle[name](...given), given);
  }

  /** Runs what runs Rust. */
  enter(run, given) {
    if (this.ended.aborted) return;
    try {
      if (this.#instance !== instance) throw new Error("The module failed.");
      return run(...given);
    } catch (error) {
      if (error instanceof OmneoError) throw error;
      this.#lose(error);
    }
  }

  /** The tracker is done. */
  end() {
    this.#isDone = true;
    this.#ended.abort();
    queueMicrotask(() => this.#instance === instance && this.#handle.free());
  }

  #lose(error) {
    if (this.#instance === instance) instance = undefined;
    if (this.ended.aborted) return;
    this.#ended.abort();
    this.#trapped(error);
  }

  // Where there is no tracker any more, or not yet another, what the visitor takes back is taken back all the same, on every page.
  #heed(name, given) {
    const isSignOut = name === "signOut";
    if (isSignOut || name === "login") this.isSignedOut = isSignOut;
    if (name === "flush" && this.#isDone) this.emit("settled", { delivered: 0, refused: 0, kept: 0, failed: 0 });
    const answer = name === "consentChanged" ? this.consent() : name === "consent" ? given : undefined;
    this.answer = answer ?? this.answer;
    if (isSignOut || answer === "denied") forget({ told: isSignOut ? "signed-out" : answer });
  }
}

// The site's other pages forget for themselves. Where storage is blocked, nothing is kept.
function forget(message) {
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) delete storage[key];
    }
    const others = new BroadcastChannel("omneo");
    others.postMessage(message);
    others.close();
  } catch {
    // As it is.
  }
}

const PREFIX = "omneo:";
