/** The version of this package. */
export const version: string;

/** Loads all of it at once. Rejects with an {@link OmneoError} that names a wrong setting, and each call throws its own. */
export function createTracker(settings: Settings & { load: "now" }): Promise<LoadedTracker>;

/**
 * Starts a tracker on this page, which takes calls at once: what is recorded by it loads once the visitor has agreed and somebody is
 * signed in. A mistake in a setting or in a call that came before is a `failed` event with its {@link OmneoError}.
 */
export function createTracker(settings: Settings): Tracker;

/** A mistake in a setting or a call. */
export class OmneoError extends Error {
  readonly name: "OmneoError";
  /** Stable. `invalid-settings`, `invalid-call`: yours; `invalid-interaction`: a record Omneo would not take; `not-loaded`. */
  readonly code: "invalid-settings" | "invalid-call" | "invalid-interaction" | "not-loaded";
  /** Which field, as a path where it lies deeper: `policy.rules[0].action`. */
  readonly field: string;
  /** What was given, as JSON, cut after 60 characters. Empty where the field is missing. */
  readonly given: string;
  /** What is accepted, in words. */
  readonly accepted: string;
}

/** How a tracker is set up. Either `tenant` or `endpoint` must be given. */
export interface Settings {
  /** The handle of your Omneo tenant: records go to `https://api.{tenant}.getomneo.com`. */
  tenant?: string;
  /** The origin of whatever stands in for it, such as the sandbox; https, or http on this machine; `/` is the page's own. */
  endpoint?: string;
  /** Whose interactions the records join. `me`, the default: the profile of the token, through Omneo ID; `relay`: through yours. */
  route?: "me" | "relay" | { profile: string };
  /**
   * Answers a token when one is needed; null where nobody is signed in. Must never answer an admin token. Or the customer of a Shopify
   * theme, whose token is asked for at the tracker's own `tenant` or `endpoint` unless another is given.
   */
  token: (() => TokenAnswer | Promise<TokenAnswer>) | { shopify: ShopifyCustomer };
  /** Whether somebody is signed in, where your server knows: false saves the question to `token`, true loads the rest beside it. */
  signedIn?: boolean | null;
  /** What happens before the visitor has answered: `hold`, the default, notes it in the page's memory; `drop` does not. */
  beforeConsent?: "hold" | "drop";
  /** `now` loads all at once, whoever visits: for development and tests. */
  load?: "now";
  /** The namespace of records that name none: `web-engagement`. */
  namespace?: string;
  /** The channel of records that name none: `website`. */
  channel?: Channel;
  /**
   * The visitor's answer as the page begins: `unknown`. Change it with {@link Tracker.consent}; or say who knows it, a consent
   * platform, with options or without, or a function of your own.
   */
  consent?: Consent | keyof Platforms | Platforms | ConsentSource;
  /** What the site emits already becomes interactions: by name, with options, or by a function of your own; several are an array. */
  events?: keyof Emitters | EventSource | Emitters | (keyof Emitters | EventSource | Emitters)[];
  /** Global Privacy Control counts as denied unless you `ignore` it. */
  globalPrivacyControl?: "deny" | "ignore";
  /** Do Not Track does not count unless you say `deny`. */
  doNotTrack?: "deny" | "ignore";
  /**
   * Which of Omneo's products it is that a page shows, where its markup has your shop system's numbers and not Omneo's. Null where
   * Omneo has no such product. What it throws is a `failed` event, and the view is recorded without.
   */
  product?: (seen: SeenProduct) => ProductIds | null | Promise<ProductIds | null>;
  /** The embedded forms of others that the site has, by vendor; or a function of your own that follows one; several are an array. */
  forms?: Embed | EmbedSource | (Embed | EmbedSource)[];
  /** What may be recorded. */
  policy?: Policy;
  /**
   * What is recorded without a call; everything, unless switched off. With `durations`, a view of a page waits until the page is
   * left, and tells for how many seconds it was visible; that is off unless switched on.
   */
  capture?: { pageViews?: boolean; productViews?: boolean; forms?: boolean; logins?: boolean; durations?: boolean };
  /** A staff-assisted session ends by itself so many minutes after it was opened: 60, or 1 to 720. */
  clienteling?: { minutes?: number };
  /** A batch leaves at so many records or after so many seconds: 100 and 5 for a relay; else 20 and 0, as each record has its own request. */
  batch?: { records?: number; seconds?: number };
  /** Opens the inspector as the page begins, see {@link Tracker.inspect}; not for what customers get. `false`: no advice on settings. */
  inspect?: boolean;
  /** Where the module is, when it is not beside the script: an address, a response or a compiled module. */
  module?: string | URL | Response | Promise<Response> | WebAssembly.Module;
}

