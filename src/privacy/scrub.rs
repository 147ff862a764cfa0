//! What is struck out of text: what looks like an e-mail address, a phone number, a card number or a secret.
//!
//! Text is looked at without its percent-encoding, however often it was encoded, and written as it was. In this order:
//!
//! - **mail**: anything around an `@`, at least six characters in all; a dot in the host is not asked for, since a long text
//!   may have been cut in the middle of one.
//! - **token**: a word of letters, digits and `. - _ +`, at least 24 long, in which letters and digits, or small and capital
//!   letters, change places more often than people write, and at least one digit: JSON Web Tokens, keys and session ids in hexadecimal or base64. A
//!   slug changes once within a part (`256gb`) and stays. So does a UUID that stands alone: it is how shops name products.
//! - **card**: 13 to 19 digits that pass Luhn's check, in one piece or in groups. A GTIN of 13 digits in one piece stays.
//! - **phone**: 7 digits or more behind a `+`; 9 or more in groups; or in one piece behind a 0 (9 to 11) or 00 (11 to 15).
//!   Other numbers in one piece stay, as the ids of products do.
//!
//! The marks hold only what a path may (RFC 3986, section 3.3), and are never longer than what they stand for, so that a
//! field within its limit stays there. Every pass over the text is linear, and scrubbing what is scrubbed changes nothing: a
//! mark ends what stood around it, and no rule takes part of a text whose whole it left.

/// The text with marks in place of what must not be kept.
pub fn scrub(text: &str) -> Box<str> {
    if is_plain(text) {
        return text.into();
    }
    scrub_closely(text)
}

// As most texts are: without what each of the marks stands for. Looked at once, and not taken apart.
fn is_plain(text: &str) -> bool {
    let (mut digits, mut word) = (0_usize, 0);
    let mut is_long = false;
    for byte in text.bytes() {
        digits += usize::from(is_digit(byte));
        word = if byte.is_ascii_alphanumeric() || is_one_of(byte, b"-_.+") { word + 1 } else { 0 };
        is_long |= word == SHORTEST_TOKEN;
        if is_one_of(byte, b"@%") {
            return false;
        }
    }
    digits < SHORTEST_PHONE && !(is_long && digits > 0)
}

fn scrub_closely(text: &str) -> Box<str> {
    let mut units = Units::decoded(text.as_bytes());
    units.strike_mail();
    units.strike_tokens();
    units.strike_numbers();
    units.written(text)
}

/// The bytes of a text, each as it reads and where it is written. Control characters read as spaces, which leaves the numbers
/// below 32 to say what was decided.
struct Units(Vec<(u8, usize)>);

impl Units {
    fn decoded(text: &[u8]) -> Units {
        let mut units = Vec::with_capacity(text.len());
        for (at, byte) in text.iter().enumerate() {
            units.push(((*byte).max(b' '), at));
            // What was encoded may be a percent sign, or a digit behind one.
            while let [.., (b'%', start), (high, _), (low, _)] = units[..]
                && let (Some(high), Some(low)) = (char::from(high).to_digit(16), char::from(low).to_digit(16))
            {
                units.truncate(units.len() - 3);
                units.push(((high << 4 | low).max(32) as u8, start));
            }
        }
        // The end, which reads as nothing.
        units.push((0, text.len()));
        Units(units)
    }

    /// How the unit reads; 0 beyond the end.
    fn byte(&self, at: usize) -> u8 {
        #[cfg(test)]
        tests::STEPS.set(tests::STEPS.get() + 1);
        self.0.get(at).map_or(0, |unit| unit.0)
    }

    fn decide(&mut self, from: usize, to: usize, decision: u8) {
        self.0[from..to].iter_mut().for_each(|unit| unit.0 = decision);
    }

    fn strike_mail(&mut self) {
        let (mut at, mut start) = (0, 0);
        while at < self.0.len() {
            let byte = self.byte(at);
            let is_local = is_word(byte) || is_one_of(byte, b"!$%'*+-.^_`{|}~");
            let has_local = start < at;
            at += 1;
            if is_local {
                continue;
            }
            let mut end = at;
            if byte == b'@' && has_local {
                while is_word(self.byte(end)) || is_one_of(self.byte(end), b".-") {
                    end += 1;
                }
                while end > at && !is_word(self.byte(end - 1)) {
                    end -= 1;
                }
            }
            // Characters, not bytes: of those that have several, the first.
            let characters = (start..end).filter(|at| !matches!(self.byte(*at), 0x80..0xc0)).count();
            if end > at && characters >= 6 {
                self.decide(start, end, MAIL);
                at = end;
            }
            start = at;
        }
    }

