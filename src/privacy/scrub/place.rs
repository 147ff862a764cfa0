//! Where somebody is: coordinates and IP addresses.

use super::units::{IP, PLACE, Units, is_alphanumeric, is_digit, is_one_of};

pub(super) fn strike(units: &mut Units) {
    let mut at = 0;
    while at < units.len() {
        let is_start = !is_alphanumeric(units.before(at)) && units.before(at) != b'.';
        if is_start && let Some(end) = pair(units, at) {
            units.decide(at, end, PLACE);
        } else if is_start && let Some(end) = version_4(units, at).or_else(|| version_6(units, at)) {
            units.decide(at, end, IP);
        }
        at += 1;
    }
}

// A latitude and a longitude in decimal degrees, of four places each: about ten metres.
fn pair(units: &Units, at: usize) -> Option<usize> {
    let end = degrees(units, at, 90, 4)?;
    let next = units.skip(end, |byte| is_one_of(byte, b",;/ "));
    (next > end && next < end + 4).then_some(())?;
    degrees(units, next, 180, 4)
}

/// Where decimal degrees end that begin there, with a sign or without.
pub(super) fn degrees(units: &Units, at: usize, most: u32, places: usize) -> Option<usize> {
    let start = at + usize::from(is_one_of(units.byte(at), b"+-"));
    let dot = units.skip(start, is_digit);
    let whole = (start..dot.min(start + 4)).fold(0, |whole, at| whole * 10 + u32::from(units.byte(at) - b'0'));
    let end = units.skip(dot + 1, is_digit);
    let is_here = dot > start && dot < start + 4 && units.byte(dot) == b'.' && whole <= most && end > dot + places;
    (is_here && !is_one_of(units.byte(end), b".-_")).then_some(end)
}

fn version_4(units: &Units, at: usize) -> Option<usize> {
    let mut end = at;
    for part in 0..4 {
        let start = end + usize::from(part > 0);
        end = units.skip(start, is_digit);
        let number = (start..end.min(start + 4)).fold(0, |number, at| number * 10 + u32::from(units.byte(at) - b'0'));
        let is_last = part == 3;
        if end == start || end > start + 3 || number > 255 || !is_last && units.byte(end) != b'.' {
            return None;
        }
    }
    let is_joined = is_one_of(units.before(at), b"-_")
        || is_one_of(units.byte(end), b"-_.") && is_alphanumeric(units.byte(end + 1));
    // A version of few digits is written so as well.
    (end - at >= 8 && !is_joined && !is_alphanumeric(units.byte(end))).then_some(end)
}

fn version_6(units: &Units, at: usize) -> Option<usize> {
    let (mut colons, mut gaps, mut digits, mut group) = (0, 0, 0, 0);
    let mut has_digit = false;
    let mut end = at;
    loop {
        let byte = units.byte(end);
        if byte.is_ascii_hexdigit() {
            group += 1;
            digits += 1;
            has_digit |= is_digit(byte);
        } else if byte == b':' {
            gaps += usize::from(end > at && units.before(end) == b':');
            colons += 1;
            group = 0;
        } else {
            break;
        }
        if group > 4 || colons > 7 {
            return None;
        }
        end += 1;
    }
    let is_whole = colons == 7 && gaps == 0 || gaps == 1 && colons > 2;
    (is_whole && has_digit && digits > 5 && !is_alphanumeric(units.byte(end))).then_some(end)
}