/** A token, alone or with its end in Unix seconds, as Omneo's own answer has it; null where nobody is signed in. */
export type TokenAnswer = string | null | { token: string | null; exp?: number } | { data: { token: string; exp?: number } };

/** A customer as a Shopify theme's Liquid knows them. */
export interface ShopifyCustomer {
  /** `customer.id`; nothing where nobody is signed in. */
  customer?: number | string | null;
  /** `customer.id | hmac_sha256: secret`: 64 hexadecimal digits. The secret itself must never reach the page. */
  signature?: string | null;
  /** The handle of your Omneo tenant. */
  tenant?: string;
  /** The origin of whatever stands in for it, in full. */
  endpoint?: string;
}

/** The vendors of forms that are known. */
export type Embed = "hubspot" | "klaviyo" | "mailchimp" | "typeform";

/**
 * Follows embedded forms: tell `submitted` which one was submitted, until `signal` is aborted, and answer a selector of the forms on
 * the page that it speaks for, if there are any. Their own events then do not count.
 */
export type EmbedSource = (submitted: (form: string, name?: string) => void, signal: AbortSignal) => string | void;

/** A product as the markup of a page has it. */
export interface SeenProduct {
  /** The address of the page. */
  url: string;
  name?: string;
  sku?: string;
  gtin?: string;
  /** Your shop system's own number of it: schema.org's `productID` or `productGroupID`, or Shopify's product id. */
  id?: string;
}

/** Omneo's numbers of a product. */
export interface ProductIds {
  productId?: number | string;
  variantId?: number | string;
  categoryId?: number | string;
}

/** The visitor's answer. A list is a consent to these purposes, and to what needs none; `granted` is a consent to all. */
export type Consent = "unknown" | "granted" | "denied" | string[];

/**
 * Where the visitor's answer comes from: call `changed` when there may be another, until `signal` is aborted, and answer a
 * function that reads it. What it throws counts as `unknown`.
 */
export type ConsentSource = (changed: () => void, signal: AbortSignal) => () => Consent;

/**
 * Follows what a site emits: call `heard` with a call and what it takes, or with the name of any other event, until `signal` is
 * aborted. `docs/events.md` says what becomes of it.
 */
export type EventSource = (heard: (event: string, fields?: object) => void, signal: AbortSignal) => void;

/** The options of each source of events. */
export interface Emitters {
  /** The name of the data layer: `dataLayer`. */
  google?: { dataLayer?: string };
  /** The `analytics` that a web pixel is given. */
  shopify?: { analytics?: object };
}

