//! What a thing looks like that is struck, as data.
//!
//! A line is what is decided (a number of `units`, from `0` on in ASCII's order), how it is checked, what may stand before it and behind it,
//! and its shape, see `Units::matched`. The first line that fits decides.

use super::check::passes;
use super::class::is_of;
use super::units::Units;
use super::word;

/// What is looked for together, by where it may begin.
pub(super) struct Rules {
    anywhere: &'static str,
    /// What begins with a digit, and goes on with no word.
    numbers: &'static str,
    /// What begins with a letter, and goes on with no word.
    words: &'static str,
}

pub(super) fn strike(units: &mut Units, rules: &Rules) {
    let lines = Lines::of(units, rules);
    let parting = units.parting();
    let mut at = 0;
    while at < units.len() {
        at = match lines.found(units, at, parting) {
            Some((end, decision)) => {
                units.decide(at, end, decision);
                end
            }
            None => at + 1,
        };
    }
}

/// The rules that may fit a text: most need a sign that most texts have not.
struct Lines {
    anywhere: Vec<&'static [u8]>,
    numbers: Vec<&'static [u8]>,
    words: Vec<&'static [u8]>,
}

impl Lines {
    fn of(units: &Units, rules: &Rules) -> Lines {
        let usable = |lines: &'static str| {
            let lines = lines.as_bytes().split(|byte| *byte == b'\n');
            lines.filter(|line| line.get(4..).is_some_and(|shape| has_signs(units, shape))).collect()
        };
        Lines { anywhere: usable(rules.anywhere), numbers: usable(rules.numbers), words: usable(rules.words) }
    }

    // Those that may begin there, besides those that may anywhere; `None` where nothing begins: most characters are within a word.
    fn beginning(&self, units: &Units, at: usize) -> Option<&[&'static [u8]]> {
        let (first, before) = (units.byte(at), units.before(at));
        let (is_letter, is_digit) = (first.is_ascii_alphabetic(), first.is_ascii_digit());
        let is_within = is_letter && before.is_ascii_alphanumeric() || is_digit && before.is_ascii_digit();
        if first <= b' ' || is_within {
            return None;
        }
        let is_joined = before.is_ascii_alphanumeric() || is_of(before, b'K') && units.is_before(at - 1, b'X');
        Some(match is_joined {
            false if is_digit => &self.numbers,
            false if is_letter => &self.words,
            _ => &[],
        })
    }

    fn found(&self, units: &Units, at: usize, parting: &[u8]) -> Option<(usize, u8)> {
        let own = self.beginning(units, at)?;
        let (before, first, second) = (units.before(at), units.byte(at), units.byte(at + 1));
        self.anywhere.iter().chain(own).find_map(|rule| {
            let [decision, _, guard, _, shape @ ..] = rule else { return None };
            // Most fail by their first two characters.
            let is_here = (is_of(first, shape[0]) || shape[0] == b'S')
                && (matches!(shape[1], b'{' | b'D') || is_of(second, shape[1]))
                && may_begin(before, *guard);
            if !is_here {
                return None;
            }
            // What parts the digits says nothing of a shape that has no place for it.
            let is_parted = *guard == b'p' || shape.iter().any(|class| matches!(class, b'_' | b'D'));
            let ways = if is_parted { parting } else { &parting[..1] };
            let end = ways.iter().find_map(|parting| fits(units, at, rule, *parting))?;
            Some((end, decision - b'0'))
        })
    }
}

// Whether the text has the signs that are in the shape, but for those that may be left out.
fn has_signs(units: &Units, shape: &[u8]) -> bool {
    (0..shape.len()).all(|at| match shape[at] {
        // An address of version 6.
        b'I' => units.has(b':'),
        _ if shape.get(at + 1) == Some(&b'{') || shape[at.saturating_sub(2)..at].contains(&b'{') => true,
        b'Y' => units.has(b'_'),
        b'#' | b'~' | b'_' | b'{' => true,
        sign => sign.is_ascii_alphanumeric() || units.has(sign),
    })
}

fn may_begin(before: u8, guard: u8) -> bool {
    match guard {
        b'-' | b'w' => true,
        b'p' => before != b'+',
        b'i' => !is_of(before, b'X') && before != b'.',
        b'(' => before == b'(',
        b'+' => before != b'+' && !is_of(before, b'#'),
        b'k' => !is_of(before, b'T'),
        other => !is_of(before, other),
    }
}

// Where the thing ends that fits the rule, with that between the groups of its digits.
fn fits(units: &Units, at: usize, rule: &[u8], parting: u8) -> Option<usize> {
    let [_, check, guard, behind, shape @ ..] = rule else { return None };
    if *guard == b'p' && is_behind_group(units, at, parting) {
        return None;
    }
    let end = passes(*check, units, at, units.matched(at, shape, parting)?)?;
    let is_behind = |at, kind| word::before(units, at) == Some(kind);
    let is_it = may_end(units, at, end, *behind, parting)
        && match guard {
            b'w' => !is_behind(at, word::PRODUCT),
            b'p' => !is_behind(first_of(units, at), word::PRODUCT),
            b'k' => is_behind(at, word::KEY),
            _ => true,
        };
    is_it.then_some(end)
}

// Whether another group of digits is before it.
fn is_behind_group(units: &Units, at: usize, parting: u8) -> bool {
    let parts = (at.saturating_sub(3)..at).rev().take_while(|at| units.is(*at, parting));
    let from = parts.last().unwrap_or(at);
    units.is_before(from, b'#') && !is_apart(units, from, at)
}

// Whether a slash with a space beside it is there: what it parts are two numbers.
fn is_apart(units: &Units, from: usize, to: usize) -> bool {
    to > from + 1 && units.has_slash(from, to)
}

