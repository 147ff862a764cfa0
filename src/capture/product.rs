//! The product that a page shows.

use crate::interaction::{Map, Value};
use crate::privacy::{cut, path};

/// What a page says of its products.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// For each kind of markup, schema.org's nodes, in the order in which they count.
    pub said: Vec<Vec<Value>>,
    /// The page's own address as it has it; empty where it has none.
    pub canonical: Box<str>,
    /// The ids in its attributes `data-omneo-…`, which win: `productId`, `variantId`, `categoryId`.
    pub explicit: Map,
}

/// The product that the page at `address` stands for: `name`, `sku`, `gtin` and `id`, which is the site's own number of it, and
/// Omneo's `productId`, `variantId` and `categoryId`. `None` where it shows no product, or several: a listing is no view of each
/// product on it.
///
/// An integer is one of Omneo's only where an attribute says so, or a `productID` that begins with `omneo:`, which is schema.org's
/// way of saying whose number it is (`isbn:123-456-789`). All others are the shop system's.
pub fn product(markup: &Markup, address: &str) -> Option<Map> {
    let pages = [place(address), place(&markup.canonical)];
    let is_listing = markup.said.iter().any(|nodes| Found::of(nodes, pages).rank == Rank::Listing);
    let main = markup.said.iter().find_map(|nodes| Found::of(nodes, pages).main).filter(|_| !is_listing);
    let mut product = main.map(describe).unwrap_or_default();
    for (name, value) in markup.explicit.iter() {
        product.set(name, value.clone());
    }
    // A category alone is no product.
    (main.is_some() || markup.explicit.get("productId").is_some()).then_some(product)
}

/// How likely the page is that of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It is another page's, or no product at all.
    Elsewhere,
    /// It does not say whose page it is on.
    Unplaced,
    /// It says that this page is its own.
    Here,
    /// A group of variants, beside which each of its variants may stand.
    Group,
    /// A page that only lists products, by its own word.
    Listing,
}

/// What nodes have to say.
struct Found<'a> {
    /// The rank of the likeliest product.
    rank: Rank,
    /// The likeliest product, unless there are several.
    main: Option<&'a Value>,
}

impl<'a> Found<'a> {
    fn of(nodes: &'a [Value], pages: [&str; 2]) -> Found<'a> {
        let mut found = Found { rank: Rank::Elsewhere, main: None };
        nodes.iter().for_each(|node| found.collect(node, pages, MAX_DEPTH));
        found
    }

    /// Looks at a node, at its top, in an array, in `@graph`, or as the `mainEntity` of a page. Never at what is related to another
    /// or an item of a list. The page may have written anything, so the way down is bounded by `depth`.
    fn collect(&mut self, node: &'a Value, pages: [&str; 2], depth: u32) {
        if depth == 0 {
            return;
        }
        let rank = rank_of_types(node.get("@type"));
        if rank == Rank::Elsewhere {
            let inner = ["@graph", "mainEntity"].iter().filter_map(|name| node.get(name));
            return node.items().iter().chain(inner).for_each(|inner| self.collect(inner, pages, depth - 1));
        }
        let rank = if rank == Rank::Listing { rank } else { placed(node, rank, pages) };
        if rank > self.rank {
            (self.rank, self.main) = (rank, Some(node));
        } else if rank == self.rank && !self.main.is_some_and(|main| is_same(main, node)) {
            self.main = None;
        }
    }
}

/// What the type of a node says: a name, or several in an array, and none in arrays within that.
fn rank_of_types(types: Option<&Value>) -> Rank {
    match types {
        Some(Value::List(names)) => names.iter().map(rank_of_type).max().unwrap_or(Rank::Elsewhere),
        Some(name) => rank_of_type(name),
        None => Rank::Elsewhere,
    }
}

/// What one name says, alone or behind `https://schema.org/` or a prefix.
fn rank_of_type(name: &Value) -> Rank {
    let name = name.text().unwrap_or_default();
    let start = name.bytes().rposition(|byte| matches!(byte, b'/' | b':')).map_or(0, |at| at + 1);
    match &name[start..] {
        "ProductGroup" => Rank::Group,
        "Product" | "ProductModel" | "IndividualProduct" | "SomeProducts" => Rank::Unplaced,
        "CollectionPage" | "SearchResultsPage" => Rank::Listing,
        _ => Rank::Elsewhere,
    }
}

/// How likely the page is the product's own. One that says of itself that its address is another is not.
fn placed(node: &Value, rank: Rank, pages: [&str; 2]) -> Rank {
    let url = node.get("url").or_else(|| node.get("offers")?.get("url"));
    let own = place(url.and_then(Value::text).unwrap_or_default());
    if own.is_empty() {
        rank
    // The same page may be reached through a language, or through a category.
    } else if pages.iter().any(|page| page.ends_with(own) || !page.is_empty() && own.ends_with(page)) {
        rank.max(Rank::Here)
    } else {
        Rank::Elsewhere
    }
}

/// The path of an address, without a slash behind.
fn place(address: &str) -> &str {
    let path = path(cut(address, '#').0);
    path.strip_suffix('/').unwrap_or(path)
}

fn is_same(one: &Value, other: &Value) -> bool {
    ["@id", "name", "sku", "isVariantOf", "inProductGroupWithID"]
        .iter()
        .any(|name| one.get(name).is_some_and(|value| !value.is("") && other.get(name) == Some(value)))
}

fn describe(node: &Value) -> Map {
    let mut product = Map::new();
    for (property, value) in node.map().into_iter().flat_map(Map::iter) {
        let text = value.text_or_number().unwrap_or_default();
        let name = match property {
            _ if text.is_empty() => continue,
            "name" | "sku" => property,
            "productID" | "productGroupID" => "id",
            "isbn" | "gtin" | "gtin8" | "gtin12" | "gtin13" | "gtin14" => "gtin",
            _ => continue,
        };
        let omneo_s = text.strip_prefix("omneo:").filter(|_| name == "id").map(Value::from);
        product.set(name, &*text);
        if let Some(id) = omneo_s {
            product.set("productId", id);
        }
    }
    product
}

/// How deep a product may lie in arrays, `@graph` and `mainEntity`.
const MAX_DEPTH: u32 = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    const PAGE: &str = "https://shop.example/au/products/linen-dress?colour=fern#reviews";

