//! JSON as JavaScript writes it, for servers.

use super::Value;

/// Reads a text of JSON.
///
/// # Errors
/// What serde_json has against it, and where.
pub fn read(text: impl Into<Vec<u8>>) -> serde_json::Result<Value> {
    let mut text = text.into();
    replace_lone_surrogates(&mut text);
    serde_json::from_slice(&text)
}

/// Writes `\ufffd` over the escape of each half of a surrogate pair whose other half is missing. JavaScript's strings may hold one,
/// and `JSON.stringify` writes it so; serde_json refuses the whole text for it, as no Rust string can hold one. Both escapes are
/// six bytes, so a mistake is still named at its own place.
fn replace_lone_surrogates(text: &mut [u8]) {
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += next;
        at += match (unit(text, at), unit(text, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                text[at..at + 6].copy_from_slice(b"\\ufffd");
                6
            }
            // Of any other escape, the second byte may be a backslash that escapes nothing.
            _ => 2,
        };
    }
}

/// The UTF-16 unit that is escaped at that place.
fn unit(text: &[u8], at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(json: &str) -> String {
        match read(json) {
            Ok(Value::Text(text)) => text.into(),
            other => panic!("{json}: {other:?}"),
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced_and_nothing_else() {
        for (json, wanted) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\uD83D half""#, "\u{fffd} half"),
            (r#""\ude00""#, "\u{fffd}"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83d\ude00\ude00""#, "😀\u{fffd}"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\ud83d\\ude00""#, "\u{fffd}\\ude00"),
            (r#""\\ud83d""#, "\\ud83d"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\u00e9\u0000 é""#, "é\0 é"),
        ] {
            assert_eq!(text(json), wanted, "{json}");
        }
        let name = read(r#"{"\ud83d":1}"#).unwrap();
        assert!(name.get("\u{fffd}").is_some(), "in names too");
    }

    #[test]
    fn what_is_no_json_is_refused_at_its_place() {
        for (json, wanted) in [
            (&b""[..], "EOF while parsing a value at line 1 column 0"),
            (br#"["\ud83d",]"#, "trailing comma at line 1 column 11"),
            (br#""\ud8"#, "EOF while parsing a string at line 1 column 5"),
            (b"\"\xff\"", "invalid unicode code point at line 1 column 2"),
            (b"1e999", "number out of range at line 1 column 5"),
        ] {
            assert_eq!(read(json).unwrap_err().to_string(), wanted);
        }
    }

    proptest! {
        #[test]
        fn any_string_of_javascript_is_read_as_it_reads_when_made_well_formed(units in prop::collection::vec(any_unit(), 0..12)) {
            let json: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            prop_assert_eq!(text(&format!("\"{json}\"")), String::from_utf16_lossy(&units));
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(prop::sample::select(b"\\uUdD8c0f\"\xed".to_vec()), 0..40)) {
            let _ = read(bytes);
        }
    }

    fn any_unit() -> impl Strategy<Value = u16> {
        prop_oneof![any::<u16>(), 0xd800..=0xdfff_u16]
    }
}
