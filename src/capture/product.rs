//! The product that a page shows.

mod gtin;
mod name;
mod place;

use crate::interaction::{Map, Value};
use gtin::is_gtin;
use name::{contains, is_customers_own, names, relates};
use place::{is_for_customers, is_variant_of, place};

/// What a page says of its products, and of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// For each kind of markup, schema.org's nodes, in the order in which they count.
    pub said: Vec<Vec<Value>>,
    /// The page's own address as it has it; empty where it has none.
    pub canonical: Box<str>,
    /// The kind of page that it says it is, as Open Graph has it; empty where it says none.
    pub kind: Box<str>,
    /// The page's only heading of the first rank; empty where it has none or several.
    pub heading: Box<str>,
    /// The ids in its attributes `data-omneo-…`, which win: `productId`, `variantId`, `categoryId`.
    pub explicit: Map,
}

/// The product that the page at `address` stands for: `name`, `sku`, `gtin` and `id`, which is the site's own number of it, and
/// Omneo's `productId`, `variantId` and `categoryId`. `None` where it shows no product, or several: a listing is no view of each
/// product on it.
///
/// An integer is one of Omneo's only where an attribute says so, or a `productID` that begins with `omneo:`, which is schema.org's
/// way of saying whose number it is (`isbn:123-456-789`). All others are the shop system's.
pub fn product(markup: &Markup, address: &str, title: &str) -> Option<Map> {
    let page = Page {
        places: [place(address), place(&markup.canonical)],
        heading: &markup.heading,
        title,
        is_article: markup.kind.ends_with("article"),
    };
    let mut product = page.product(&markup.said);
    // A category alone is no product.
    if markup.explicit.get("productId").is_some() {
        product.get_or_insert_default();
    }
    for (name, value) in markup.explicit.iter() {
        product.iter_mut().for_each(|product| product.set(name, value.clone()));
    }
    product
}

/// The page on which a product is looked for.
struct Page<'a> {
    /// Where it lies, and where it says that it does.
    places: [Vec<u8>; 2],
    heading: &'a str,
    title: &'a str,
    is_article: bool,
}

impl Page<'_> {
    fn product(&self, said: &[Vec<Value>]) -> Option<Map> {
        let found: Vec<Found<'_>> = said.iter().map(|nodes| Found::of(nodes, self)).collect();
        if found.iter().any(|found| found.rank == Rank::Listing) {
            return None;
        }
        let has_other_subject = self.is_article || found.iter().any(|found| found.has_other_subject);
        let mut meant = found.iter().filter_map(|found| {
            found.main.filter(|main| self.is_about(main, found.rank, has_other_subject)).map(describe)
        });
        let mut product = meant.next()?;
        // What has no name where it is described may have one beside.
        if product.get("name").is_none() {
            let beside = meant.find_map(|other| other.get("name").cloned());
            let heading = (!self.heading.is_empty()).then(|| self.heading.into());
            beside.or(heading).into_iter().for_each(|name| product.set("name", name));
        }
        Some(product)
    }

    /// How likely the page is the product's own. One that says of itself that its address is another is not, unless it bears the page's
    /// heading, or is another variant of what the page's address names.
    fn placed(&self, node: &Value, rank: Rank) -> Rank {
        let offers = || said(first(said(node, "offers")?), "url");
        let own = place(&text(said(node, "url").or_else(offers)));
        let name = told(node, "name");
        let is_named = !name.is_empty() && name.eq_ignore_ascii_case(self.heading);
        // An id, or the page of an entity, may be an address that is no page's.
        let is_here = || {
            self.is_at(&own)
                || own.is_empty()
                    && ["@id", "mainEntityOfPage"].iter().any(|name| self.is_at(&place(&told(node, name))))
        };
        match rank {
            Rank::Group if is_here() || is_named => Rank::OwnGroup,
            _ if is_here() => Rank::Here,
            _ if is_named => Rank::Named,
            _ if own.is_empty() => rank,
            _ if self.bears(&name) || self.places.iter().any(|page| is_variant_of(page, &own)) => Rank::Near,
            _ => Rank::Elsewhere,
        }
    }

    // Its heading names it, or where it has none its title; with more behind the name, such as a colour or the shop.
    fn bears(&self, name: &str) -> bool {
        let heading = if self.heading.is_empty() { self.title } else { self.heading };
        names(heading, name) || names(name, self.heading)
    }

    // The same page may be reached through a language, or through a category.
    fn is_at(&self, own: &[u8]) -> bool {
        let is_end = |page: &Vec<u8>| page.ends_with(own) || !page.is_empty() && own.ends_with(page);
        !own.is_empty() && self.places.iter().any(is_end)
    }

    /// Whether that product is what the page is about.
    fn is_about(&self, main: &Value, rank: Rank, has_other_subject: bool) -> bool {
        let is_bare = !any(OF_TRADE, &mut |property| said(main, property).is_some());
        let name = told(main, "name");
        // What is rated, and neither sold nor numbered, may be anything.
        if is_bare && (has_other_subject || is_customers_own(&name)) {
            return false;
        }
        let is_open_graph = main.get("@type").is_some_and(|kind| kind.is("og:product"));
        if is_open_graph && is_bare {
            // Many sites say so of every page.
            let is_home =
                self.places[0].is_empty() || said(main, "url").is_some_and(|url| place(&text(Some(url))).is_empty());
            let is_site = !self.title.starts_with(&*name) && self.title.ends_with(&*name);
            let is_heading = contains(self.heading, name.as_bytes()) || contains(&name, self.heading.as_bytes());
            return !is_home && !is_site && is_heading && !is_for_customers(&self.places[0]);
        }
        rank > Rank::Group
            || !is_for_customers(&self.places[0]) && (relates(&name, self.heading) || relates(&name, self.title))
    }
}

