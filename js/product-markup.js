// What a page says of its products in other ways than JSON-LD, as schema.org's nodes: Shopify's own page data, microdata, RDFa
// and Open Graph. `src/capture/product.rs` asks them in this order.

import { document } from "./document.js";

export const read = () => [shopify(), microdata(), rdfa(), openGraph()];

// https://shopify.dev/docs/api/web-pixels-api and what every theme's page has in `ShopifyAnalytics.meta`: no title, but the names
// of variants, which begin with it.
function shopify() {
  const { page, product } = Object(window.ShopifyAnalytics?.meta);
  if (page?.pageType !== "product" || !product) return [];
  const { id, variants = [] } = product;
  const chosen = new URLSearchParams(location.search).get("variant");
  const variant = variants.find((one) => `${one.id}` === chosen) ?? (variants.length > 1 ? undefined : variants[0]);
  const { name = "", public_title: title } = variants[0] ?? {};
  const end = ` - ${title}`;
  return [{ "@type": "Product", name: title && name.endsWith(end) ? name.slice(0, -end.length) : name, productID: id, sku: variant?.sku }];
}

// https://html.spec.whatwg.org/multipage/microdata.html
const microdata = () =>
  nodes("[itemscope][itemtype*='schema.org/']", "itemprop", "[itemscope]", (item) => item.getAttribute("itemtype"), (item) =>
    [...new Set(item.getAttribute("itemref")?.split(/\s+/))].slice(0, MOST).map((id) => document.getElementById(id)).filter(Boolean),
  );

// https://www.w3.org/TR/rdfa-lite/
const rdfa = () => nodes("[typeof]", "property", "[typeof]", (item) => item.getAttribute("typeof"), () => []);

// What stands on its own, or as the main entity of a page; each with the texts of its own properties, which all are found in one pass
// over the page. Where there are more than `MOST`, no page is that of one product.
function nodes(selector, property, scope, typeOf, others) {
  const names = (element) => (element.getAttribute(property) ?? "").split(/\s+/).map((name) => name.replace(/^.*[:/]/, ""));
  const isMain = (item) => !item.hasAttribute(property) || names(item).includes("mainEntity");
  const items = new Map(
    [...document.querySelectorAll(selector)].filter(isMain).slice(0, MOST).map((item) => [item, { "@type": typeOf(item).split(/\s+/) }]),
  );
  const take = (element, node) => {
    if (!node || element.matches(scope)) return;
    for (const name of names(element)) if (READ.test(name)) node[name] ??= textOf(element);
  };
  const all = `[${property}]`;
  for (const element of document.querySelectorAll(all)) take(element, items.get(element.parentElement?.closest(scope)));
  for (const [item, node] of items) {
    for (const root of others(item)) for (const element of [root, ...root.querySelectorAll(all)]) take(element, node);
  }
  return [...items.values()];
}

const textOf = (element) =>
  (element.getAttribute("content") ?? element.getAttribute("href") ?? element.getAttribute("value") ?? element.textContent)
    .trim()
    .slice(0, MOST_CHARACTERS);

const MOST = 100;

// Of one text: more than a product's name may have.
const MOST_CHARACTERS = 1_000;

// What `src/capture/product.rs` asks for.
const READ = /^(name|sku|url|isbn|gtin\d*|product(Group)?ID|isVariantOf|inProductGroupWithID)$/;

// https://ogp.me and Meta's product tags
function openGraph() {
  const tags = {};
  for (const meta of document.querySelectorAll("meta[property]")) tags[meta.getAttribute("property")] ??= meta.getAttribute("content");
  if (!/^(og:)?product(\.item)?$/.test(tags["og:type"])) return [];
  const [sku, gtin] = [
    ["product:retailer_item_id", "product:sku"],
    ["product:gtin", "product:ean", "product:upc", "product:isbn"],
  ].map((names) => tags[names.find((name) => tags[name])]);
  return [{ "@type": "Product", name: tags["og:title"], url: tags["og:url"], sku, gtin }];
}
