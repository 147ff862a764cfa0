// The product that a page shows: from its JSON-LD; from other kinds of markup, by a file of its own that is loaded only where there
// are any; and from attributes, which are the explicit way.

import { document } from "./document.js";

// `url` is the page's address, cleaned. The tracker is told of the `product` markup, and answers which it sees there, null where it
// sees none, and false where nobody wants to know; then which one is `shown`. `identify(product)`, the site's own setting, answers
// Omneo's ids of it. Whatever fails is told, and the rest goes on.
//
// Nothing is awaited, and so it is done in the same task, unless there is something to wait for. Where there is no product yet, it is
// looked for again as the page changes, for a while; answers how to end that.
export function lookForProduct(url, tell, identify, failed) {
  let isOver = false;
  const attempt = (act) => act.catch((error) => failed({ reason: "The page's product could not be told.", error }));

  const look = async () => {
    const markup = read();
    let found = tell("product", markup);
    if (found !== false && !found?.name && hasOther()) {
      const other = await attempt(import("./product-markup.js"));
      if (other) markup.said.push(...other.read());
      found = tell("product", markup);
    }
    if (found === null && !isOver) changes.observe(document.documentElement, { childList: true, subtree: true });
    if (!found) return;
    const product = { url, ...found };
    if (identify && !product.productId) Object.assign(product, await attempt((async () => identify({ ...product }))()));
    tell("shown", { ...product, id: undefined });
  };

  // What scripts put together comes in bursts. Each is one look, and until that nothing is observed.
  const changes = new MutationObserver(() => {
    changes.disconnect();
    setTimeout(() => isOver || attempt(look()), BURST_MS);
  });
  const end = () => {
    isOver = true;
    changes.disconnect();
  };
  setTimeout(end, LATEST_MS);
  attempt(look());
  return end;
}

function read() {
  const ids = ["product", "variant", "category"].map((what) => {
    const name = `data-omneo-${what}-id`;
    const all = [...document.querySelectorAll(`[${name}]:not([${name}=""])`)].map((element) => element.getAttribute(name));
    const [id, ...others] = new Set(all);
    // Several are a listing.
    return [`${what}Id`, others.length ? undefined : id];
  });
  /** @type {HTMLLinkElement} */
  const canonical = document.querySelector("link[rel=canonical]");
  return { said: [jsonLd()], canonical: canonical?.href, explicit: Object.fromEntries(ids) };
}

// Line breaks within a text are the usual mistake, and all that JSON has against them. What is too long, alone or with what stands
// before it, is left out, and so is what is nested so deep that whoever writes it again may run out of stack.
function jsonLd() {
  let left = MOST_CHARACTERS;
  return [...document.querySelectorAll("script[type^='application/ld+json']")].flatMap(({ textContent }) => {
    try {
      if (textContent.length > left) return [];
      left -= textContent.length;
      const said = JSON.parse(textContent.replace(/\s/g, " "));
      return isDeeper(said, DEEPEST) ? [] : [said];
    } catch {
      return [];
    }
  });
}

const isDeeper = (value, depth) =>
  typeof value === "object" && (depth === 0 || Object.values(value ?? []).some((inner) => isDeeper(inner, depth - 1)));

const hasOther = () =>
  window.ShopifyAnalytics?.meta?.product ||
  document.querySelector("[itemtype*='schema.org/'],[typeof*=Product],[property='og:type'][content*=product]");

// Of JSON-LD, in all, and how deep it is nested. A page of a product has some thousands, five deep.
const MOST_CHARACTERS = 512 * 1024;
const DEEPEST = 32;

const BURST_MS = 500;

// How long after its view a page may still tell its product.
const LATEST_MS = 10_000;