/// How likely the page is that of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It is another page's, or no product at all.
    Elsewhere,
    /// It does not say whose page it is on.
    Unplaced,
    /// A group of variants, beside which each of its variants may stand.
    Group,
    /// It says that another page is its own, of another variant perhaps: this one bears its name, or an address nearly the same.
    Near,
    /// The page's heading is its name.
    Named,
    /// It says that this page is its own.
    Here,
    /// A group of variants that says so.
    OwnGroup,
    /// A page that only lists products, by its own word.
    Listing,
}

impl Rank {
    fn is_of_page(self) -> bool {
        (Rank::Near..=Rank::Here).contains(&self)
    }
}

/// What nodes have to say.
struct Found<'a> {
    /// The rank of the likeliest product.
    rank: Rank,
    /// The likeliest product, unless there are several.
    main: Option<&'a Value>,
    /// Whether there is a recipe, an article or a place that may have borrowed a product for its stars.
    has_other_subject: bool,
}

impl<'a> Found<'a> {
    fn of(nodes: &'a [Value], page: &Page<'_>) -> Found<'a> {
        let mut found = Found { rank: Rank::Elsewhere, main: None, has_other_subject: false };
        nodes.iter().for_each(|node| found.collect(node, page, MAX_DEPTH));
        found
    }

    /// Looks at a node, at its top, in an array, in `@graph`, or as the `mainEntity` of a page. Never at what is related to another
    /// or an item of a list. The page may have written anything, so the way down is bounded by `depth`.
    fn collect(&mut self, node: &'a Value, page: &Page<'_>, depth: u32) {
        if depth == 0 {
            return;
        }
        let (mut rank, mut is_subject) = (Rank::Elsewhere, false);
        for name in all(node.get("@type")).iter().filter_map(Value::text).map(tail) {
            let ranks = TYPES.iter().filter(|(names, _)| any(names, &mut |one| name.eq_ignore_ascii_case(one)));
            rank = ranks.fold(rank, |rank, (_, other)| rank.max(*other));
            is_subject |= any(SUBJECTS, &mut |ending| name.ends_with(ending));
        }
        if rank == Rank::Elsewhere {
            self.has_other_subject |= is_subject;
            let inner = ["@graph", "mainEntity"].iter().filter_map(|name| said(node, name));
            node.items().iter().chain(inner).for_each(|inner| self.collect(inner, page, depth - 1));
            return;
        }
        let rank = if rank == Rank::Listing { rank } else { page.placed(node, rank) };
        let is_same = self.main.is_some_and(|main| is_same(main, node));
        // A variant's page is that of its group.
        match (self.rank, rank) {
            (former, Rank::Group) if is_same && former.is_of_page() => {
                (self.rank, self.main) = (Rank::OwnGroup, Some(node))
            }
            (Rank::Group, now) if is_same && now.is_of_page() => self.rank = Rank::OwnGroup,
            (former, now) if now > former => (self.rank, self.main) = (rank, Some(node)),
            (former, now) if now == former && !is_same => self.main = None,
            _ => {}
        }
    }
}