// Where the first of the numbers begins that slashes part: the word before it is said of them all.
fn first_of(units: &Units, at: usize) -> usize {
    let numbers = (at.saturating_sub(MOST_NUMBERS)..at).rev();
    numbers
        .take_while(|at| units.is(*at, b'#') || units.is(*at, b'_'))
        .filter(|at| units.is(*at, b'#'))
        .last()
        .unwrap_or(at)
}

fn may_end(units: &Units, at: usize, end: usize, guard: u8, parting: u8) -> bool {
    let is = |class| units.is(end, class);
    let goes_on = |class| units.is(end + 1, class);
    match guard {
        b'-' => true,
        // Behind a slash a number goes on that has one.
        b'w' => !is(b'X') && !((is(b'-') || is(b'.') || is(b'/') && units.has_slash(at, end)) && goes_on(b'#')),
        b'p' => {
            let further = units.skip(end, parting, 3);
            let is_joined = (is(b'-') || is(b'Y')) && goes_on(b'X');
            !is(b'X') && !is_joined && (further == end || !units.is(further, b'#') || is_apart(units, end, further))
        }
        b'i' => !is(b'X') && !((is(b'-') || is(b'.')) && goes_on(b'X')),
        b'.' => !is(b'.') && !is(b'-') && !is(b'Y'),
        other => !is(other),
    }
}

const MOST_NUMBERS: usize = 40;

/// E-mail addresses: as they are, quoted, spelt, and as links to unsubscribe have them; how shops name products, but for keys.
pub(super) const ADDRESSES: Rules = Rules {
    anywhere: "\
1@L-L{1~@H{1~
1@--\"Q{1p\"@H{1~
1@L-L{1~ {01(at) {01H{1~
1@L-L{1~ {01[at] {01H{1~
1_M-M{1~YatYH{1~
2-kTF{88-F{44-F{44-F{44-F{<<
:-TTF{88-F{44-F{44-F{44-F{<<",
    numbers: "",
    words: "",
};

/// Cards, in one piece or in their groups; documents and accounts, known by their written form, or by a check that lets one in a hundred
/// pass at most: accounts of any country; the United Kingdom, the United States, Brazil, Chile, Denmark and Sweden, Finland, Belgium,
/// Russia, Argentina, Malaysia, Hong Kong, Switzerland, Korea, Czechia and Slovakia, France, Germany, India and Japan, New Zealand; then
/// in one piece Italy, Mexico, China, France, Switzerland, and those with a birthday.
pub(super) const NUMBERS: Rules = Rules {
    anywhere: "\
3k###{=C
3k######_####_####_#{14
3k######_####_####_####_#{13
3k######_######_#{45
5I--AA##",
    numbers: "\
5-ww###-##-####
5-ww###.###.###-##
5-ww##.###.###/####-##
5-ww##.###.###-X
5dww######-####
5dww######-###A
5dww######+###A
5dww######A###A
5-ww##.##.##-###.##
5-ww###-###-###~##
5-ww##-########-#
5dww######-##-####
5-ww756.####.####.##
5dww######-#######
5cww######/####
5-ww#~##~##~##~###~###~##
5-ww##~######~A~###
5ypp####~####~####
5nww##-###-###
5hww#################X
5fww###############
5sww756##########
5bww#############",
    words: "\
5-wwAA~##~##~##~A
5-wwA######(#)
5-wwAAAAAA##A##A###A
5-wwAAAA######AAAAAAX#",
};

/// Coordinates and IP addresses; days, which are no phone numbers; phone numbers: behind `+`, 0 and 00, in parentheses, and as they are
/// written in North America, Spain, Poland, Portugal, China, Brazil and Russia.
pub(super) const PLACES: Rules = Rules {
    anywhere: "\
8-i.S{01#{12.#{4~C{13S{01#{13.#{4~
94ii#{13.#{13.#{13.#{13
96iiI{6W
4o+p+D{8?
4o+#+D{8?",
    numbers: "\
:-p##{12_#{12_20##
:-p##{12_#{12_19##
4Gpp00D{9=
4gpp0#D{7:
49(p#{25)D{6:
4-ppN##_N##_####
4-pp1_N##_N##_####
4-ppP## ### ###
4-pp1N#_####_####
4-pp##_9####_####
4-pp8_###_###_##_##",
    words: "",
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Else it would never fit, or be decided as nothing.
    #[test]
    fn every_rule_is_written_as_it_is_read() {
        let all = [ADDRESSES, NUMBERS, PLACES];
        let lines = all.iter().flat_map(|rules| [rules.anywhere, rules.numbers, rules.words].map(str::lines)).flatten();
        assert!(lines.clone().count() > 50);
        for rule in lines {
            let [decision, _, _, _, shape @ ..] = rule.as_bytes() else { panic!("{rule}") };
            assert!((b'1'..=b':').contains(decision) && shape.len() > 2, "{rule}");
            for part in shape.split(|byte| *byte == b'{').skip(1) {
                assert!(part.len() > 1 && part[0] <= part[1] && part[1] <= b'~', "{rule}");
            }
        }
    }

    /// Else it would be looked for where it is not.
    #[test]
    fn every_rule_stands_where_it_may_begin() {
        for rules in [ADDRESSES, NUMBERS, PLACES] {
            for (lines, guards, firsts) in
                [(rules.numbers, "wp(", "#NP0123456789"), (rules.words, "w", "A"), (rules.anywhere, "-LMk#Ti+", "")]
            {
                for rule in lines.lines() {
                    let [_, _, guard, _, first, ..] = *rule.as_bytes() else { panic!("{rule}") };
                    assert!(guards.contains(char::from(guard)), "{rule}");
                    assert!(firsts.is_empty() || firsts.contains(char::from(first)), "{rule}");
                }
            }
        }
    }
}
