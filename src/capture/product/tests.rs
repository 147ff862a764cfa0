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
    let product = r#"{"@type":"Product","productID":"77","name":"Linen dress","sku":"LD-1","gtin13":"9300605123458"}"#;
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
    let nested =
        |depth: usize| format!("{}{{\"@type\":\"Product\",\"name\":\"x\"}}{}", "[".repeat(depth), "]".repeat(depth));
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
