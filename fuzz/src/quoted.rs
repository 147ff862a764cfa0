//! Texts as JSON.

use omneo_interactions::json::Object;

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    let mut object = Object::new();
    object.put_text("", text);
    let object = object.finish();
    object[r#"{"":"#.len()..object.len() - 1].to_owned()
}
