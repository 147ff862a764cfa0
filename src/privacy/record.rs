//! What is struck from a record before it is kept.

use super::scrub;
use crate::json::{Json, quoted, whole};

/// The same JSON with every text in it scrubbed, keys as well, and every whole number that looks like a card's. Of an object,
/// its `event_id` stays, and so do a `gtin`, which one time in ten looks like a card, and a `sku` of digits, which may look like a
/// phone number and is too short for a card.
///
/// Walks over the text and not into its values, so that work and stack do not grow with how deep they lie.
pub(super) fn scrubbed_json(json: Json<'_>) -> Box<str> {
    let text = json.as_str();
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut last, mut key) = (0_i32, Box::default(), Box::default());
    let mut at = 0;
    while at < bytes.len() {
        let from = at;
        let first = bytes[at];
        let is_text = first == b'"';
        at += 1;
        while at < bytes.len() && (if is_text { bytes[at] != b'"' } else { is_plain(first) && is_plain(bytes[at]) }) {
            at += if is_text && bytes[at] == b'\\' { 2 } else { 1 };
        }
        at += usize::from(is_text);
        match first {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 => key = core::mem::take(&mut last),
            b',' if depth == 1 => key = Box::default(),
            _ => {}
        }
        // Quotation marks, brackets and white space are ASCII, so every cut is between characters of JSON.
        let part = text.get(from..at).unwrap_or_default();
        let own = Json::view(part).text().unwrap_or_else(|| part.into());
        let is_number = whole(&own, 19).is_some();
        let longest = if *key == *"gtin" { 14 } else { 12 * usize::from(*key == *"sku") };
        let stays = depth == 1 && (*key == *EVENT_ID || is_number && own.len() <= longest);
        if !stays && (is_text || is_number && own.len() >= 13) {
            last = scrub(&own);
            if is_text || last != own {
                out.push_str(&quoted(&last));
                continue;
            }
        }
        out.push_str(part);
    }
    out.into_boxed_str()
}

/// A byte of a number or a word, outside of texts.
fn is_plain(byte: u8) -> bool {
    byte > b' ' && !matches!(byte, b'"' | b',' | b':' | b'[' | b']' | b'{' | b'}')
}

/// The key of `meta` by which a receiver drops a second copy.
pub(crate) const EVENT_ID: &str = "event_id";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scrubbed(meta: &str) -> Box<str> {
        scrubbed_json(Json::parse(meta).unwrap())
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
                r#"{"n":-122.4194161234567,"d":[1e-7,0.4111111111111111,true,null,1700000000000]}"#,
                r#"{"n":-122.4194161234567,"d":[1e-7,0.4111111111111111,true,null,1700000000000]}"#,
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
            assert_eq!(&*scrubbed(meta), wanted);
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{}\"ada@example.com\"{}", "[".repeat(100_000), "]".repeat(100_000));
        let wanted = deep.replace("ada@example.com", "(mail)");
        assert_eq!(*scrubbed_json(Json::view(&deep)), wanted);
    }

    proptest! {
        #[test]
        fn it_stays_json_and_scrubbing_twice_changes_nothing_more(value in crate::json::any_json()) {
            let once = scrubbed_json(Json::parse(&value.to_string()).unwrap());
            prop_assert!(serde_json::from_str::<serde_json::Value>(&once).is_ok(), "{}", once);
            prop_assert_eq!(scrubbed_json(Json::parse(&once).unwrap()), once);
        }

        #[test]
        fn any_text_is_harmless(text in any::<String>(), near in r#"[\[\]{}",:0-9\\u ntré]{0,24}"#) {
            let _ = (scrubbed_json(Json::view(&text)), scrubbed_json(Json::view(&near)));
        }
    }
}
