//! Secrets: words that nobody wrote.

use super::units::{LEFT, MAIL, TOKEN, Units};

pub(super) fn strike(units: &mut Units) {
    let mut at = 0;
    while at < units.len() {
        let start = at;
        let (mut before, mut turned, mut turns) = (0_u8, false, 0_u32);
        let (mut has_digit, mut is_opaque) = (false, false);
        let (mut part, mut is_hex, mut length) = (0, true, 0);
        loop {
            let byte = units.byte(at);
            let is_part = byte.is_ascii_alphanumeric();
            length += if !is_part && turned { part } else { 0 };
            if !is_part && !b"-_.+".contains(&byte) {
                break;
            }
            let turn = is_part
                && before > 0
                && (before.is_ascii_digit() != byte.is_ascii_digit()
                    || before.is_ascii_lowercase() && byte.is_ascii_uppercase());
            // The first turn within a part is how people write; the others count, within the last 24 characters.
            turns = (turns << 1 | u32::from(turn && turned)) & 0xff_ffff;
            is_opaque |= turns.count_ones() >= 5;
            has_digit |= byte.is_ascii_digit();
            turned = is_part && (turned || turn);
            part = if is_part { part + 1 } else { 0 };
            is_hex = if is_part { (part == 1 || is_hex) && byte.is_ascii_hexdigit() } else { true };
            before = if is_part { byte } else { 0 };
            at += 1;
        }
        if is_mail(units, start, at) {
            units.decide(start, at, MAIL);
        } else if is_opaque && has_digit && at - start >= SHORTEST_TOKEN && length >= SHORTEST_OPAQUE {
            let is_object = part == SHORTEST_TOKEN && is_hex;
            units.decide(start, at, if is_object { LEFT } else { TOKEN });
        }
        at += 1;
    }
}

// Whether it is an e-mail address in base64 (RFC 4648, section 5): most words are none by their first byte.
fn is_mail(units: &Units, from: usize, to: usize) -> bool {
    let (mut bits, mut held, mut signs, mut dots) = (0_u32, 0, 0, 0);
    for at in from..to {
        let byte = units.byte(at);
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            _ => return false,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            match (bits >> held) as u8 {
                b'@' => signs += 1,
                b'.' => dots = signs,
                byte if byte.is_ascii_alphanumeric() || b"_+-".contains(&byte) => {}
                _ => return false,
            }
        }
    }
    signs == 1 && dots == 1
}

const SHORTEST_TOKEN: usize = 24;
/// As long as the parts are together that nobody wrote: behind a slug, the number of a product may look so.
const SHORTEST_OPAQUE: usize = 16;
