//! A text as it reads.

use super::class::is_of;

/// The bytes of a text, each as it reads and where it is written. Control characters read as spaces, which leaves the numbers
/// below 32 to say what was decided.
pub(super) struct Units {
    all: Vec<(u8, usize)>,
    /// Whether it occurs, for each character of ASCII.
    seen: [bool; 128],
}

impl Units {
    pub(super) fn decoded(text: &[u8]) -> Units {
        let mut units = Vec::with_capacity(text.len() + 1);
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
        let all = plain(&units);
        let mut units = Units { seen: [false; 128], all };
        for (byte, _) in &units.all {
            if let Some(seen) = units.seen.get_mut(usize::from(*byte)) {
                *seen = true;
            }
        }
        units.leave_marks();
        units
    }

    /// How many there are, the end among them.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether a character of ASCII was anywhere in the text.
    pub(super) fn has(&self, byte: u8) -> bool {
        self.seen[usize::from(byte)]
    }

    /// How the unit reads; 0 beyond the end.
    pub(super) fn byte(&self, at: usize) -> u8 {
        #[cfg(test)]
        super::tests::STEPS.set(super::tests::STEPS.get() + 1);
        self.all.get(at).map_or(0, |unit| unit.0)
    }

    /// How the unit before it reads; 0 before the beginning.
    pub(super) fn before(&self, at: usize) -> u8 {
        if at == 0 { 0 } else { self.byte(at - 1) }
    }

    /// Whether the unit is of that class.
    pub(super) fn is(&self, at: usize, class: u8) -> bool {
        is_of(self.byte(at), class)
    }

    /// Whether the unit before it is.
    pub(super) fn is_before(&self, at: usize, class: u8) -> bool {
        is_of(self.before(at), class)
    }

    /// Where the units of that class end, so many at most, from there on.
    pub(super) fn skip(&self, at: usize, class: u8, most: usize) -> usize {
        let mut end = at;
        while end - at < most
            && let byte = self.byte(end)
            && byte > 0
            && is_of(byte, class)
        {
            end += 1;
        }
        end
    }

    /// Where the shape ends that begins there: classes, each once, or as often as two characters behind `{` say, from `0` on in ASCII's
    /// order, `~` without end. `_` is one to three of what parts digits here, and `D` whole groups of digits, with what parts them.
    pub(super) fn matched(&self, mut at: usize, shape: &[u8], parting: u8) -> Option<usize> {
        let mut place = 0;
        while let Some(&class) = shape.get(place) {
            place += 1;
            let (mut least, mut most) = (1, if class == b'_' { 3 } else { 1 });
            if let Some([b'{', low, high, ..]) = shape.get(place..) {
                (least, most) = (usize::from(low - b'0'), usize::from(high - b'0'));
                place += 3;
            } else if class != b'_' && class != b'D' {
                // Most are there once.
                if !self.is(at, class) {
                    return None;
                }
                at += 1;
                continue;
            }
            let (count, end) = if class == b'D' {
                self.groups(at, most, parting)
            } else {
                let class = if class == b'_' { parting } else { class };
                let end = self.skip(at, class, if most > MOST_COUNTED { usize::MAX } else { most });
                (end - at, end)
            };
            if count < least {
                return None;
            }
            at = end;
        }
        Some(at)
    }

    // Whole groups of digits, with what parts them: how many digits, and where they end.
    fn groups(&self, mut at: usize, most: usize, parting: u8) -> (usize, usize) {
        let mut count = 0;
        loop {
            let start = self.skip(at, parting, 3);
            let end = self.skip(start, b'#', most + 1);
            if end == start || count + end - start > most {
                return (count, at);
            }
            (count, at) = (count + end - start, end);
        }
    }

