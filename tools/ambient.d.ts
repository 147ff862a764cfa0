// What the scripts in `js/` and `src/browser/` meet that TypeScript's own libraries do not know.

/** The version of package.json; put in by tools/build.mjs. */
declare const __VERSION__: string;

/** Whether `fallback.js` lies beside the script; put in by tools/build.mjs. */
declare const __FALLBACK__: boolean;

/** The names of the files that lie beside each other, and their hashes; put in by tools/build.mjs. */
declare const __SCRIPT__: string, __SCRIPT_INTEGRITY__: string, __MODULE__: string, __MODULE_INTEGRITY__: string;

/** How the names of the other scripts end; put in by tools/build.mjs. */
declare const __JS__: string;

/** So that what the browser is given has nothing from `Object.prototype`. */
interface RequestInit {
  __proto__?: null;
}
interface AddEventListenerOptions {
  __proto__?: null;
}
interface PropertyDescriptor {
  __proto__?: null;
}
interface LockOptions {
  __proto__?: null;
}
interface MutationObserverInit {
  __proto__?: null;
}

interface Navigator {
  /** https://w3c.github.io/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

interface Window {
  /** What a page calls: the queue of calls until the tracker has loaded, then the tracker itself. `tag`: the script tag has begun. */
  omneo?: ((method: string, ...args: unknown[]) => unknown) & { q?: (ArrayLike<unknown> & Iterable<unknown>)[]; tag?: boolean };
  /** What a web pixel of Shopify's is given. */
  analytics?: any;
  /** What every page of a Shopify theme says of itself. */
  ShopifyAnalytics?: { meta?: { page?: any; product?: any } };
}

interface Document {
  /** https://wicg.github.io/nav-speculation/prerendering.html */
  readonly prerendering?: boolean;
}

/** What the consent platforms put on a page; `js/consent/` names each one's documentation. */
declare const CookieConsent: any, Cookiebot: any, OneTrust: any, OnetrustActiveGroups: any, Shopify: any, klaro: any;
declare const __gpp: any, __tcfapi: any;

declare module "*.deflated" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module "*.txt" {
  const text: string;
  export default text;
}
