// What a page says of its products: many nodes, read at once.

import { plain } from "../../js/product-text.js";
import { ask } from "./forms.js";

/** Each JSON-LD of the page that is JSON, the address that the page gives itself, and Omneo's ids in its attributes. */
export function read() {
  const ids = ["product", "variant", "category"].map((what) => {
    const name = `data-omneo-${what}-id`;
    const [id, ...others] = new Set(all(`[${name}]:not([${name}=""])`).map((element) => element.getAttribute(name)));
    // Several are a listing.
    return [`${what}Id`, others.length ? undefined : id];
  });
  const [heading, ...headings] = all("h1");
  const page = {
    canonical: first("link[rel~=canonical i]")?.href,
    kind: first("[property='og:type']")?.getAttribute("content"),
    heading: headings.length ? "" : plain(`${heading?.textContent ?? ""}`.slice(0, MOST_OF_HEADING)),
    explicit: Object.fromEntries(ids),
  };
  return { jsonLd: jsonLd(), page };
}

/** The other kinds of markup, where the page has any: read by a file of its own, which is loaded then. */
export const other = () => (hasOther() ? import("../../js/product-markup.js").then(({ read }) => read()) : undefined);

/** Calls `changed` when the page has changed. */
export function observe(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(document, { __proto__: null, childList: true, subtree: true });
  return observer;
}

// Where JSON has mistakes they are mostly these: line breaks and `\'` within a text, comments and CDATA around it, a comma or a semicolon
// too many.
// What is too long, alone or with what stands before it, is left out.
function jsonLd() {
  let left = MOST_CHARACTERS;
  return all("script[type^='application/ld+json' i]").flatMap(({ textContent }) => {
    try {
      if (textContent.length > left) return [];
      left -= textContent.length;
      return [JSON.parse(textContent.replace(MISTAKES, mended), (_, value) => (typeof value === "string" ? plain(value) : value))];
    } catch {
      return [];
    }
  });
}

const mended = (found) =>
  found[0] === '"' ? found.replace(/\s/g, " ").replace(/\\(.)/g, (pair, letter) => (/["\\/bfnrtu]/.test(letter) ? pair : letter)) : "";

const hasOther = () =>
  window.ShopifyAnalytics?.meta?.product ||
  first("[itemtype*='.org/' i],[typeof*=Product i],[property='og:type'][content*=product i],[name='og:type'][content*=product i]");

const all = (selector) => [...ask(document, "querySelectorAll", selector)];
const first = (selector) => ask(document, "querySelector", selector);

// A text; or what JSON does not have: marks of CDATA and of comments, comments, a last comma or semicolon.
const MISTAKES = /"(?:\\[^]|[^"\\])*"|(?:\/\/|\/\*)?\s*(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:\*\/)?|\/\*[^]*?\*\/|\/\/.*|,(?=\s*[\]}])|;\s*$/g;

// Of a heading: more than a product's name may have.
const MOST_OF_HEADING = 1_000;

// Of JSON-LD, in all. A page of a product has some thousands.
const MOST_CHARACTERS = 512 * 1024;