/// What a property has: one value, or several in an array.
fn all(value: Option<&Value>) -> &[Value] {
    match value {
        None => &[],
        Some(value) if value.items().is_empty() => core::slice::from_ref(value),
        Some(value) => value.items(),
    }
}

/// What a name says alone: behind `https://schema.org/`, or a prefix.
fn tail(name: &str) -> &str {
    let start = name.bytes().rposition(|byte| matches!(byte, b'/' | b':' | b'#')).map_or(0, |at| at + 1);
    &name[start..]
}

/// What a node has by that name, be it with a prefix.
#[inline(never)]
fn said<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let mut properties = node.map()?.iter();
    properties.find(|(property, value)| tail(property) == name && !value.is_null()).map(|(_, value)| value)
}

fn first(value: &Value) -> &Value {
    value.items().first().unwrap_or(value)
}

/// A text, or a number, as JSON-LD may write it: alone, the first of several, with its language, or as a node that it is the address
/// or the name of.
#[inline(never)]
fn text(value: Option<&Value>) -> Box<str> {
    let plain = value.map(first).and_then(|value| WITHIN.iter().find_map(|name| value.get(name)).or(Some(value)));
    plain.and_then(Value::text_or_number).unwrap_or_default()
}

/// The text of what a node has by that name.
#[inline(never)]
fn told(node: &Value, name: &str) -> Box<str> {
    text(said(node, name))
}

const WITHIN: [&str; 5] = ["@value", "@id", "url", "productGroupID", "name"];

// A group and its variant have the group's number each by another name.
fn is_same(one: &Value, other: &Value) -> bool {
    let own = SHARED.map(|name| told(one, name));
    SHARED.iter().any(|name| {
        let value = told(other, name);
        !value.is_empty() && own.contains(&value)
    })
}

/// What two nodes of one product share.
const SHARED: [&str; 6] = ["@id", "name", "sku", "isVariantOf", "inProductGroupWithID", "productGroupID"];

fn describe(node: &Value) -> Map {
    let mut product = Map::new();
    for (properties, name) in DESCRIBED {
        any(properties, &mut |property| {
            let text = told(node, property);
            let is_told = !text.is_empty() && (*name != "gtin" || is_gtin(&text));
            if is_told {
                if let Some(omneo_s) = text.strip_prefix("omneo:").filter(|_| *name == "id") {
                    product.set("productId", omneo_s);
                }
                product.set(name, text);
            }
            is_told
        });
    }
    // A group may leave its name to its variants, and an item to its heading.
    if product.get("name").is_none() {
        let variant = said(node, "hasVariant").and_then(|variants| said(first(variants), "name"));
        let name = text(variant.or(node.get("heading")));
        if !name.is_empty() {
            product.set("name", name);
        }
    }
    product
}

/// Whether that is so of one of a list, in which `|` stands between two: it takes less room than an array.
#[inline(never)]
fn any(list: &str, is: &mut dyn FnMut(&str) -> bool) -> bool {
    list.split('|').any(is)
}

/// What is told of a product: by schema.org's names, of which the first that is told counts, and by its own.
const DESCRIBED: &[(&str, &str)] = &[
    ("productID|productGroupID", "id"),
    ("name", "name"),
    ("sku", "sku"),
    ("isbn|gtin|gtin8|gtin12|gtin13|gtin14", "gtin"),
];

