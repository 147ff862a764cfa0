//! What a node of schema.org's says, in whichever of the ways that JSON-LD has for it.

use crate::interaction::Value;

/// What a property has: one value, or several in an array.
pub(super) fn all(value: Option<&Value>) -> &[Value] {
    match value {
        None => &[],
        Some(value) if value.items().is_empty() => core::slice::from_ref(value),
        Some(value) => value.items(),
    }
}

/// What a name says alone: behind `https://schema.org/`, or a prefix.
pub(super) fn tail(name: &str) -> &str {
    let start = name.bytes().rposition(|byte| matches!(byte, b'/' | b':' | b'#')).map_or(0, |at| at + 1);
    &name[start..]
}

/// What a node has by that name, be it with a prefix.
#[inline(never)]
pub(super) fn said<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let mut properties = node.map()?.iter();
    properties.find(|(property, value)| tail(property) == name && !value.is_null()).map(|(_, value)| value)
}

pub(super) fn first(value: &Value) -> &Value {
    value.items().first().unwrap_or(value)
}

/// A text, or a number, as JSON-LD may write it: alone, the first of several, with its language, or as a node that it is the address
/// or the name of.
#[inline(never)]
pub(super) fn text(value: Option<&Value>) -> Box<str> {
    let plain = value.map(first).and_then(|value| WITHIN.iter().find_map(|name| value.get(name)).or(Some(value)));
    plain.and_then(Value::text_or_number).unwrap_or_default()
}

/// The text of what a node has by that name.
#[inline(never)]
pub(super) fn told(node: &Value, name: &str) -> Box<str> {
    text(said(node, name))
}

const WITHIN: [&str; 5] = ["@value", "@id", "url", "productGroupID", "name"];

/// Whether that is so of one of a list, in which `|` stands between two: it takes less room than an array.
#[inline(never)]
pub(super) fn any(list: &str, is: &mut dyn FnMut(&str) -> bool) -> bool {
    list.split('|').any(is)
}
