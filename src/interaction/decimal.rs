//! Numbers that keep their digits.
//!
//! A record keeps its numbers as text: parsing and printing floating point costs 12 KB of module, and `151.20` should stay
//! `151.20` on its way to Omneo. Only their ranges are looked at, here.

/// The value of a JSON number (RFC 8259, section 6), near enough for a range; infinite where it is too large. `None` where
/// the text is no JSON number.
pub fn decimal(text: &str) -> Option<f64> {
    let (sign, digits) = if let Some(rest) = text.strip_prefix('-') { (-1.0, rest) } else { (1.0, text) };
    let bytes = digits.as_bytes();
    let mut at = 0;
    let mut value = 0.0;
    let mut scale = 0_i32;
    at += run(bytes, at, |digit| value = value * 10.0 + digit)?;
    if bytes[0] == b'0' && at > 1 {
        return None;
    }
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        let places = run(bytes, at, |digit| value = value * 10.0 + digit)?;
        at += places;
        scale -= places as i32;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        let negative = bytes.get(at) == Some(&b'-');
        at += usize::from(negative || bytes.get(at) == Some(&b'+'));
        let mut exponent = 0.0_f64;
        at += run(bytes, at, |digit| exponent = (exponent * 10.0 + digit).min(9_999.0))?;
        scale += if negative { -(exponent as i32) } else { exponent as i32 };
    }
    if at < bytes.len() {
        return None;
    }
    for _ in 0..scale.unsigned_abs() {
        value = if scale < 0 { value / 10.0 } else { value * 10.0 };
    }
    Some(sign * value)
}

/// Reads at least one digit from `at` on, and answers how many.
fn run(bytes: &[u8], at: usize, mut digit: impl FnMut(f64)) -> Option<usize> {
    let mut length = 0;
    while let Some(byte @ b'0'..=b'9') = bytes.get(at + length) {
        digit(f64::from(byte - b'0'));
        length += 1;
    }
    (length > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use crate::json::Json;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_json_number_has_no_value() {
        for text in ["", "-", " 1", "1 ", "01", "1.", ".5", "+1", "1e", "1e+", "NaN", "Infinity", "1,5", "0x10", "--1"]
        {
            assert_eq!(decimal(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_no_number_type_holds_is_infinite_or_nothing() {
        assert_eq!(decimal("-1e999"), Some(f64::NEG_INFINITY));
        assert_eq!(decimal("1e99999999999999999999"), Some(f64::INFINITY));
        assert_eq!(decimal("1e-99999999999999999999"), Some(0.0));
    }

    proptest! {
        #[test]
        fn is_as_near_as_f64_parsing(text in r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?") {
            let wanted: f64 = text.parse().unwrap();
            let value = decimal(&text).unwrap();
            prop_assert!((value - wanted).abs() <= wanted.abs() * 1e-12, "{value} {wanted}");
        }

        #[test]
        fn ranges_are_exact_at_their_ends(degrees in -200_i32..200) {
            prop_assert_eq!(decimal(&degrees.to_string()), Some(f64::from(degrees)));
        }

        #[test]
        fn agrees_with_the_grammar_on_what_is_a_number(text in r"[-+.eE0-9]{0,12}") {
            prop_assert_eq!(decimal(&text).is_some(), Json::parse(&text).is_ok());
        }
    }
}