    fn shown(nodes: &[&str]) -> Option<String> {
        product_at(&format!(r#"{{"said":[[{}]]}}"#, nodes.join(",")), PAGE)
    }

    fn product_at(markup: &str, page: &str) -> Option<String> {
        let markup = json(markup);
        let said = markup.get("said").map(Value::items).unwrap_or_default();
        let markup = Markup {
            said: said.iter().map(|nodes| nodes.items().to_vec()).collect(),
            canonical: markup.get("canonical").and_then(Value::text).unwrap_or_default().into(),
            explicit: markup.get("explicit").and_then(Value::map).cloned().unwrap_or_default(),
        };
        product(&markup, page).map(|product| serde_json::to_string(&product).unwrap())
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
    fn how_deep_a_page_may_nest_is_bounded() {
        let nested = |depth: usize| {
            format!("{}{{\"@type\":\"Product\",\"name\":\"x\"}}{}", "[".repeat(depth), "]".repeat(depth))
        };
        assert!(shown(&[&nested(15)]).is_some());
        assert_eq!(shown(&[&nested(16)]), None);
    }

    #[test]
    fn however_deep_a_page_nests_nothing_traps() {
        // As deep as a page is read.
        let nested = |open: &str, close: &str| {
            let levels = crate::interaction::MAX_DEPTH - 8;
            let times = levels / open.matches(['[', '{']).count();
            format!("{}1{}", open.repeat(times), close.repeat(times))
        };
        for deep in [
            format!(r#"{{"@type":{},"name":"x"}}"#, nested("[", "]")),
            nested("[", "]"),
            nested(r#"{"@graph":["#, "]}"),
            nested(r#"{"mainEntity":"#, "}"),
            format!(r#"{{"@type":"Product","offers":{}}}"#, nested(r#"{"url":"#, "}")),
        ] {
            let markup = format!(r#"{{"said":[[{deep}],[{{"@type":"Product","name":"Coat"}}]]}}"#);
            assert!(product_at(&markup, PAGE).is_some(), "{}", &deep[..20]);
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
            product_at(&markup, page).is_some()
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
            assert_eq!(shown(&nodes).unwrap(), format!(r#"{{"name":"{name}"}}"#), "{nodes:?}");
        }
    }

    #[test]
    fn the_first_kind_of_markup_that_tells_one_product_counts() {
        let markup = r#"{"said":[[{"@type":"Product","name":"x"},{"@type":"Product","name":"y"}],[],[{"@type":"Product","name":"y"}]]}"#;
        assert_eq!(product_at(markup, PAGE), Some(r#"{"name":"y"}"#.into()));
    }

    #[test]
    fn attributes_are_the_explicit_way() {
        let explicit = |markup: &str| product_at(markup, PAGE);
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
