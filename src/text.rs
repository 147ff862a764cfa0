//! Texts that are done.

use crate::json::Json;

/// These texts, one behind the other. As [`Object::finish`](crate::json::Object::finish) it answers a value of two words: the
/// standard library's `concat` has to be told where to write three.
#[inline(never)]
pub(crate) fn joined(texts: &[&str]) -> Box<str> {
    let mut out = String::new();
    for text in texts {
        out.push_str(text);
    }
    out.into_boxed_str()
}

/// The text of a JSON string; empty where it is none, or there is nothing.
pub(crate) fn text_of<'a>(json: impl Into<Option<Json<'a>>>) -> Box<str> {
    text_or_empty(json.into())
}

#[inline(never)]
fn text_or_empty(json: Option<Json<'_>>) -> Box<str> {
    json.and_then(Json::text).unwrap_or_default()
}
