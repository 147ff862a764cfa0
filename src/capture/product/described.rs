//! What a node tells of its product.

use super::gtin::is_gtin;
use super::node::{any, first, said, text, told};
use crate::interaction::{Map, Value};

pub(super) fn describe(node: &Value) -> Map {
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

/// What is told of a product: by schema.org's names, of which the first that is told counts, and by its own.
const DESCRIBED: &[(&str, &str)] = &[
    ("productID|productGroupID", "id"),
    ("name", "name"),
    ("sku", "sku"),
    ("isbn|gtin|gtin8|gtin12|gtin13|gtin14", "gtin"),
];
