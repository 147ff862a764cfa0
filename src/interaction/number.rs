//! Numbers, without the standard library's floating-point reader and writer: those take 12 KB of the module, and its way to write any
//! number at all takes more than the crate that is used here.

/// The value of a number as JSON writes it (RFC 8259, section 6); `None` where the text is none. Exact for numbers of up to
/// fifteen digits, and near enough for a range beyond.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
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
        let is_negative = bytes.get(at) == Some(&b'-');
        at += usize::from(is_negative || bytes.get(at) == Some(&b'+'));
        let mut exponent = 0.0_f64;
        at += run(bytes, at, |digit| exponent = (exponent * 10.0 + digit).min(9_999.0))?;
        scale += if is_negative { -(exponent as i32) } else { exponent as i32 };
    }
    if at < bytes.len() {
        return None;
    }
    Some(sign * scaled(value, scale))
}

/// The number that a text of 1 to `most` digits is, `most` at most 18; `None` where it is none. Not by `str::parse`, which multiplies with 128
/// bits: where the module is compiled for size, that is a trap (tools/build/compile.mjs).
pub(crate) fn of_digits(text: &str, most: usize) -> Option<u64> {
    let is_plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
}

// Powers of ten are exact up to 10²², and one division rounds once (W. D. Clinger, "How to read floating point numbers accurately").
fn scaled(value: f64, scale: i32) -> f64 {
    let mut value = value;
    let mut left = scale.unsigned_abs();
    while left > 0 {
        let step = left.min(22);
        let power = power_of_ten(step);
        value = if scale < 0 { value / power } else { value * power };
        left -= step;
    }
    value
}

fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// Reads at least one digit from `at` on; returns how many.
fn run(bytes: &[u8], at: usize, mut digit: impl FnMut(f64)) -> Option<usize> {
    let mut length = 0;
    while let Some(byte @ b'0'..=b'9') = bytes.get(at + length) {
        digit(f64::from(byte - b'0'));
        length += 1;
    }
    (length > 0).then_some(length)
}

/// The number as an integer, where it is one that JavaScript holds exactly.
pub(crate) fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (whole as f64 == number && number.abs() < MAX_EXACT).then_some(whole)
}

/// A whole number in decimal digits.
pub(crate) fn integer(number: u32) -> String {
    digits(number.into())
}

fn digits(number: u64) -> String {
    itoa::Buffer::new().format(number).to_owned()
}

/// The number in the fewest decimal places that tell it, for people and for the ids of a shop: up to fifteen digits. What has
/// more is cut off.
pub(crate) fn text(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return itoa::Buffer::new().format(whole).to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let number = number.abs();
    if number >= MAX_EXACT {
        // The largest have 309 digits, and of those only the size is worth a word.
        let is_short = number < u64::MAX as f64;
        let digits = if is_short { digits(number as u64) } else { ["1e", &integer(decades(number))].concat() };
        return [sign, &digits].concat();
    }
    let mut places = 0_u32;
    let digits = loop {
        places += 1;
        let power = power_of_ten(places);
        let digits = (number * power + 0.5) as u64;
        if digits as f64 / power == number || digits > 1 << 52 || places == 22 {
            break self::digits(digits);
        }
    };
    let digits = ["0".repeat((places as usize + 1).saturating_sub(digits.len())), digits].concat();
    let (before, behind) = digits.split_at(digits.len() - places as usize);
    [sign, before, ".", behind].concat()
}

/// How many bytes the number takes as JSON, or some more: what [`text`] does not tell to its end counts as the longest number there is.
pub(crate) fn json_bytes(number: f64) -> usize {
    let told = text(number);
    let is_whole_story = number.abs() < MAX_EXACT && parse(&told) == Some(number);
    if is_whole_story { told.len() } else { LONGEST }
}

fn decades(mut number: f64) -> u32 {
    let mut decades = 0;
    while number >= 10.0 {
        number /= 10.0;
        decades += 1;
    }
    decades
}

/// `-0.0000012345678901234567`, as `JSON.stringify` writes it.
const LONGEST: usize = 25;

/// 2⁵³: below it, every integer is a number of its own.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::Value;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_json_number_has_no_value() {
        for text in ["", "-", " 1", "1 ", "01", "1.", ".5", "+1", "1e", "1e+", "NaN", "Infinity", "1,5", "0x10", "--1"]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_no_number_type_holds_is_infinite_or_nothing() {
        assert_eq!(parse("-1e999"), Some(f64::NEG_INFINITY));
        assert_eq!(parse("1e99999999999999999999"), Some(f64::INFINITY));
        assert_eq!(parse("1e-99999999999999999999"), Some(0.0));
    }

    #[test]
    fn a_number_is_told_in_the_fewest_places() {
        for (number, wanted) in [
            (0.0, "0"),
            (-0.0, "0"),
            (7.0, "7"),
            (-7.5, "-7.5"),
            (0.1, "0.1"),
            (90.0001, "90.0001"),
            (151.2, "151.2"),
            (-122.4194161234567, "-122.4194161234567"),
            (0.000_001, "0.000001"),
            (1e300, "1e300"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (-9_007_199_254_740_992.0, "-9007199254740992"),
        ] {
            assert_eq!(text(number), wanted);
        }
    }

    proptest! {
        #[test]
        fn up_to_fifteen_digits_are_exact(digits in 0..999_999_999_999_999_i64, places in 0_usize..16) {
            let shown = format!("{digits:0>16}");
            let shown = format!("{}.{}0", shown[..16 - places].trim_start_matches('0'), &shown[16 - places..]);
            let shown = if shown.starts_with('.') { format!("0{shown}") } else { shown };
            let wanted: f64 = shown.parse().unwrap();
            prop_assert_eq!(parse(&shown), Some(wanted));
            prop_assert_eq!(text(wanted).parse::<f64>().unwrap(), wanted, "{}", shown);
        }

        #[test]
        fn any_number_is_told_near_enough(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
            let told: f64 = text(number).parse().unwrap();
            prop_assert!((told - number).abs() <= number.abs() * 9.0 + 1e-15, "{told} {number}");
        }

        #[test]
        fn no_number_takes_more_bytes_than_are_counted(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
            let counted = json_bytes(number);
            prop_assert!(counted >= serde_json::to_string(&Value::Number(number)).unwrap().len(), "{counted} {number:e}");
        }

        #[test]
        fn it_is_as_near_as_the_standard_library(text in r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?") {
            let wanted: f64 = text.parse().unwrap();
            let value = parse(&text).unwrap();
            prop_assert!((value - wanted).abs() <= wanted.abs() * 1e-12, "{value} {wanted}");
        }

        #[test]
        fn it_agrees_with_the_grammar_on_what_is_a_number(text in r"[-+.eE0-9]{0,5}") {
            let is_number = parse(&text).is_some();
            let is_out_of_range = serde_json::from_str::<f64>(&text).is_err_and(|error| error.to_string().contains("range"));
            prop_assert_eq!(is_number, is_out_of_range || serde_json::from_str::<f64>(&text).is_ok());
        }
    }
}
