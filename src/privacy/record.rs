//! What is struck from a record before it is kept.

use super::scrub;
use crate::interaction::{Map, Value};

/// The same value with every text in it scrubbed, the names of members as well, and every whole number that looks like a card's.
pub(super) fn scrubbed(value: Value) -> Value {
    match value {
        Value::Text(text) => scrub(&text).into(),
        Value::Number(number) if number >= SHORTEST_CARD => {
            let text = Value::Number(number).text_or_number().unwrap_or_default();
            let struck = scrub(&text);
            if *struck == *text { Value::Number(number) } else { struck.into() }
        }
        Value::List(mut items) => {
            items.iter_mut().for_each(|item| *item = scrubbed(core::mem::take(item)));
            Value::List(items)
        }
        Value::Map(map) => Value::Map(scrubbed_members(map, |_, _| false)),
        other => other,
    }
}

fn scrubbed_members(map: Map, stays: fn(&str, &Value) -> bool) -> Map {
    let mut struck = Map::new();
    for (name, value) in map {
        if stays(&name, &value) {
            struck.set(&name, value);
        } else {
            struck.set(&scrub(&name), scrubbed(value));
        }
    }
    struck
}

/// The same `meta` scrubbed, but for its `event_id`, a `gtin`, which one time in ten looks like a card, and a `sku` of digits, which
/// may look like a phone number and is too short for a card.
pub(super) fn scrubbed_meta(meta: Map) -> Map {
    scrubbed_members(meta, |name, value| {
        let longest = match name {
            EVENT_ID => return true,
            "gtin" => 14,
            "sku" => 12,
            _ => return false,
        };
        let text = value.text_or_number().unwrap_or_default();
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The first number of thirteen digits.
const SHORTEST_CARD: f64 = 1e12;

/// The key of `meta` by which a receiver drops a second copy.
pub(crate) const EVENT_ID: &str = "event_id";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::{any_json, json};
    use proptest::prelude::*;

    fn struck(meta: &str) -> String {
        let Value::Map(meta) = json(meta) else { panic!("an object") };
        serde_json::to_string(&scrubbed_meta(meta)).unwrap()
    }

    #[test]
    fn every_text_is_scrubbed_at_any_depth_and_keys_as_well() {
        for (meta, wanted) in [
            (
                r#"{"a":["ada@example.com",{"ada@example.com":"+61 412 345 678"}]}"#,
                r#"{"a":["(mail)",{"(mail)":"(phone)"}]}"#,
            ),
            (r#"{"a":"\u0061da\u0040example.com"}"#, r#"{"a":"(mail)"}"#),
            (r#"{"n":4111111111111111,"d":[4111111111111111]}"#, r#"{"n":"(card)","d":["(card)"]}"#),
            (
                r#"{"n":-122.419416123457,"d":[1e-7,0.4111111111111111,true,null,1700000000000]}"#,
                r#"{"n":-122.419416123457,"d":[1e-7,0.4111111111111111,true,null,1700000000000]}"#,
            ),
            (
                r#"{"event_id":"4111111111111111","b":{"event_id":"4111111111111111"}}"#,
                r#"{"event_id":"4111111111111111","b":{"event_id":"(card)"}}"#,
            ),
            (
                r#"{"gtin":"0412345678","sku":"0412345678","id":"0412345678"}"#,
                r#"{"gtin":"0412345678","sku":"0412345678","id":"(phone)"}"#,
            ),
            (r#"{"sku":"4222222222222","b":{"sku":"0412345678"}}"#, r#"{"sku":"(card)","b":{"sku":"(phone)"}}"#),
            (r#"{"gtin":"4111111111111111"}"#, r#"{"gtin":"(card)"}"#),
            ("{}", "{}"),
        ] {
            assert_eq!(struck(meta), wanted);
        }
    }

    proptest! {
        #[test]
        fn scrubbing_twice_changes_nothing_more(value in any_json()) {
            let once = scrubbed(json(&value.to_string()));
            prop_assert_eq!(scrubbed(once.clone()), once);
        }
    }
}
