//! Numbers of cards and of phones.

use super::units::{CARD, PHONE, Units, is_alphanumeric, is_digit, is_one_of};

/// Digits, and what people write between their groups.
struct Run {
    /// Where each group begins and ends.
    groups: Vec<(usize, usize)>,
}

impl Run {
    fn at(units: &Units, from: usize) -> Run {
        let (mut groups, mut at) = (Vec::new(), from);
        loop {
            let end = units.skip(at, is_digit);
            groups.push((at, end));
            at = units.skip(end, |byte| is_one_of(byte, b" -.+_()/"));
            if at > end + 3 || !is_digit(units.byte(at)) {
                return Run { groups };
            }
        }
    }

    fn start(&self) -> usize {
        self.groups[0].0
    }

    fn end(&self) -> usize {
        self.groups[self.groups.len() - 1].1
    }

    /// The first groups of at most so many digits: how many groups, and how many digits.
    fn first(&self, most: usize) -> (usize, usize) {
        let mut digits = 0;
        let fits = self.groups.iter().take_while(|(from, to)| {
            digits += to - from;
            digits <= most
        });
        let groups = fits.count();
        (groups, self.groups[..groups].iter().map(|(from, to)| to - from).sum())
    }
}

pub(super) fn strike_cards(units: &mut Units) {
    each_run(units, |units, run| {
        for first in 0..run.groups.len() {
            if let Some(last) = card(units, &run.groups[first..]) {
                return Some((run.groups[first].0, run.groups[first + last].1, CARD));
            }
        }
        None
    });
}

pub(super) fn strike_phones(units: &mut Units) {
    each_run(units, |units, run| phone(units, run).map(|(from, to)| (from, to, PHONE)));
}

fn each_run(units: &mut Units, find: impl Fn(&Units, &Run) -> Option<(usize, usize, u8)>) {
    let mut at = 0;
    while at < units.len() {
        at += 1;
        if is_digit(units.byte(at - 1)) {
            let run = Run::at(units, at - 1);
            at = run.end();
            if let Some((from, to, decision)) = find(units, &run) {
                units.decide(from, to, decision);
                at = to;
            }
        }
    }
}

// Which group ends a card's number that begins with the first one.
fn card(units: &Units, groups: &[(usize, usize)]) -> Option<usize> {
    let (mut luhn, mut gtin, mut digits, mut begin) = ((0, 0), (0, 0), 0, 0);
    for (place, (from, to)) in groups.iter().enumerate() {
        if place > 0 && groups[0].1 - groups[0].0 != 4 {
            return None;
        }
        for at in *from..*to {
            let digit = u32::from(units.byte(at) - b'0');
            // Each check sum twice: as if the last digit so far counted once, and as if it counted more.
            luhn = (luhn.1 + digit, luhn.0 + digit * 2 - if digit > 4 { 9 } else { 0 });
            gtin = (gtin.1 + digit, gtin.0 + digit * 3);
            digits += 1;
            if digits <= 4 {
                begin = begin * 10 + digit;
            }
            if digits > 19 {
                return None;
            }
        }
        let is_gtin = place == 0 && matches!(digits, 12..=14) && gtin.0 % 10 == 0;
        if luhn.0 % 10 == 0 && !is_gtin && is_card_of(begin, digits) && has_groups_of_card(&groups[..=place]) {
            return Some(place);
        }
    }
    None
}

// What the first four digits and the length say (ISO/IEC 7812; the ranges that the schemes publish).
fn is_card_of(begin: u32, digits: usize) -> bool {
    match begin {
        4000..=4999 => matches!(digits, 13 | 16 | 19),
        5100..=5599 | 2200..=2204 | 2221..=2720 | 3528..=3589 => digits == 16,
        3400..=3499 | 3700..=3799 => digits == 15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => matches!(digits, 14 | 16),
        6000..=6999 => digits >= 16,
        5000..=5099 | 5600..=5899 => digits >= 13,
        _ => false,
    }
}

// In one piece; fours, the last of which may be shorter; 4, 6 and the rest.
fn has_groups_of_card(groups: &[(usize, usize)]) -> bool {
    let length = |place: usize| groups[place].1 - groups[place].0;
    let last = groups.len() - 1;
    last == 0
        || (0..last).all(|place| length(place) == 4) && length(last) <= 4
        || last == 2 && length(0) == 4 && length(1) == 6 && length(2) <= 5
}