/** The options of each consent platform; name one. */
export interface Platforms {
  /** The category that must be accepted: `statistics`. */
  cookiebot?: { category?: string };
  /** The category that must be accepted: `analytics`. */
  cookieconsent?: { category?: string };
  /** The consent type, `analytics_storage`, and the name of the data layer, `dataLayer`. */
  google?: { type?: string; dataLayer?: string };
  /** The purposes of sections that ask for consent, 1, 5 and 8, and the answer where no section applies, `granted`. */
  gpp?: { purposes?: number[]; elsewhere?: Consent };
  /** The service that must be accepted: `omneo`. */
  klaro?: { service?: string };
  /** The group that must be active: `C0002`. */
  onetrust?: { group?: string };
  /**
   * None: the tracker asks by a banner of its own, and remembers the answer. `version` of the text that is asked by, "1": with another one
   * everybody is asked again; for how many `days` an answer lasts, 180; `banner: false` where the site asks, and calls
   * {@link Tracker.consent}; where the privacy policy is; in which language, else the page's; other words.
   */
  remember?: {
    version?: string;
    days?: number;
    banner?: boolean;
    policyUrl?: string;
    language?: "ar" | "de" | "en" | "es" | "fr" | "it" | "ja";
    texts?: Partial<Record<"title" | "text" | "agree" | "decline" | "policy" | "granted" | "denied", string>>;
  };
  shopify?: {};
  /**
   * The purposes, 1, 5 and 8; a vendor that must be accepted too; whether the consents for the publisher count where there are
   * any, unless a vendor is named; and the answer where the GDPR does not apply, `granted`.
   */
  tcf?: { purposes?: number[]; vendor?: number; publisher?: boolean; elsewhere?: Consent };
}
export type Action = "broadcast" | "disclose" | "feedback" | "product" | "reach" | "refer" | "service" | "visit" | "view";
export type Channel = "app" | "email" | "location" | "push" | "sms" | "social" | "support" | "website";
export type Signal = 1 | 0 | -1;
export type Kind = "login" | "pageView" | "productView" | "formSubmission" | "record";

/** The allowlist: what no rule allows is refused. As a JSON Schema: `omneo-interactions/policy.schema.json`. */
export interface Policy {
  /** Begin with the four default rules, or with nothing. */
  extends?: "default" | "nothing";
  /** Your own rules. They are asked first, in their order, and the first that allows a record decides. */
  rules?: Rule[];
  /** The query parameters that an address keeps; every other is struck. */
  query?: string[];
}

/** Allows the records that meet all its conditions; at least one must be given. */
export interface Rule {
  /** What the rule is called in a verdict. */
  rule: string;
  /** Why it allows, in one plain sentence. */
  because?: string;
  /** What for the visitor must have agreed, in the consent platform's words: `marketing`, `C0004`. */
  purpose?: string;
  kind?: Kind[];
  action?: Action[];
  channel?: Channel[];
  namespace?: string[];
  /** Paths, without origin and query; `*` stands for anything. */
  url?: string[];
  /** Names of forms; `*` stands for anything. */
  form?: string[];
  /** The keys of `meta` that are kept, besides `event_id`; all that the site hands over, where this is left out. */
  meta?: string[];
  /**
   * The fields that are kept of a submitted form, by name, or by id where one has no name. `is: "not-personal"` lifts what a word of the
   * field says, never what its type, `autocomplete` or masking says.
   */
  fields?: (string | { name: string; personal?: boolean } | { name: string; is: "not-personal"; because: string })[];
}

/** A whole interaction, by Omneo's own names. */
export interface Interaction {
  action: Action;
  channel: Channel;
  signal: Signal;
  /** A label for people: 1 to 255 characters. */
  name: string;
  /** A handle that groups records. */
  namespace: string;
  description?: string;
  url?: string;
  /** Seconds, 0 or more. */
  duration?: number;
  /** Degrees, -90 to 90. */
  latitude?: number;
  /** Degrees, -180 to 180. */
  longitude?: number;
  /** When it happened; now, where it is left out. */
  interacted_at?: string | Date;
  location_id?: number;
  product_id?: number;
  product_variant_id?: number;
  product_category_id?: number;
  staff_id?: number;
  organisation_id?: number;
  /** The type of almost any other Omneo object, with `interacted_id`. */
  interacted_type?: string;
  interacted_id?: number | string;
  tags?: string[];
  /** Free of form. `event_id` is by what a receiver drops a second copy; one is made where you give none. */
  meta?: Record<string, unknown>;
}

/** What every call takes besides its own. */
export interface Extras {
  channel?: Channel;
  namespace?: string;
  signal?: Signal;
  description?: string;
  duration?: number;
  tags?: string[];
  meta?: Record<string, unknown>;
}

/** What became of the records of this page. */
export interface Report {
  /** The receiver confirmed them. */
  delivered: number;
  /** Refused by consent, by the allowlist, or because nobody or another customer is signed in. */
  refused: number;
  /** Still waiting for a later try. */
  kept: number;
  /** Refused by the receiver for good, or given up because the queue was full or nobody can tell whether it has arrived. */
  failed: number;
}

