// What a page says of its products: many nodes, read at once.

import { ask } from "./forms.js";

/** Each JSON-LD of the page that is JSON, the address that the page gives itself, and Omneo's ids in its attributes. */
export function read() {
  const ids = ["product", "variant", "category"].map((what) => {
    const name = `data-omneo-${what}-id`;
    const [id, ...others] = new Set(all(`[${name}]:not([${name}=""])`).map((element) => element.getAttribute(name)));
    // Several are a listing.
    return [`${what}Id`, others.length ? undefined : id];
  });
  return { jsonLd: jsonLd(), canonical: `${first("link[rel=canonical]")?.href ?? ""}`, explicit: Object.fromEntries(ids) };
}

/** The other kinds of markup, where the page has any: read by a file of its own, which is loaded then. */
export const other = () => (hasOther() ? import("../../js/product-markup.js").then(({ read }) => read()) : undefined);

/** Calls `changed` when the page has changed. */
export function observe(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(ask(document, "documentElement"), { __proto__: null, childList: true, subtree: true });
  return observer;
}

// Line breaks within a text are the usual mistake, and all that JSON has against them. What is too long, alone or with what stands
// before it, is left out.
function jsonLd() {
  let left = MOST_CHARACTERS;
  return all("script[type^='application/ld+json']").flatMap(({ textContent }) => {
    try {
      if (textContent.length > left) return [];
      left -= textContent.length;
      return [JSON.parse(textContent.replace(/\s/g, " "))];
    } catch {
      return [];
    }
  });
}

const hasOther = () =>
  window.ShopifyAnalytics?.meta?.product ||
  first("[itemtype*='schema.org/'],[typeof*=Product],[property='og:type'][content*=product]");

const all = (selector) => [...ask(document, "querySelectorAll", selector)];
const first = (selector) => ask(document, "querySelector", selector);

// Of JSON-LD, in all. A page of a product has some thousands.
const MOST_CHARACTERS = 512 * 1024;
