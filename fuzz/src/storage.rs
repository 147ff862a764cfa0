//! What storage does to what is kept.

use crate::{json, value};
use omneo_interactions::interaction::{Stored, Value};
use serde::Serialize;

/// A text of storage, as the browser reads it.
pub fn stored(text: &str) -> Stored {
    let (words, object) = text.split_at(text.find('{').unwrap_or(text.len()));
    match value(object) {
        Some(object) => Stored { words: words.into(), object },
        None => Stored { words: text.into(), object: Value::Null },
    }
}

/// A value that went through storage.
pub fn again(kept: &impl Serialize) -> Stored {
    stored(&json(kept))
}