export interface Verdict {
  allowed: boolean;
  /** The name of the rule that decided. */
  rule: string;
  /** Why, in one plain sentence. */
  reason: string;
  /** What would be left out of it. */
  dropped?: Dropped[];
  /** The fields from which something that looks personal would be struck out. */
  struck?: Struck[];
  /** The record as it would be kept. */
  record: Interaction;
}

/** A key of `meta`, or a field of a form that the policy names, that was left out of a record. */
export interface Dropped {
  /** `meta.coupon`, `fields.card`. */
  field: string;
  /** Why, in one plain sentence. */
  reason: string;
}

/** A field from which something can be struck out. */
export type Struck = "url" | "name" | "description" | "tags" | "meta";

/** Who told of something: a call of the site's or an element of its own, the tracker's own capture, or what the site emits for others. */
export type Source = "call" | "capture" | "emitted";

export interface Events {
  /** Accepted by this rule; it waits or is on its way. */
  recorded: { kind: Kind; source: Source; rule: string; reason: string; dropped?: Dropped[]; struck?: Struck[]; record: Interaction };
  /**
   * Not kept. `kind` is left out of a record that had waited. Of a call that was dropped before the rest had loaded there is no record,
   * and no reason but the rule: `consent-denied`, `signed-out`, `stopped`, or `unknown` with `beforeConsent: "drop"`.
   */
  refused: { kind?: Kind | "clienteling"; source?: Source; rule: string; reason?: string; struck?: Struck[]; record?: Interaction };
  delivered: { record: Interaction; status: number };
  /** A record given up (`status` 0: without an answer), or anything else that went wrong. */
  failed: {
    /** `rejected` by the receiver, `unconfirmed` by it, `queue-full`, or `storage` that is full or blocked. */
    rule?: string;
    reason: string;
    status?: number;
    record?: Interaction;
    error?: unknown;
  };
}

/** Who of the staff assists the customer, and where: Omneo's integers. */
export interface Clienteling {
  staffId?: number | string;
  locationId?: number | string;
  organisationId?: number | string;
}

export interface Tracker {
  pageView(fields?: { title?: string; url?: string } & Extras): void;
  productView(
    fields?: {
      name?: string;
      productId?: number | string;
      variantId?: number | string;
      categoryId?: number | string;
      sku?: string;
      gtin?: string;
      url?: string;
    } & Extras,
  ): void;
  /** The customer signed in: asks for a token again. */
  login(fields?: { method?: string } & Extras): void;
  /** Which form was submitted, without what was in it. */
  formSubmission(fields?: { form?: string; name?: string; url?: string } & Extras): void;
  /**
   * Opens a staff-assisted session in this tab, with at least one of the three: views from here on belong to it, on the tab's next
   * pages too. `null` ends it; so do a sign-out, a withdrawal, another customer, and its time limit.
   */
  clienteling(session: Clienteling | null): void;
  /** Records a whole interaction. Throws an {@link OmneoError} where Omneo would not take it. */
  record(interaction: Interaction): void;
  /** What would become of an interaction; nothing is recorded. It loads the rest, and nothing else. */
  explain(interaction: Interaction): Promise<Verdict>;
  consent(answer: Consent): void;
  /** Forgets token, profile and everything that waits, on every page of the site. */
  signOut(): void;
  /** Sends what waits, and answers once that is done or must wait. */
  flush(): Promise<Report>;
  /** Hears of what happens; call what it answers to stop. */
  on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void;
  /**
   * Opens the inspector on this page, for whoever builds the site: what becomes of each record, and why. Where there is no tracker, since
   * nobody is to be recorded, the console says so.
   */
  inspect(): void;
  /** Sends what waits and stops listening to the page for good; nothing that is called afterwards records anything. */
  stop(): void;
}

/** A tracker that has loaded. */
export interface LoadedTracker extends Omit<Tracker, "explain"> {
  explain(interaction: Interaction): Verdict;
}