fn phone(units: &Units, run: &Run) -> Option<(usize, usize)> {
    let start = run.start();
    let is_in_parentheses = units.before(start) == b'(';
    let sign = start - usize::from(is_in_parentheses);
    if units.before(sign) == b'+' {
        let (groups, digits) = run.first(15);
        let end = run.groups[groups.checked_sub(1)?].1;
        return is_international(units, start, end, digits).then_some((sign - 1, end));
    }
    if is_in_slug(units, run) {
        return None;
    }
    if is_in_parentheses {
        let (groups, digits) = run.first(12);
        let is_code = units.byte(run.groups[0].1) == b')' && run.groups[0].1 - start <= 5;
        return (is_code && digits >= 9).then(|| (start, run.groups[groups - 1].1));
    }
    let is_phone = if units.byte(start) == b'0' { is_behind_0(units, run) } else { is_grouped(units, run) };
    is_phone.then(|| (start, run.end()))
}

fn is_international(units: &Units, start: usize, end: usize, digits: usize) -> bool {
    let is_round = end - start == digits && (end.saturating_sub(5)..end).all(|at| units.byte(at) == b'0');
    match units.byte(start) {
        // Two countries' codes of a digit, and ten digits.
        b'1' | b'7' => digits == 11,
        b'0' => false,
        _ => digits >= 8 && !is_round,
    }
}

// A part of a slug or of a word: `filter-0412-345-678`, `04123456x`.
fn is_in_slug(units: &Units, run: &Run) -> bool {
    let (start, end) = (run.start(), run.end());
    let joins = |byte| is_one_of(byte, b"-_.");
    let before = units.before(start);
    let after = units.byte(end);
    is_alphanumeric(before)
        || joins(before) && is_alphanumeric(units.before(start - 1))
        || is_alphanumeric(after)
        || is_one_of(after, b"-_") && is_alphanumeric(units.byte(end + 1))
}

fn is_behind_0(units: &Units, run: &Run) -> bool {
    let length = |place: usize| run.groups[place].1 - run.groups[place].0;
    let (groups, digits) = (run.groups.len(), run.first(usize::MAX).1);
    let is_00 = units.byte(run.start() + 1) == b'0' && length(0) > 1;
    let longest = if is_00 { 15 } else { 12 };
    match groups {
        1 if is_00 => (11..=longest).contains(&digits) && !is_gtin(units, run.start(), digits),
        1 => (9..=longest).contains(&digits) && !(digits == 12 && is_gtin(units, run.start(), digits)),
        2 => (10..=longest).contains(&digits) && length(0) > 1,
        3..=6 => (9..=longest).contains(&digits) && (length(0) > 1 || digits == 11) && !is_date(units, run),
        _ => false,
    }
}

// A number in groups that begins with no 0, as it is written in the countries that have one.
fn is_grouped(units: &Units, run: &Run) -> bool {
    if run.groups.len() < 3 || run.groups.len() > 5 || is_date(units, run) {
        return false;
    }
    let digit = |group: usize, place: usize| units.byte(run.groups[group].0 + place);
    let lengths: Vec<u8> = run.groups.iter().map(|(from, to)| b'0' + (to - from).min(9) as u8).collect();
    match &*lengths {
        // North America.
        b"334" => digit(0, 0) > b'1' && digit(1, 0) > b'1',
        b"1334" => digit(0, 0) == b'1' && digit(1, 0) > b'1' && digit(2, 0) > b'1',
        // Spain, Poland, Portugal; a part number has hyphens or dots as well.
        b"333" => digit(0, 0) > b'4' && units.byte(run.groups[0].1) == b' ',
        // China; Brazil; Russia.
        b"344" => digit(0, 0) == b'1' && digit(0, 1) > b'2',
        b"254" => digit(1, 0) == b'9',
        b"13322" => digit(0, 0) == b'8',
        _ => false,
    }
}

// A day, a month and a year, in either order, and what follows.
fn is_date(units: &Units, run: &Run) -> bool {
    let length = |place: usize| run.groups[place].1 - run.groups[place].0;
    let is_year = |place: usize| {
        let from = run.groups[place].0;
        length(place) == 4 && matches!((units.byte(from), units.byte(from + 1)), (b'1', b'9') | (b'2', b'0'))
    };
    let is_short = |place: usize| length(place) <= 2;
    run.groups.len() > 2 && (is_year(0) && is_short(1) || is_short(0) && is_short(1) && is_year(2))
}

// Whether the check digit of a GTIN fits.
fn is_gtin(units: &Units, from: usize, digits: usize) -> bool {
    let weight = |place: usize| if (digits - place).is_multiple_of(2) { 3 } else { 1 };
    let sum: u32 = (0..digits).map(|place| u32::from(units.byte(from + place) - b'0') * weight(place)).sum();
    digits <= 14 && sum.is_multiple_of(10)
}