    fn strike_tokens(&mut self) {
        let mut at = 0;
        while at < self.0.len() {
            let start = at;
            let (mut before, mut turned, mut turns) = (0, false, 0_u32);
            let (mut has_digit, mut is_opaque) = (false, false);
            loop {
                let byte = self.byte(at);
                let is_part = byte.is_ascii_alphanumeric();
                if !is_part && !is_one_of(byte, b"-_.+") {
                    break;
                }
                let turn = is_part
                    && before > 0
                    && (is_digit(before) != is_digit(byte) || before.is_ascii_lowercase() && byte.is_ascii_uppercase());
                // The first turn within a part is how people write; the others count, within the last 24 characters.
                turns = (turns << 1 | u32::from(turn && turned)) & 0xff_ffff;
                is_opaque |= turns.count_ones() >= 5;
                has_digit |= is_digit(byte);
                turned = is_part && (turned || turn);
                before = if is_part { byte } else { 0 };
                at += 1;
            }
            if self.is_uuid(start, at) {
                self.decide(start, at, LEFT);
            } else if is_opaque && has_digit && at - start >= SHORTEST_TOKEN {
                self.decide(start, at, TOKEN);
            }
            at += 1;
        }
    }

    fn is_uuid(&self, from: usize, to: usize) -> bool {
        to - from == 36
            && (0..36).all(|at| match self.byte(from + at) {
                b'-' => matches!(at, 8 | 13 | 18 | 23),
                byte => byte.is_ascii_hexdigit() && !matches!(at, 8 | 13 | 18 | 23),
            })
    }

    fn strike_numbers(&mut self) {
        let mut at = 0;
        while at < self.0.len() {
            if !is_digit(self.byte(at)) {
                at += 1;
                continue;
            }
            let (mut start, mut digits, mut gap) = (at, 0, 0);
            let mut end = at;
            while gap <= 3 {
                let byte = self.byte(at);
                at += 1;
                if is_digit(byte) {
                    (end, digits, gap) = (at, digits + 1, 0);
                } else if is_one_of(byte, b" -.+_()\xc2\xa0\xe2\x80\x91\x93") {
                    gap += 1;
                } else {
                    break;
                }
            }
            let zeros = (start..end).take_while(|at| self.byte(*at) == b'0').take(3).count();
            let is_international = start > 0 && self.byte(start - 1) == b'+';
            let is_phone = match digits {
                _ if is_international => digits >= SHORTEST_PHONE,
                _ if end - start > digits => digits >= 9,
                _ => zeros == 1 && (9..=11).contains(&digits) || zeros == 2 && (11..=15).contains(&digits),
            };
            if self.has_card(start, end) {
                self.decide(start, end, CARD);
            } else if is_phone {
                start -= usize::from(is_international);
                self.decide(start, end, PHONE);
            }
            at = end;
        }
    }

    /// Whether groups of digits between the two make a card number, beginning with any of them.
    fn has_card(&self, from: usize, to: usize) -> bool {
        (from..to).any(|start| (start == from || !is_digit(self.byte(start - 1))) && self.is_card(start, to))
    }

    fn is_card(&self, start: usize, to: usize) -> bool {
        // Each check sum twice: as if the last digit so far counted once, and as if it counted more.
        let (mut luhn, mut gtin, mut digits) = ((0, 0), (0, 0), 0);
        for at in start..to {
            let byte = self.byte(at);
            if !is_digit(byte) {
                continue;
            }
            let digit = u32::from(byte - b'0');
            luhn = (luhn.1 + digit, luhn.0 + digit * 2 - if digit > 4 { 9 } else { 0 });
            gtin = (gtin.1 + digit, gtin.0 + digit * 3);
            digits += 1;
            if digits > 19 {
                return false;
            }
            let is_whole = at + 1 == to || !is_digit(self.byte(at + 1));
            let is_gtin = digits == 13 && at - start == 12 && gtin.0 % 10 == 0;
            if digits >= 13 && is_whole && luhn.0 % 10 == 0 && !is_gtin {
                return true;
            }
        }
        false
    }

    fn written(&self, text: &str) -> Box<str> {
        let mut out = String::with_capacity(text.len());
        let (mut before, mut from) = (0, 0);
        for (byte, at) in &self.0 {
            let decision = if *byte > PHONE { 0 } else { *byte };
            if decision != before {
                // A decision begins and ends with a whole character, so the text is cut between two.
                match MARKS.get(usize::from(before).wrapping_sub(1)) {
                    Some(mark) => out.push_str(mark),
                    None => out.push_str(text.get(from..*at).unwrap_or_default()),
                }
                (before, from) = (decision, *at);
            }
        }
        out.push_str(text.get(from..).filter(|_| before == 0).unwrap_or_default());
        out.into_boxed_str()
    }
}

/// A character of a word, in any script.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

fn is_one_of(byte: u8, bytes: &[u8]) -> bool {
    bytes.contains(&byte)
}

const SHORTEST_TOKEN: usize = 24;
const SHORTEST_PHONE: usize = 7;
const MAIL: u8 = 1;
const TOKEN: u8 = 2;
const CARD: u8 = 3;
const PHONE: u8 = 4;
/// Decided, and left as it is.
const LEFT: u8 = 5;
const MARKS: [&str; 4] = ["(mail)", "(token)", "(card)", "(phone)"];

#[cfg(test)]
mod tests;
