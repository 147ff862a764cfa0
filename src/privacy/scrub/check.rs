//! What a thing must pass besides its shape.

use super::units::Units;

/// Where the thing ends that is there by its shape; `None` where it fails the check.
pub(super) fn passes(check: u8, units: &Units, at: usize, end: usize) -> Option<usize> {
    let own = Characters::of(units, at, end);
    let count = own.0.len();
    let is_whole = count == end - at;
    let is_gtin = || is_whole && count < 15 && own.is_gtin();
    let is_it = match check {
        b'@' | b'_' => return mail(units, at, end, check == b'_'),
        b'I' => return iban(units, at),
        b'k' => own.luhn() && own.is_card() && !is_gtin(),
        // Two and two for the month and the day.
        b'd' => own.has_day(2, 4) || own.has_day(2, 0),
        // The same; women's months begin with 50, and some with 20 or 70.
        b'c' => (1..=31).contains(&own.number(4, 6)) && (1..=12).contains(&(own.number(2, 4) % 50 % 20)),
        // Years.
        b'y' => !matches!(own.number(0, 2), 19 | 20),
        // China (GB 11643): a letter is a 10.
        b'h' => {
            let letter = if own.0[17] > 9 { 23 } else { 0 };
            own.has_day(10, 12) && (own.sum(b"79:584216379:58421") - letter) % 11 == 1
        }
        // France, with its key.
        b'f' => {
            let rest = own.0[..13].iter().fold(0, |rest, digit| (rest * 10 + digit) % 97);
            matches!(own.0[0], 1 | 2) && rest + own.number(13, 15) == 97
        }
        b's' => own.is_gtin(),
        b'n' => own.sum(b"27654321").is_multiple_of(11),
        // South Africa, Romania, the countries that were Yugoslavia: a birthday and a check digit.
        b'b' => {
            let africa = own.has_day(2, 4) && own.luhn();
            let romania = own.has_day(3, 5) && own.sum(b"279146358279") % 11 % 10 == own.0[12];
            let south = own.has_day(2, 0) && own.sum(b"7654327654321").is_multiple_of(11);
            !own.is_gtin() && (africa || romania || south)
        }
        b'4' => {
            let mut parts = (at..end).filter(|at| units.is(*at, b'#') && !units.is_before(*at, b'#'));
            let is_part = |from: usize| own_number(units, from) < 256;
            parts.all(is_part) && end > at + 7 && !units.is_before(at, b'-') && !units.is_before(at, b'Y')
        }
        b'6' => is_version_6(units, at, end),
        // Two countries' codes of a digit, and ten digits; round numbers are counted.
        b'o' => match own.0[0] {
            0 => false,
            1 | 7 => count == 11,
            _ => end - at != count + 1 || own.number(count - 5, count) > 0,
        },
        b'G' => !is_gtin(),
        b'g' => own.0[1] > 0 && !(count == 12 && is_gtin()),
        b'9' => count > 8,
        _ => true,
    };
    is_it.then_some(end)
}

/// The letters and digits of a number, as the numbers that they stand for: 0 to 9, and 10 to 35.
struct Characters(Vec<u32>);

impl Characters {
    fn of(units: &Units, from: usize, to: usize) -> Characters {
        Characters((from..to).filter_map(|at| char::from(units.byte(at)).to_digit(36)).collect())
    }

    fn number(&self, from: usize, to: usize) -> u32 {
        self.0[from..to].iter().fold(0, |number, digit| number * 10 + digit)
    }

    /// Whether two and two of them are a month and a day.
    fn has_day(&self, month: usize, day: usize) -> bool {
        (1..=12).contains(&self.number(month, month + 2)) && (1..=31).contains(&self.number(day, day + 2))
    }

    fn sum(&self, weights: &[u8]) -> u32 {
        self.0.iter().zip(weights).map(|(digit, weight)| digit * u32::from(weight - b'0')).sum()
    }

