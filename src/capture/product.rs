//! The product that a page shows.

use crate::interaction::link;
use crate::json::{Json, Object};

/// What `productView` takes, for the product that a page stands for, as JSON; `None` where it shows no product, or several:
/// a listing is no view of each product on it.
///
/// `markup` is what the page says of its product: `jsonLd`, its JSON-LD documents; and `productId`, `variantId` and
/// `categoryId`, its attributes `data-omneo-product-id` and so on, the explicit way. schema.org's `productID` becomes the
/// product where it is one of Omneo's integers; `sku` and `gtin` go into `meta`.
pub fn product(markup: Json<'_>) -> Option<String> {
    let mut found = Vec::new();
    if let Some(documents) = markup.field("jsonLd") {
        collect(documents, 0, &mut found);
    }
    let mut product = Object::new();
    if let [only] = found[..] {
        describe(only, &mut product);
    }
    if product.is_empty() && markup.field("productId").is_none() {
        return None;
    }
    // Of a member that stands twice the last counts, so the explicit way comes last.
    for name in ["productId", "variantId", "categoryId"] {
        if let Some(id) = markup.field(name).and_then(link) {
            product.put(name, &id);
        }
    }
    (!product.is_empty()).then(|| product.finish())
}

/// Products of a JSON-LD document: at its top, in an array, in `@graph`, or as the `mainEntity` of a page.
fn collect<'a>(node: Json<'a>, depth: u32, found: &mut Vec<Json<'a>>) {
    // The page may have written anything, so the way down is bounded.
    if depth > MAX_DEPTH {
        return;
    }
    if node.field("@type").is_some_and(is_product) {
        found.push(node);
        return;
    }
    node.items().for_each(|item| collect(item, depth + 1, found));
    for name in ["@graph", "mainEntity"] {
        if let Some(inner) = node.field(name) {
            collect(inner, depth + 1, found);
        }
    }
}

fn is_product(kind: Json<'_>) -> bool {
    ["Product", "http://schema.org/Product", "https://schema.org/Product"].iter().any(|name| kind.is(name))
        || kind.items().any(is_product)
}

fn describe(node: Json<'_>, product: &mut Object) {
    for (property, name) in [("name", "name"), ("sku", "sku"), ("gtin13", "gtin"), ("gtin", "gtin")] {
        if let Some(text) = node.field(property).filter(|value| value.is_text()) {
            product.put(name, text.as_str());
        }
    }
    if let Some(id) = node.field("productID").and_then(link) {
        product.put("productId", &id);
    }
}

const MAX_DEPTH: u32 = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json_ld: &[&str]) -> Option<String> {
        product(Json::parse(&format!(r#"{{"jsonLd":[{}]}}"#, json_ld.join(","))).unwrap())
    }

    #[test]
    fn one_product_is_a_view_wherever_the_document_has_it() {
        let wanted = Some(r#"{"name":"Linen dress","sku":"LD-1","productId":1001}"#.to_owned());
        let product = r#"{"@context":"https://schema.org","@type":"Product","productID":"1001","name":"Linen dress","sku":"LD-1"}"#;
        for document in [
            product.to_owned(),
            format!("[{product}]"),
            format!(r#"{{"@graph":[{{"@type":"WebPage"}},{product}]}}"#),
            format!(r#"{{"@type":"ItemPage","mainEntity":{product}}}"#),
            product.replace("\"Product\"", "[\"Thing\",\"http://schema.org/Product\"]"),
        ] {
            assert_eq!(fields(&[&document]), wanted, "{document}");
        }
        assert_eq!(fields(&[r#"{"@type":"Organization"}"#, product]), wanted);
    }

    #[test]
    fn none_and_several_are_no_view() {
        let product = r#"{"@type":"Product","name":"x"}"#;
        for documents in [
            &[][..],
            &["{}"],
            &["\"Product\""],
            &[product, product],
            &[r#"{"@type":"ItemList","itemListElement":[{"@type":"Product","name":"x"}]}"#],
        ] {
            assert_eq!(fields(documents), None, "{documents:?}");
        }
    }

    #[test]
    fn attributes_are_the_explicit_way() {
        let explicit = |markup: &str| product(Json::parse(markup).unwrap());
        let wanted = Some(r#"{"name":"x","productId":5,"productId":1001,"categoryId":31}"#.to_owned());
        let markup = r#"{"jsonLd":[{"@type":"Product","productID":"5","name":"x"}],"productId":"1001","variantId":"shirt","categoryId":"31"}"#;
        assert_eq!(explicit(markup), wanted);
        assert_eq!(explicit(r#"{"categoryId":"31"}"#), None, "a category alone shows no product");
    }
}
