//! What a thing looks like that is struck, as data.
//!
//! A line is what is decided (a number of `units`, from `0` on in ASCII's order), how it is checked, what may stand before it and behind it,
//! and its shape, see `Units::matched`. The first line that fits decides.

use super::check::passes;
use super::class::is_of;
use super::units::Units;
use super::word;

pub(super) fn strike(units: &mut Units, rules: &str) {
    let mut at = 0;
    while at < units.len() {
        at = match found(units, at, rules) {
            Some((end, decision)) => {
                units.decide(at, end, decision);
                end
            }
            None => at + 1,
        };
    }
}

fn found(units: &Units, at: usize, rules: &str) -> Option<(usize, u8)> {
    let first = units.byte(at);
    if first <= b' ' {
        return None;
    }
    let (before, second) = (units.before(at), units.byte(at + 1));
    // Within a word nothing begins.
    if is_of(first, b'A') && is_of(before, b'X') {
        return None;
    }
    let is_joined = is_of(before, b'X') || is_of(before, b'K') && units.is_before(at.max(1) - 1, b'X');
    rules.split('\n').find_map(|rule| {
        let [decision, check, guard, behind, shape @ ..] = rule.as_bytes() else { return None };
        // Most fail by their first two characters.
        let is_here = (is_of(first, shape[0]) || shape[0] == b'S')
            && (matches!(shape[1], b'{' | b'D') || is_of(second, shape[1]))
            && match guard {
                b'-' => true,
                b'w' => !is_joined,
                b'p' => !is_joined && before != b'+' && !is_behind_group(units, at),
                b'i' => !is_of(before, b'X') && before != b'.',
                b'(' => before == b'(',
                b'+' => before != b'+' && !is_of(before, b'#'),
                b'k' => !is_of(before, b'T'),
                other => !is_of(before, *other),
            };
        if !is_here {
            return None;
        }
        let end = passes(*check, units, at, units.matched(at, shape)?)?;
        let is_behind = |kind| word::before(units, at) == Some(kind);
        let is_it = may_end(units, end, *behind)
            && match guard {
                b'w' | b'p' => !is_behind(word::PRODUCT),
                b'k' => is_behind(word::KEY),
                _ => true,
            };
        is_it.then_some((end, decision - b'0'))
    })
}

// Whether another group of digits is before it.
fn is_behind_group(units: &Units, at: usize) -> bool {
    let parts = (at.saturating_sub(3)..at).rev().take_while(|at| units.is(*at, b'_'));
    units.is_before(parts.last().unwrap_or(at), b'#')
}

fn may_end(units: &Units, end: usize, guard: u8) -> bool {
    let is = |class| units.is(end, class);
    let goes_on = |class| units.is(end + 1, class);
    match guard {
        b'-' => true,
        b'w' => !is(b'X') && !((is(b'-') || is(b'.') || is(b'/')) && goes_on(b'#')),
        b'p' => {
            let further = units.skip(end, b'_', 3);
            let is_joined = (is(b'-') || is(b'Y')) && goes_on(b'X');
            !is(b'X') && !is_joined && (further == end || !units.is(further, b'#'))
        }
        b'i' => !is(b'X') && !((is(b'-') || is(b'.')) && goes_on(b'X')),
        b'.' => !is(b'.') && !is(b'-') && !is(b'Y'),
        other => !is(other),
    }
}

/// E-mail addresses: as they are, quoted, spelt, and as links to unsubscribe have them; how shops name products, but for keys.
pub(super) const ADDRESSES: &str = "\
1@L-L{1~@H{1~
1@--\"Q{1p\"@H{1~
1@L-L{1~ {01(at) {01H{1~
1@L-L{1~ {01[at] {01H{1~
1_M-M{1~YatYH{1~
2-kTF{88-F{44-F{44-F{44-F{<<
:-TTF{88-F{44-F{44-F{44-F{<<";

/// Cards, in one piece or in their groups; documents and accounts, known by their written form, or by a check that lets one in a hundred
/// pass at most: accounts of any country; the United Kingdom, the United States, Brazil, Chile, Denmark and Sweden, Finland, Belgium,
/// Russia, Argentina, Malaysia, Hong Kong, Switzerland, Korea, Czechia and Slovakia, France, Germany, India and Japan, New Zealand; then
/// in one piece Italy, Mexico, China, France, Switzerland, and those with a birthday.
pub(super) const NUMBERS: &str = "\
3k###{=C
3k######_####_####_#{14
3k######_####_####_####_#{13
3k######_######_#{45
5I--AA##
5-wwAA~##~##~##~A
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
5-wwA######(#)
5-ww756.####.####.##
5dww######-#######
5cww######/####
5-ww#~##~##~##~###~###~##
5-ww##~######~A~###
5ypp####~####~####
5nww##-###-###
5-wwAAAAAA##A##A###A
5-wwAAAA######AAAAAAX#
5hww#################X
5fww###############
5sww756##########
5bww#############";

/// Coordinates and IP addresses; days, which are no phone numbers; phone numbers: behind `+`, 0 and 00, in parentheses, and as they are
/// written in North America, Spain, Poland, Portugal, China, Brazil and Russia.
pub(super) const PLACES: &str = "\
8-i.S{01#{12.#{4~C{13S{01#{13.#{4~
94ii#{13.#{13.#{13.#{13
96iiI{6W
:-p##{12_#{12_20##
:-p##{12_#{12_19##
4o+#+D{8?
4Gpp00D{9=
4gpp0#D{7:
49(p#{25)D{6:
4-ppN##_N##_####
4-pp1_N##_N##_####
4-ppP## ### ###
4-pp1N#_####_####
4-pp##_9####_####
4-pp8_###_###_##_##";

#[cfg(test)]
mod tests {
    use super::*;

    /// Else it would never fit, or be decided as nothing.
    #[test]
    fn every_rule_is_written_as_it_is_read() {
        let rules: Vec<&str> = [ADDRESSES, NUMBERS, PLACES].into_iter().flat_map(str::lines).collect();
        assert!(rules.len() > 50);
        for rule in rules {
            let [decision, _, _, _, shape @ ..] = rule.as_bytes() else { panic!("{rule}") };
            assert!((b'1'..=b':').contains(decision) && shape.len() > 2, "{rule}");
            for part in shape.split(|byte| *byte == b'{').skip(1) {
                assert!(part.len() > 1 && part[0] <= part[1] && part[1] <= b'~', "{rule}");
            }
        }
    }
}