    fn luhn(&self) -> bool {
        let counted = |(place, digit): (usize, &u32)| if place % 2 > 0 { digit * 2 - digit / 5 * 9 } else { *digit };
        self.0.iter().rev().enumerate().map(counted).sum::<u32>().is_multiple_of(10)
    }

    fn is_gtin(&self) -> bool {
        let counted = |(place, digit): (usize, &u32)| if place % 2 > 0 { digit * 3 } else { *digit };
        self.0.iter().rev().enumerate().map(counted).sum::<u32>().is_multiple_of(10)
    }

    /// What the first two digits and the length say (ISO/IEC 7812; the ranges that the schemes publish).
    fn is_card(&self) -> bool {
        let count = self.0.len();
        match self.number(0, 2) {
            40..=49 => matches!(count, 13 | 16 | 19),
            34 | 37 => count == 15,
            30 | 36 | 38 | 39 => matches!(count, 14 | 16),
            22..=27 | 35 | 51..=55 => count == 16,
            60..=69 => count > 15,
            50 | 56..=58 => true,
            _ => false,
        }
    }
}

// Where an e-mail address ends, whose host may be longer than it is. `is_underlined`: a word alone before it may be no name.
fn mail(units: &Units, at: usize, mut end: usize, is_underlined: bool) -> Option<usize> {
    while end > at && !units.is_before(end, b'W') {
        end -= 1;
    }
    let host = (at..end).rev().take_while(|at| units.is(*at, b'H')).last()?;
    let dot = (host..end).rev().find(|at| units.is(*at, b'.'));
    // A last label of digits is no domain: `4K@59.94`.
    let is_named = dot.is_some_and(|dot| dot > host && !units.is(dot + 1, b'#'));
    let is_cut = end + 1 >= units.len() && end > SHORTEST_CUT;
    // Characters, not bytes: of those that have several, the first.
    let characters = (at..end).filter(|at| !matches!(units.byte(*at), 0x80..0xc0)).count();
    let is_name = !is_underlined || (at..host - 4).any(|at| units.is(at, b'#') || units.is(at, b'.'));
    ((is_named || is_cut) && characters > 5 && is_name).then_some(end)
}

// An account's number (ISO 13616): in one piece or in fours, and its remainder modulo 97, a letter as two digits.
fn iban(units: &Units, at: usize) -> Option<usize> {
    let mut own = Vec::new();
    let mut end = at;
    while own.len() < 34 {
        let digit = char::from(units.byte(end)).to_digit(36);
        match digit {
            Some(digit) => own.push(digit),
            None if own.len() % 4 == 0
                && (units.is(end, b'~') || units.is(end, b'+'))
                && units.is_before(end, b'X') => {}
            None => return None,
        }
        end += 1;
        if own.len() > 14 && !units.is(end, b'X') {
            let digits = own[4..].iter().chain(&own[..4]);
            if digits.fold(0, |rest, digit| (rest * if *digit > 9 { 100 } else { 10 } + digit) % 97) == 1 {
                return Some(end);
            }
        }
    }
    None
}

fn own_number(units: &Units, from: usize) -> u32 {
    let digits = (from..from + 3).map_while(|at| char::from(units.byte(at)).to_digit(10));
    digits.fold(0, |number, digit| number * 10 + digit)
}

fn is_version_6(units: &Units, at: usize, end: usize) -> bool {
    let (mut colons, mut gaps, mut digits, mut group) = (0, 0, 0, 0);
    let mut has_digit = false;
    for at in at..end {
        if units.is(at, b':') {
            gaps += usize::from(group == 0 && colons > 0);
            colons += 1;
            group = 0;
        } else {
            group += 1;
            digits += 1;
            has_digit |= units.is(at, b'#');
            if group > 4 {
                return false;
            }
        }
    }
    has_digit && digits > 5 && (colons == 7 && gaps == 0 || gaps == 1 && (3..8).contains(&colons))
}

/// A text that is shorter was not cut.
const SHORTEST_CUT: usize = 200;
