//! What is struck from a record before it is kept.

use super::scrub;
use crate::json::{Json, quoted};

/// The same JSON with every text in it scrubbed, keys as well, and every whole number that looks like a card's. Of an object,
/// its `event_id` stays, and so does a `gtin`, which one time in ten looks like a card.
///
/// Walks over the text and not into its values, so that work and stack do not grow with how deep they lie.
pub(super) fn scrubbed_json(json: Json<'_>) -> String {
    let text = json.as_str();
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut last, mut key) = (0_i32, String::new(), String::new());
    let mut at = 0;
    while at < bytes.len() {
        let from = at;
        let is_text = bytes[at] == b'"';
        let goes_on = |byte| if is_text { byte != b'"' } else { is_of_number(bytes[from]) && is_of_number(byte) };
        at += 1;
        while at < bytes.len() && goes_on(bytes[at]) {
            at += 1 + usize::from(is_text && bytes[at] == b'\\');
        }
        at = (at + usize::from(is_text)).min(bytes.len());
        // Quotation marks and numbers are ASCII, so every cut is between characters of JSON.
        while !text.is_char_boundary(at) {
            at += 1;
        }
        match bytes[from] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 => key = core::mem::take(&mut last),
            b',' if depth == 1 => key.clear(),
            _ => {}
        }
        let part = &text[from..at];
        let is_number = !is_text && part.bytes().all(|byte| byte.is_ascii_digit());
        let stays = depth == 1 && (key == EVENT_ID || key == "gtin" && is_gtin(part));
        if !stays && (is_text || is_number && part.len() >= 13) {
            let own = Json::view(part).text_or_number().unwrap_or_default();
            last = scrub(&own);
            if is_text || last != own {
                out.push_str(&quoted(&last));
                continue;
            }
        }
        out.push_str(part);
    }
    out
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

fn is_gtin(text: &str) -> bool {
    text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'"')
}

/// The key of `meta` by which a receiver drops a second copy.
pub(crate) const EVENT_ID: &str = "event_id";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scrubbed(meta: &str) -> String {
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
            (r#"{"gtin":"0412345678","sku":"0412345678"}"#, r#"{"gtin":"0412345678","sku":"(phone)"}"#),
            (r#"{"gtin":"4111111111111111"}"#, r#"{"gtin":"(card)"}"#),
            ("{}", "{}"),
        ] {
            assert_eq!(scrubbed(meta), wanted);
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{}\"ada@example.com\"{}", "[".repeat(100_000), "]".repeat(100_000));
        let wanted = deep.replace("ada@example.com", "(mail)");
        assert_eq!(scrubbed_json(Json::view(&deep)), wanted);
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
