import type { Consent, Settings as TrackerSettings, Tracker } from "./omneo-interactions.js";

/** How `<omneo-privacy>` is set up. What the tracker has too is named as there, so its settings can be handed over as they are. */
export interface PrivacySettings extends Pick<TrackerSettings, "tenant" | "endpoint" | "consent" | "globalPrivacyControl" | "doNotTrack"> {
  /** Whom the records are read from: Omneo ID, or a relay of yours. */
  route?: "me" | "relay";
  /** Answers the token of the customer who is signed in; null where nobody is. It is asked whatever the consent. */
  token?: TrackerSettings["token"];
  /** Where your site answers that token, in place of `token`. */
  tokenUrl?: string;
  /** The tracker's rules, whose `because` is shown. */
  policy?: TrackerSettings["policy"] | string;
  /** The page's tracker, which is told of the customer's answer. Without it that is the script tag's `omneo`. */
  tracker?: Pick<Tracker, "consent">;
  /**
   * Tells your own banner or platform of the answer, in place of everything that is done otherwise: it has to reach the tracker too.
   */
  setConsent?: (answer: Extract<Consent, "granted" | "denied">) => void | Promise<void>;
  /** Texts of your own, in another language or in other words, by their keys. */
  texts?: Record<string, string>;
}

/** `<omneo-privacy>`: a customer's own records. To import this file defines it; on a server nothing happens. */
export class OmneoPrivacy extends HTMLElement {
  /** What the site's code sets; counts before the attributes. */
  settings: PrivacySettings | undefined;
  /** Reads everything again. */
  refresh(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "omneo-privacy": OmneoPrivacy;
  }
}
