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
    (item.getAttribute("itemref") ?? "").split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean),
  );

// https://www.w3.org/TR/rdfa-lite/
const rdfa = () => nodes("[typeof]", "property", "[typeof]", (item) => item.getAttribute("typeof"), () => []);

// What stands on its own, or as the main entity of a page; each with the texts of its own properties.
function nodes(selector, property, scope, typeOf, others) {
  const names = (element) => (element.getAttribute(property) ?? "").split(/\s+/).map((name) => name.replace(/^.*[:/]/, ""));
  const isMain = (item) => !item.hasAttribute(property) || names(item).includes("mainEntity");
  return [...document.querySelectorAll(selector)].filter(isMain).map((item) => {
    const node = { "@type": typeOf(item).split(/\s+/) };
    for (const root of [item, ...others(item)]) {
      for (const element of [root, ...root.querySelectorAll(`[${property}]`)]) {
        const owner = element.parentElement?.closest(scope);
        if (element === item || element.matches(scope) || (root === item && owner !== item)) continue;
        for (const name of names(element)) node[name] ??= textOf(element);
      }
    }
    return node;
  });
}

const textOf = (element) =>
  (element.getAttribute("content") ?? element.getAttribute("href") ?? element.getAttribute("value") ?? element.textContent).trim();

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
