//! A moment, in ISO 8601.

use super::{Value, number};

/// A moment in milliseconds since 1970-01-01T00:00:00Z, without leap seconds, as JavaScript's `Date.now()` counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub i64);

impl Instant {
    /// Reads a date, or a date and a time, of ISO 8601: `2026-11-23`, `2026-11-23T09:30:00.250+11:00`, `2026-11-23 09:30Z`.
    /// Without an offset it is UTC, as Omneo answers its own times. `None` where it is none, as on 30 February.
    pub fn parse(text: &str) -> Option<Instant> {
        let mut rest = text.as_bytes();
        let year = digits(&mut rest, 4)?;
        eat(&mut rest, b"-")?;
        let month = digits(&mut rest, 2)?;
        eat(&mut rest, b"-")?;
        let day = digits(&mut rest, 2)?;
        if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return None;
        }
        let midnight = days_since_epoch(year, month, day) * DAY;
        let time = if rest.is_empty() { 0 } else { time(&mut rest)? };
        rest.is_empty().then_some(Instant(midnight + time))
    }

    /// `2026-11-23T09:30:00.250Z`, as `Date.prototype.toISOString` writes it; for the years 0 to 9999.
    pub fn to_iso(self) -> String {
        let (year, month, day) = date(self.0.div_euclid(DAY));
        let ms = self.0.rem_euclid(DAY);
        let mut out = String::with_capacity(24);
        for (value, width, after) in [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (ms / HOUR, 2, ':'),
            (ms / MINUTE % 60, 2, ':'),
            (ms / SECOND % 60, 2, '.'),
            (ms % SECOND, 3, 'Z'),
        ] {
            push_padded(&mut out, value, width);
            out.push(after);
        }
        out
    }

    /// The number that it is kept as.
    pub(crate) fn to_stored(self) -> Value {
        Value::Number(self.0.max(0) as f64)
    }

    /// Reads that number back; `None` for anything else.
    pub(crate) fn from_stored(value: &Value) -> Option<Instant> {
        match value {
            Value::Number(ms) if (0.0..LATEST_MS).contains(ms) => Some(Instant(*ms as i64)),
            _ => None,
        }
    }

    /// Reads the digits that 0.1 kept.
    pub(crate) fn from_digits(text: &str) -> Option<Instant> {
        number::of_digits(text, 15).map(|ms| Instant(ms as i64))
    }
}

fn time(rest: &mut &[u8]) -> Option<i64> {
    eat(rest, b"Tt ")?;
    let hour = digits(rest, 2)?;
    eat(rest, b":")?;
    let minute = digits(rest, 2)?;
    let mut ms = hour * HOUR + minute * MINUTE;
    let mut second = 0;
    if eat(rest, b":").is_some() {
        second = digits(rest, 2)?;
        ms += second * SECOND;
        if eat(rest, b".,").is_some() {
            ms += milliseconds(rest)?;
        }
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(ms - offset(rest)?)
}

// Any number of digits may follow the point; what is finer than a millisecond is cut off.
fn milliseconds(rest: &mut &[u8]) -> Option<i64> {
    let mut ms = 0;
    let mut unit = 100;
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    for _ in 0..length {
        ms += digits(rest, 1)? * unit;
        unit /= 10;
    }
    (length > 0).then_some(ms)
}

fn offset(rest: &mut &[u8]) -> Option<i64> {
    if rest.is_empty() || eat(rest, b"Zz").is_some() {
        return Some(0);
    }
    let sign = if eat(rest, b"+-")? == b'-' { -1 } else { 1 };
    let hour = digits(rest, 2)?;
    let minute = if rest.is_empty() {
        0
    } else {
        let _ = eat(rest, b":");
        digits(rest, 2)?
    };
    (hour <= 23 && minute <= 59).then_some(sign * (hour * HOUR + minute * MINUTE))
}

fn eat(rest: &mut &[u8], wanted: &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first()?;
    if !wanted.contains(first) {
        return None;
    }
    *rest = after;
    Some(*first)
}

fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let mut value = 0;
    for _ in 0..count {
        let digit = eat(rest, b"0123456789")?;
        value = value * 10 + i64::from(digit - b'0');
    }
    Some(value)
}

fn push_padded(out: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        out.push(char::from(b'0' + (value / 10_i64.pow(place) % 10) as u8));
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// The proleptic Gregorian calendar with the year beginning in March, so that a leap day is its last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - EPOCH
}

fn date(days: i64) -> (i64, i64, i64) {
    // The year found by division may be one off either way, so begin one too late: its day of the year is negative.
    let mut year = (days + EPOCH) * 400 / 146_097 + 2;
    let mut day_of_year = -1;
    while day_of_year < 0 {
        year -= 1;
        day_of_year = days - days_since_epoch(year, 3, 1);
    }
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + i64::from(month <= 2), month, day)
}

/// After the year 9999 there is nothing to keep.
const LATEST_MS: f64 = 1e15;
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn iso(text: &str) -> Option<String> {
        Instant::parse(text).map(Instant::to_iso)
    }

    #[test]
    fn offsets_are_brought_to_utc() {
        assert_eq!(iso("2026-11-23T09:30:00.25+11:00").unwrap(), "2026-11-22T22:30:00.250Z");
        assert_eq!(iso("2026-11-23 09:30-0130").unwrap(), "2026-11-23T11:00:00.000Z");
        assert_eq!(iso("2024-02-29").unwrap(), "2024-02-29T00:00:00.000Z");
        assert_eq!(iso("1969-12-31T23:59:59.999Z").unwrap(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-00-10",
            "2026-11-23T",
            "2026-11-23T24:00",
            "2026-11-23T10:60",
            "2026-11-23T10:00:60Z",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T10:00+25:00",
            "2026-11-23Z",
            "23/11/2026",
            "1700000000",
            "2026-11-23T10:00Zx",
        ] {
            assert_eq!(Instant::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_it_writes_it_reads(ms in -62_167_219_200_000_i64..253_402_300_800_000) {
            prop_assert_eq!(Instant::parse(&Instant(ms).to_iso()), Some(Instant(ms)));
        }

        #[test]
        fn never_panics(text in any::<String>(), near in "[0-9TZ:+. -]{0,30}") {
            let _ = (Instant::parse(&text), Instant::parse(&near));
        }
    }
}