    /// What may part the digits of a number, one after the other: where there is no slash, there is one way.
    pub(super) fn parting(&self) -> &'static [u8] {
        if self.has(b'/') { b"_Z" } else { b"_" }
    }

    /// Whether there is a slash between two places.
    pub(super) fn has_slash(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.byte(at) == b'/')
    }

    /// Where the word ends that stands there, in small letters or capital ones.
    pub(super) fn word(&self, at: usize, word: &str) -> Option<usize> {
        let end = at + word.len();
        let is_here = word.bytes().enumerate().all(|(place, byte)| self.byte(at + place).to_ascii_lowercase() == byte);
        (is_here && !self.is(end, b'W')).then_some(end)
    }

    pub(super) fn decide(&mut self, from: usize, to: usize, decision: u8) {
        self.all[from..to].iter_mut().for_each(|unit| unit.0 = decision);
    }

    // No rule looks into a mark, nor across one.
    fn leave_marks(&mut self) {
        for at in 0..self.len() {
            if self.byte(at) == b'(' {
                let is_here =
                    |mark: &&&str| mark.bytes().enumerate().all(|(place, byte)| self.byte(at + place) == byte);
                if let Some(mark) = MARKS.iter().find(is_here) {
                    self.decide(at, at + mark.len(), LEFT);
                }
            }
        }
    }

    pub(super) fn written(&self, text: &str) -> Box<str> {
        let mut out = String::with_capacity(text.len());
        let (mut before, mut from) = (0, 0);
        for (byte, at) in &self.all {
            let decision = if *byte >= LEFT { 0 } else { *byte };
            if decision != before {
                // A decision begins and ends with a whole character, so the text is cut between two.
                let written = text.get(from..*at).unwrap_or_default();
                out.push_str(match MARKS.get(usize::from(before).wrapping_sub(1)) {
                    Some(mark) if mark.len() <= written.chars().count() => mark,
                    Some(_) => "*",
                    None => written,
                });
                (before, from) = (decision, *at);
            }
        }
        out.push_str(text.get(from..).filter(|_| before == 0).unwrap_or_default());
        out.into_boxed_str()
    }
}

// Digits of any script, and what is as wide as an ideograph, as ASCII has them.
fn plain(units: &[(u8, usize)]) -> Vec<(u8, usize)> {
    let mut read = Vec::with_capacity(units.len());
    let mut at = 0;
    while let Some(&(byte, start)) = units.get(at) {
        let length = usize::from(byte >= 0xc0) + usize::from(byte >= 0xe0) + usize::from(byte >= 0xf0);
        let mut bytes = [0; 4];
        for (place, unit) in units[at..].iter().take(length + 1).enumerate() {
            bytes[place] = unit.0;
        }
        // Of what is no character, each byte for itself.
        let character = if length > 0 { str::from_utf8(&bytes[..=length]).ok() } else { None };
        let Some(character) = character.and_then(|text| text.chars().next()) else {
            read.push((byte, start));
            at += 1;
            continue;
        };
        match ascii(character) {
            Some(ascii) => read.push((ascii, start)),
            None => read.extend_from_slice(&units[at..=at + length]),
        }
        at += length + 1;
    }
    read
}

fn ascii(character: char) -> Option<u8> {
    let code = character as u32;
    let of = |first: u32, ascii: u8| ascii + (code - first) as u8;
    match code {
        0xff01..=0xff5e => Some(of(0xff01, b'!')),
        0xa0 | 0x2000..=0x200b | 0x202f | 0x3000 => Some(b' '),
        0x2010..=0x2015 | 0x2212 => Some(b'-'),
        0x1d7ce..=0x1d7ff => Some(b'0' + ((code - 0x1d7ce) % 10) as u8),
        _ => ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| of(*zero, b'0')),
    }
}

const MOST_COUNTED: usize = 77;

pub(super) const MAIL: u8 = 1;
pub(super) const TOKEN: u8 = 2;
pub(super) const CARD: u8 = 3;
pub(super) const PHONE: u8 = 4;
pub(super) const ID: u8 = 5;
pub(super) const NAME: u8 = 6;
pub(super) const DATE: u8 = 7;
pub(super) const PLACE: u8 = 8;
/// Decided, and left as it is.
pub(super) const LEFT: u8 = 10;
const MARKS: [&str; 9] = ["(mail)", "(token)", "(card)", "(phone)", "(id)", "(name)", "(date)", "(place)", "(ip)"];

/// The zeros of the scripts whose ten digits follow each other (Unicode 16, general category Nd, without those of no living script).
const ZEROS: [u32; 36] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
];
