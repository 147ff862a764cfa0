//! The product that a page shows.

use crate::json::{Json, Object};
use crate::privacy::{cut, path};
use crate::text::text_of;

/// The product that the page at `address` stands for, as JSON: `name`, `sku`, `gtin` and `id`, which is the site's own number of
/// it, and Omneo's `productId`, `variantId` and `categoryId`. `None` where it shows no product, or several: a listing is no view
/// of each product on it.
///
/// `markup` is what the page says of its products, as `js/product.js` reads it: `said`, a list for each kind of markup, of
/// schema.org's nodes; `canonical`, its own address as it has it; and `explicit`, its attributes `data-omneo-…`, which win.
///
/// An integer is one of Omneo's only where an attribute says so, or a `productID` that begins with `omneo:`, which is schema.org's
/// way of saying whose number it is (`isbn:123-456-789`). All others are the shop system's.
pub fn product(markup: Json<'_>, address: &str) -> Option<Box<str>> {
    let canonical = text_of(markup.field("canonical"));
    let pages = [place(address), place(&canonical)];
    let mut product = Object::new();
    let said = markup.field("said").unwrap_or(Json::EMPTY_LIST);
    let is_listing = Found::of(said, pages).rank == LISTING;
    let main = said.items().find_map(|nodes| Found::of(nodes, pages).main).filter(|_| !is_listing);
    if let Some(main) = main {
        describe(main, &mut product);
    }
    // Of a member that stands twice the last counts, so the explicit way comes last.
    let explicit = markup.field("explicit").unwrap_or(Json::EMPTY_LIST);
    for (name, value) in explicit.members() {
        product.put(&text_of(name), value.as_str());
    }
    // A category alone is no product.
    (main.is_some() || explicit.field("productId").is_some()).then(|| product.finish())
}

/// What nodes have to say.
struct Found<'a> {
    /// How likely the page is that of the likeliest product.
    rank: u8,
    /// The likeliest product, unless there are several.
    main: Option<Json<'a>>,
}

impl<'a> Found<'a> {
    fn of(nodes: Json<'a>, pages: [&str; 2]) -> Found<'a> {
        let mut found = Found { rank: ELSEWHERE, main: None };
        found.collect(nodes, pages, 0);
        found
    }

    /// Looks at a node, at its top, in an array, in `@graph`, or as the `mainEntity` of a page. Never at what is related to another
    /// or an item of a list.
    ///
    /// The page may have written anything, so the way down is bounded by [`MAX_DEPTH`], and each step of it goes over the text of
    /// its node a fixed number of times.
    fn collect(&mut self, node: Json<'a>, pages: [&str; 2], depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        let kind = node.field("@type").map_or(ELSEWHERE, kind);
        if kind == ELSEWHERE {
            node.items().for_each(|item| self.collect(item, pages, depth + 1));
            for name in ["@graph", "mainEntity"] {
                if let Some(inner) = node.field(name) {
                    self.collect(inner, pages, depth + 1);
                }
            }
            return;
        }
        let rank = if kind == LISTING { kind } else { place_of(node, kind, pages) };
        if rank > self.rank {
            (self.rank, self.main) = (rank, Some(node));
        } else if rank == self.rank && !self.main.is_some_and(|main| is_same(main, node)) {
            self.main = None;
        }
    }
}

/// What the type of a node says: a name, or several in an array, and none in arrays within that.
fn kind(kind: Json<'_>) -> u8 {
    if kind.is_array() { kind.items().map(kind_of).max().unwrap_or(ELSEWHERE) } else { kind_of(kind) }
}

/// What one name says, alone or behind `https://schema.org/` or a prefix.
fn kind_of(name: Json<'_>) -> u8 {
    let text = text_of(name);
    let name = text.bytes().rposition(|byte| matches!(byte, b'/' | b':')).map_or(0, |at| at + 1);
    match &text[name..] {
        "ProductGroup" => GROUP,
        "Product" | "ProductModel" | "IndividualProduct" | "SomeProducts" => UNPLACED,
        "CollectionPage" | "SearchResultsPage" => LISTING,
        _ => ELSEWHERE,
    }
}

/// How likely the page is the product's own. One that says of itself that its address is another is not.
fn place_of(node: Json<'_>, kind: u8, pages: [&str; 2]) -> u8 {
    let url = text_of(node.field("url").or_else(|| node.field("offers")?.field("url")));
    let own = place(&url);
    if own.is_empty() {
        kind
    // The same page may be reached through a language, or through a category.
    } else if pages.iter().any(|page| page.ends_with(own) || !page.is_empty() && own.ends_with(page)) {
        kind.max(HERE)
    } else {
        ELSEWHERE
    }
}

/// The path of an address, without a slash behind.
fn place(address: &str) -> &str {
    let path = path(cut(address, b'#').0);
    path.strip_suffix("/").unwrap_or(path)
}

fn is_same(one: Json<'_>, other: Json<'_>) -> bool {
    ["@id", "name", "sku", "isVariantOf", "inProductGroupWithID"]
        .iter()
        .any(|name| one.field(name).is_some_and(|value| !value.is("") && other.field(name) == Some(value)))
}

fn describe(node: Json<'_>, product: &mut Object) {
    for (property, value) in node.members() {
        let (property, text) = (text_of(property), value.text_or_number().unwrap_or_default());
        let name = match &*property {
            _ if text.is_empty() => continue,
            "name" | "sku" => &property,
            "productID" | "productGroupID" => "id",
            "isbn" | "gtin" | "gtin8" | "gtin12" | "gtin13" | "gtin14" => "gtin",
            _ => continue,
        };
        product.put_text(name, &text);
        if let Some(id) = text.strip_prefix("omneo:").filter(|_| name == "id") {
            product.put_text("productId", id);
        }
    }
}

/// How deep a product may lie in arrays, `@graph` and `mainEntity`.
const MAX_DEPTH: u32 = 16;

const ELSEWHERE: u8 = 0;
const UNPLACED: u8 = 1;
const HERE: u8 = 2;
/// A group of variants, beside which each of its variants may stand.
const GROUP: u8 = 3;
/// A page that only lists products, by its own word.
const LISTING: u8 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://shop.example/au/products/linen-dress?colour=fern#reviews";

