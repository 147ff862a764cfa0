// What a page says of its products in other ways than JSON-LD, as schema.org's nodes: Shopify's own page data, microdata, RDFa
// and Open Graph. `src/capture/product.rs` asks them in this order.

import { document } from "./document.js";
import { plain } from "./product-text.js";

// Whatever a page has made of one of them, the others are read.
export const read = () =>
  [shopify, microdata, rdfa, openGraph].map((kind) => {
    try {
      return kind();
    } catch {
      return [];
    }
  });

// https://shopify.dev/docs/api/web-pixels-api and what every theme's page has in `ShopifyAnalytics.meta`: no title, but the names
// of variants, which begin with it.
function shopify() {
  const { page, product } = Object(window.ShopifyAnalytics?.meta);
  if (page?.pageType !== "product" || !product) return [];
  const variants = [product.variants].flat().filter(Boolean);
  const chosen = new URLSearchParams(location.search).get("variant");
  const variant = variants.find((one) => `${one.id}` === chosen) ?? (variants.length > 1 ? undefined : variants[0]);
  const { name, public_title: title } = Object(variants[0]);
  const [text, end] = [plain(`${name ?? ""}`), ` - ${title}`];
  return [{ "@type": "Product", name: title && text.endsWith(end) ? text.slice(0, -end.length) : text, productID: product.id, sku: variant?.sku }];
}

// https://html.spec.whatwg.org/multipage/microdata.html
const microdata = () =>
  nodes("[itemscope][itemtype*='.org/' i]", "itemprop", "[itemscope]", (item) => item.getAttribute("itemtype"), (item) =>
    [...new Set(item.getAttribute("itemref")?.split(/\s+/))].slice(0, MOST).map((id) => document.getElementById(id)).filter(Boolean),
  );

// https://www.w3.org/TR/rdfa-lite/
const rdfa = () => nodes("[typeof]", "property", "[typeof]", (item) => item.getAttribute("typeof"), () => []);

// What stands on its own, or as the main entity of a page; each with the texts of its own properties, which all are found in one pass
// over the page. Where there are more than `MOST`, no page is that of one product.
function nodes(selector, property, scope, typeOf, others) {
  const names = (element) => (element.getAttribute(property) ?? "").split(/\s+/).map((name) => name.replace(/^.*[:/]/, ""));
  const isMain = (item) => !item.hasAttribute(property) || names(item).includes("mainEntity");
  /** @type {Map<Element, Record<string, any>>} */
  const items = new Map(
    [...document.querySelectorAll(selector)].filter(isMain).slice(0, MOST).map((item) => [item, { "@type": typeOf(item).split(/\s+/) }]),
  );
  const take = (element, node) => {
    // Of what lies within, only that it is there.
    const isScope = element.matches(scope);
    for (const name of node ? names(element) : []) if (isScope ? name === "offers" : READ.test(name)) node[name] ||= isScope || textOf(element);
  };
  const all = `[${property}]`;
  for (const element of document.querySelectorAll(all)) take(element, items.get(element.parentElement?.closest(scope)));
  for (const heading of document.querySelectorAll("h1")) {
    const node = items.get(heading.closest(scope));
    if (node) node.heading ??= plain(heading.textContent.slice(0, MOST_CHARACTERS));
  }
  for (const [item, node] of items) {
    for (const root of others(item)) for (const element of [root, ...root.querySelectorAll(all)]) take(element, node);
  }
  return [...items.values()];
}

const textOf = (element) =>
  plain(
    (element.getAttribute("content") ?? element.getAttribute("href") ?? element.getAttribute("value") ?? element.textContent)
      .trim()
      .slice(0, MOST_CHARACTERS),
  );

const MOST = 100;

// Of one text: more than a product's name may have.
const MOST_CHARACTERS = 1_000;

// What `src/capture/product.rs` asks for.
const READ = /^(name|sku|url|mpn|offers|isbn|gtin\d*|product(Group)?ID|isVariantOf|inProductGroupWithID)$/;

// https://ogp.me and Meta's product tags
function openGraph() {
  const tags = {};
  for (const meta of document.querySelectorAll("meta[property],meta[name]"))
    tags[meta.getAttribute("property") ?? meta.getAttribute("name")] ??= meta.getAttribute("content");
  if (!/^(og:)?product(\.item)?$/i.test(tags["og:type"])) return [];
  const [sku, gtin, offers] = [
    ["product:retailer_item_id", "product:sku"],
    ["product:gtin", "product:ean", "product:upc", "product:isbn"],
    ["product:price:amount", "og:price:amount", "product:price"],
  ].map((names) => tags[names.find((name) => tags[name])]);
  return [{ "@type": "og:product", name: plain(tags["og:title"] ?? ""), url: tags["og:url"], sku, gtin, offers }];
}
