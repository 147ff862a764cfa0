//! E-mail addresses.

use super::units::{MAIL, Units, is_alphanumeric, is_digit, is_one_of, is_word};

pub(super) fn strike(units: &mut Units) {
    let (mut at, mut start) = (0, 0);
    while at < units.len() {
        let byte = units.byte(at);
        let is_local = is_word(byte) || is_one_of(byte, b"!$%'*+-.^_`{|}~");
        if is_local {
            at += 1;
            continue;
        }
        let sign = if byte == b'@' { 1 } else { spelt(units, at) };
        if sign > 0 {
            let from = if units.before(at) == b'"' { quoted(units, at - 1) } else { start };
            let end = host(units, at + sign);
            // Characters, not bytes: of those that have several, the first.
            let characters = (from..end).filter(|at| !matches!(units.byte(*at), 0x80..0xc0)).count();
            if from < at && end > at + sign && characters >= 6 {
                units.decide(from, end, MAIL);
                at = end;
                start = at;
                continue;
            }
        }
        at += 1;
        start = at;
    }
    strike_underlined(units);
}

// How long `(at)` or ` [at] ` is, where it stands there.
fn spelt(units: &Units, at: usize) -> usize {
    let open = at + usize::from(units.byte(at) == b' ');
    let has = |place: usize, bytes: &[u8]| is_one_of(units.byte(open + place), bytes);
    if has(0, b"([") && has(1, b"aA") && has(2, b"tT") && has(3, b")]") {
        open - at + 4 + usize::from(has(4, b" "))
    } else {
        0
    }
}

// Where a quoted name begins that ends there.
fn quoted(units: &Units, end: usize) -> usize {
    let first = end.saturating_sub(MOST_QUOTED);
    (first..end).rev().take_while(|at| units.byte(*at) >= b' ').find(|at| units.byte(*at) == b'"').unwrap_or(end)
}

// Where a host ends that begins there; there, where it is none.
fn host(units: &Units, from: usize) -> usize {
    let mut end = units.skip(from, |byte| is_word(byte) || is_one_of(byte, b".-"));
    while end > from && !is_word(units.byte(end - 1)) {
        end -= 1;
    }
    let dot = (from..end).rev().find(|at| units.byte(*at) == b'.');
    let is_cut = end + 1 >= units.len() && end > SHORTEST_CUT;
    // A last label of digits is no domain: `4K@59.94`.
    let is_named = |dot: usize| dot > from && !is_digit(units.byte(dot + 1));
    if dot.is_some_and(is_named) || is_cut { end } else { from }
}

// `ada.l_at_fern.example`, as links to unsubscribe have it. A word alone before it may be no name: `look_at_it.html`.
fn strike_underlined(units: &mut Units) {
    for at in 1..units.len() {
        if units.byte(at) == b'_'
            && units.byte(at + 1) | 32 == b'a'
            && units.byte(at + 2) | 32 == b't'
            && units.byte(at + 3) == b'_'
        {
            let is_local = |byte| is_alphanumeric(byte) || is_one_of(byte, b".-+");
            let start = (at.saturating_sub(MOST_QUOTED)..at).rev().take_while(|at| is_local(units.byte(*at))).last();
            let end = host(units, at + 4);
            if let Some(start) = start
                && end > at + 4
                && (start..at).any(|at| is_digit(units.byte(at)) || units.byte(at) == b'.')
            {
                units.decide(start, end, MAIL);
            }
        }
    }
}

/// The longest name that is looked for before the sign (RFC 5321, section 4.5.3.1.1).
const MOST_QUOTED: usize = 64;
/// A text that is shorter was not cut.
const SHORTEST_CUT: usize = 200;