    fn shown(nodes: &[&str]) -> Option<Box<str>> {
        product(Json::parse(&format!(r#"{{"said":[[{}]]}}"#, nodes.join(","))).unwrap(), PAGE)
    }

    #[test]
    fn one_product_is_a_view_wherever_the_document_has_it() {
        let wanted = Some(r#"{"id":"77","name":"Linen dress","sku":"LD-1","gtin":"9300605123458"}"#.into());
        let product =
            r#"{"@type":"Product","productID":"77","name":"Linen dress","sku":"LD-1","gtin13":"9300605123458"}"#;
        for document in [
            product.to_owned(),
            format!("[{product}]"),
            format!(r#"{{"@graph":[{{"@type":"WebPage"}},{product}]}}"#),
            format!(r#"{{"@type":"ItemPage","mainEntity":{product}}}"#),
            product.replace("\"Product\"", "[\"Thing\",\"http://schema.org/Product\"]"),
            product.replace("\"Product\"", "\"schema:ProductModel\""),
            product.replace("\"77\"", "77").replace("\"9300605123458\"", "9300605123458"),
        ] {
            assert_eq!(shown(&[&document]), wanted, "{document}");
        }
        assert_eq!(shown(&[r#"{"@type":"Organization"}"#, product]), wanted);
    }

    #[test]
    fn however_deep_a_page_nests_nothing_traps() {
        let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for deep in [
            format!(r#"{{"@type":{},"name":"x"}}"#, nested("[", "]")),
            nested("[", "]"),
            nested(r#"{"@graph":["#, "]}"),
            nested(r#"{"mainEntity":"#, "}"),
            format!(r#"{{"@type":"Product","offers":{}}}"#, nested(r#"{"url":"#, "}")),
        ] {
            let markup = format!(r#"{{"said":[[{deep}],[{{"@type":"Product","name":"Coat"}}]]}}"#);
            assert!(product(Json::view(&markup), PAGE).is_some(), "{}", &deep[..20]);
        }
    }

    #[test]
    fn none_and_several_are_no_view() {
        let product = r#"{"@type":"Product","name":"x"}"#;
        for nodes in [
            &[][..],
            &["{}"],
            &["\"Product\""],
            &[product, r#"{"@type":"Product","name":"y"}"#],
            &[r#"{"@type":"Product","sku":""}"#, r#"{"@type":"Product","sku":""}"#],
            &[r#"{"@type":"ItemList","itemListElement":[{"@type":"Product","name":"x"}]}"#],
            &[product, r#"{"@type":"CollectionPage"}"#],
            &[r#"{"@type":"Review","itemReviewed":{"@type":"Product","name":"x"}}"#],
            &[r#"{"@type":"ProductCollection","name":"x"}"#],
        ] {
            assert_eq!(shown(nodes), None, "{nodes:?}");
        }
    }

    #[test]
    fn the_product_whose_address_is_the_page_s_own_is_meant() {
        let [wide, here, elsewhere] = ["", "/products/linen-dress/", "https://shop.example/products/boots"]
            .map(|url| format!(r#"{{"@type":"Product","name":"{}","url":"{url}"}}"#, url.len()));
        assert_eq!(shown(&[&elsewhere]), None);
        assert_eq!(shown(&[&elsewhere, &wide]), Some(r#"{"name":"0"}"#.into()));
        assert_eq!(shown(&[&wide, &elsewhere, &here]), Some(r#"{"name":"22"}"#.into()));
        let own_page = r#"{"@type":"ItemPage","name":"p","url":"/products/linen-dress"}"#;
        assert_eq!(shown(&[own_page, &wide]), Some(r#"{"name":"0"}"#.into()), "the page itself is no product");
        let by_offer = r#"{"@type":"Product","name":"x","offers":{"url":"/products/boots"}}"#;
        assert_eq!(shown(&[by_offer]), None);
        let at = |page: &str, canonical: &str| {
            let markup = format!(r#"{{"said":[[{here}]],"canonical":"{canonical}"}}"#);
            product(Json::parse(&markup).unwrap(), page).is_some()
        };
        assert!(at("https://shop.example/products/linen-dress", ""));
        assert!(!at("https://shop.example/", "https://shop.example/"));
        assert!(at("https://shop.example/p/77", "https://shop.example/products/linen-dress"));
        assert!(!at("https://shop.example/products/long-linen-dress", ""));
    }

    #[test]
    fn one_product_said_several_times_or_in_several_variants_is_one() {
        for (nodes, name) in [
            ([r#"{"@type":"Product","name":"x"}"#, r#"{"@type":"Product","name":"x","sku":"1"}"#], "x"),
            (
                [
                    r##"{"@type":"Product","name":"x - S","isVariantOf":{"@id":"#x"}}"##,
                    r##"{"@type":"ProductGroup","@id":"#x","name":"x"}"##,
                ],
                "x",
            ),
            (
                [
                    r#"{"@type":"Product","name":"x - S","inProductGroupWithID":"x"}"#,
                    r#"{"@type":"Product","name":"x - M","inProductGroupWithID":"x"}"#,
                ],
                "x - S",
            ),
        ] {
            assert_eq!(shown(&nodes).unwrap().to_string(), format!(r#"{{"name":"{name}"}}"#), "{nodes:?}");
        }
    }

    #[test]
    fn the_first_kind_of_markup_that_tells_one_product_counts() {
        let markup = r#"{"said":[[{"@type":"Product","name":"x"},{"@type":"Product","name":"y"}],[],[{"@type":"Product","name":"y"}]]}"#;
        assert_eq!(product(Json::parse(markup).unwrap(), PAGE), Some(r#"{"name":"y"}"#.into()));
    }

    #[test]
    fn attributes_are_the_explicit_way() {
        let explicit = |markup: &str| product(Json::parse(markup).unwrap(), PAGE);
        let wanted = Some(r#"{"name":"x","productId":"1001","categoryId":"31"}"#.into());
        let markup = r#"{"said":[[{"@type":"Product","name":"x"}]],"explicit":{"productId":"1001","categoryId":"31"}}"#;
        assert_eq!(explicit(markup), wanted);
        assert_eq!(explicit(r#"{"explicit":{"productId":"1"}}"#), Some(r#"{"productId":"1"}"#.into()));
        assert_eq!(explicit(r#"{"explicit":{"categoryId":"31"}}"#), None, "a category alone shows no product");
    }

    #[test]
    fn an_integer_is_omneo_s_where_it_says_so() {
        assert_eq!(
            shown(&[r#"{"@type":"Product","productID":"omneo:1001"}"#]),
            Some(r#"{"id":"omneo:1001","productId":"1001"}"#.into())
        );
        assert_eq!(
            shown(&[r#"{"@type":"ProductGroup","productGroupID":7157443919915}"#]),
            Some(r#"{"id":"7157443919915"}"#.into())
        );
    }
}