/// How deep a product may lie in arrays, `@graph` and `mainEntity`.
const MAX_DEPTH: u32 = 16;

/// schema.org's products and listings.
const TYPES: &[(&str, Rank)] = &[
    ("Product|ProductModel|IndividualProduct|SomeProducts|DietarySupplement|Vehicle|Car|Motorcycle", Rank::Unplaced),
    ("ProductGroup", Rank::Group),
    ("CollectionPage|SearchResultsPage", Rank::Listing),
];

/// How the types of such subjects end that borrow a product for its stars.
const SUBJECTS: &str = "Recipe|Course|Article|Posting|HowTo|Event|Movie|Series|Application|Business|Restaurant";

/// What only something has that is sold or numbered.
const OF_TRADE: &str = "offers|sku|mpn|isbn|gtin|gtin8|gtin12|gtin13|gtin14|productID|productGroupID|hasVariant";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;

    const PAGE: &str = "https://shop.example/au/products/linen-dress?colour=fern#reviews";

    fn shown(nodes: &[&str]) -> Option<String> {
        product_at(&format!(r#"{{"said":[[{}]]}}"#, nodes.join(",")), PAGE)
    }

    fn product_at(markup: &str, page: &str) -> Option<String> {
        product_on(markup, page, "")
    }

    fn product_on(markup: &str, page: &str, title: &str) -> Option<String> {
        let markup = json(markup);
        let said = markup.get("said").map(Value::items).unwrap_or_default();
        let markup = Markup {
            said: said.iter().map(|nodes| nodes.items().to_vec()).collect(),
            canonical: text(markup.get("canonical")),
            kind: text(markup.get("kind")),
            heading: text(markup.get("heading")),
            explicit: markup.get("explicit").and_then(Value::map).cloned().unwrap_or_default(),
        };
        product(&markup, page, title).map(|product| serde_json::to_string(&product).unwrap())
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
    fn another_variant_s_page_is_its_own_where_nothing_nearer_is_there() {
        let node = |name: &str, url: &str| format!(r#"{{"@type":"Product","name":"{name}","url":"{url}"}}"#);
        let on = |nodes: &[String], at: &str, heading: &str, title: &str| {
            product_on(&format!(r#"{{"said":[[{}]],"heading":"{heading}"}}"#, nodes.join(",")), at, title)
        };
        let belts = [node("Belt", "/belt"), node("Belt, brown", "/belt-brown"), node("Belt, red", "/belt-red")];
        assert_eq!(on(&belts, "/belt", "Belt", ""), Some(r#"{"name":"Belt"}"#.into()));
        assert_eq!(on(&belts, "/belt-brown", "Belt", ""), Some(r#"{"name":"Belt, brown"}"#.into()));
        assert_eq!(on(&belts[1..2], "/belt-red", "Belt", ""), Some(r#"{"name":"Belt, brown"}"#.into()));
        assert_eq!(on(&belts[1..], "/belt-green", "Belt", ""), None, "which of them it is, nobody can tell");
        assert_eq!(on(&belts, "/de/p/7", "Belt", ""), Some(r#"{"name":"Belt"}"#.into()));
        assert_eq!(on(&belts[..1], "/de/p/7", "", "Belt | Fern"), Some(r#"{"name":"Belt"}"#.into()));
        assert_eq!(on(&belts[..1], "/de/p/7", "Who we are", "Belt | Fern"), None);
        let codes = [node("Shirt S", "/shirt-1"), node("Shirt M", "/shirt-2")];
        assert_eq!(on(&codes, "/shirt-2", "", ""), Some(r#"{"name":"Shirt M"}"#.into()));
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
            Some(r#"{"productId":"1001","id":"omneo:1001"}"#.into())
        );
        assert_eq!(
            shown(&[r#"{"@type":"ProductGroup","productGroupID":7157443919915}"#]),
            Some(r#"{"id":"7157443919915"}"#.into())
        );
    }
}
