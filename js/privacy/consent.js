// The customer's answer: what it is, and another one given from here, through the consent platform where that has a call for it.

import { isAnswer } from "../answers.js";
import { forget } from "../forget.js";
import { warn } from "./trouble.js";

/** How a platform of that name is asked; these files the tracker has loaded already. */
const READERS = {
  cookiebot: () => import("../consent/cookiebot.js"),
  cookieconsent: () => import("../consent/cookieconsent.js"),
  google: () => import("../consent/google.js"),
  gpp: () => import("../consent/gpp.js"),
  klaro: () => import("../consent/klaro.js"),
  onetrust: () => import("../consent/onetrust.js"),
  remember: () => import("../consent/remember.js"),
  shopify: () => import("../consent/shopify.js"),
  tcf: () => import("../consent/tcf.js"),
};

/** How a platform of that name is told. The others have no call for it: there the customer is sent to the site's own dialog. */
const WRITERS = {
  async cookiebot(isGranted, { category = "statistics" }) {
    const agreed = (name) => (name === category ? isGranted : Cookiebot.consent[name]);
    Cookiebot.submitCustomConsent(agreed("preferences"), agreed("statistics"), agreed("marketing"));
  },
  async cookieconsent(isGranted, { category = "analytics" }) {
    const others = CookieConsent.getUserPreferences().acceptedCategories.filter((name) => name !== category);
    CookieConsent.acceptCategory(isGranted ? [...others, category] : others);
    CookieConsent.hide();
  },
  async klaro(isGranted, { service = "omneo" }) {
    const manager = klaro.getManager();
    manager.updateConsent(service, isGranted);
    manager.saveAndApplyConsents();
  },
  async onetrust(isGranted, { group = "C0002" }) {
    OneTrust.UpdateConsent("Category", `${group}:${isGranted ? 1 : 0}`);
    OneTrust.Close();
  },
  remember: async (isGranted, { version }) => (await READERS.remember()).keep(isGranted ? "granted" : "denied", version),
  shopify: (isGranted) => new Promise((settled) => Shopify.customerPrivacy.setTrackingConsent({ analytics: isGranted }, settled)),
};

export class Consent {
  #settings;
  #platform;
  #options;
  #read;
  #said = "unknown";
  #channel;

  /** `changed` is called when there may be another answer, `signedOut` when a page of the site says that the customer has gone. */
  constructor(settings, signal, changed, signedOut) {
    this.#settings = settings;
    const { consent } = settings;
    if (isAnswer(consent)) this.#said = consent;
    else if (consent) this.#follow(consent, signal, changed);
    if (this.#said === "unknown" && !this.#platform && hasSession()) this.#said = "granted";
    try {
      this.#channel = new BroadcastChannel("omneo");
    } catch {
      return; // Firefox refuses where storage is blocked.
    }
    this.#channel.onmessage = ({ data }) => {
      if (data?.told === "signed-out") signedOut();
      if (isAnswer(data?.told)) this.#said = data.told;
      changed();
    };
    signal.addEventListener("abort", () => this.#channel.close());
  }

  /** `unknown`, `granted`, `denied`; or `optedOut` where the browser declines for its visitor. */
  get answer() {
    const { globalPrivacyControl, doNotTrack } = this.#settings;
    const { doNotTrack: track, globalPrivacyControl: control } = /** @type {any} */ (navigator);
    if ((globalPrivacyControl !== "ignore" && control) || (doNotTrack === "deny" && track > 0)) return "optedOut";
    const answer = this.#now();
    return Array.isArray(answer) ? "granted" : answer;
  }

  #now() {
    try {
      return (this.#read ? this.#read() : this.#said) ?? "unknown";
    } catch {
      return "unknown";
    }
  }

  /** Whether the customer can answer here. */
  get canAnswer() {
    return this.answer !== "optedOut" && Boolean(this.#settings.setConsent || !this.#platform || Object.hasOwn(WRITERS, this.#platform));
  }

  /** The customer's answer, `granted` or `denied`. What waits in a relay is taken back where no tracker of the page does it. */
  async set(answer, receiver) {
    const { setConsent, tracker } = this.#settings;
    if (setConsent) await setConsent(answer);
    else if (this.#platform) await WRITERS[this.#platform](answer === "granted", this.#options);
    this.#said = answer;
    const call = tracker ? (given) => tracker.consent(given) : typeof window.omneo === "function" && ((given) => window.omneo("consent", given));
    if (call) return void (this.#platform || call(answer));
    this.#channel?.postMessage({ told: answer });
    if (answer === "denied") {
      forget(false);
      if (receiver.isRelay && receiver.customer) await receiver.ask("DELETE", "waiting", new AbortController().signal);
    }
  }

  async #follow(consent, signal, changed) {
    [this.#platform, this.#options = {}] = typeof consent === "object" ? Object.entries(consent)[0] : [consent];
    try {
      const isFunction = typeof consent === "function";
      const adapter = isFunction ? consent : (await READERS[/** @type {string} */ (this.#platform)]()).default;
      if (isFunction) this.#platform = "own";
      if (signal.aborted) return;
      this.#read = adapter(() => queueMicrotask(changed), signal, { ...this.#options, banner: false });
      addEventListener("load", changed, { signal });
      changed();
    } catch (error) {
      warn("`consent`", error);
    }
  }
}

// With consent, and with nothing else, there is a session.
function hasSession() {
  try {
    return localStorage.getItem("omneo:session") !== null;
  } catch {
    return false;
  }
}
