//! From the tracker's JSON to the server's.

use omneo_interactions::json::Json;
use serde_json::Value;

/// The same value for answers. A lone surrogate, which JavaScript's strings may hold, becomes U+FFFD: serde_json's own
/// reader would refuse the whole text for it.
pub fn value(json: Json<'_>) -> Value {
    if let Some(text) = json.text() {
        Value::String(text.into())
    } else if json.is_array() {
        json.items().map(value).collect()
    } else if json.is_object() {
        json.members().map(|(name, member)| (String::from(name.text().unwrap_or_default()), value(member))).collect()
    } else {
        serde_json::from_str(json.as_str()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_is_carried_over_and_lone_surrogates_replaced() {
        let text = r#" {"a": [1.50, true, null, "\ud83d\ude00 \ud83d"], "b": {}, "n": 12345678901234567890.125} "#;
        let carried = value(Json::parse(text).unwrap());
        assert_eq!(carried["a"][3], json!("😀 \u{fffd}"));
        assert_eq!(
            carried.to_string(),
            "{\"a\":[1.50,true,null,\"😀 \u{fffd}\"],\"b\":{},\"n\":12345678901234567890.125}"
        );
    }
}
