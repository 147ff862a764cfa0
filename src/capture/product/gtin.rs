//! The numbers of trade items: GTIN-8, -12, -13 and -14, and ISBN.

/// Whether that is such a number, by its length and its check digit: much else is written where one should be.
pub(super) fn is_gtin(text: &str) -> bool {
    // The sum of the digits, of those at every other place, and of each so often as its place says; from the end.
    let (mut all, mut even, mut by_place, mut places) = (0, 0, 0, 0);
    for byte in text.bytes().rev().filter(|byte| !matches!(byte, b'-' | b' ')) {
        places += 1;
        let digit = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            // The check digit of an ISBN of before 2007.
            b'X' if places == 1 => 10,
            _ => return false,
        };
        all += digit;
        even += if places % 2 == 0 { digit } else { 0 };
        by_place += digit * places;
    }
    match places {
        // https://www.gs1.org/services/how-calculate-check-digit-manually
        8 | 12 | 13 | 14 => all > 0 && !text.ends_with('X') && (all + 2 * even) % 10 == 0,
        10 => all > 0 && by_place % 11 == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_gtin;

    #[test]
    fn what_has_a_right_check_digit_is_one() {
        for right in [
            "96385074",
            "036000291452",
            "4006381333931",
            "9300605123458",
            "10012345678902",
            "978-0-441-01359-3",
            "0441013597",
            "097522980X",
            "9780441013593",
        ] {
            assert!(is_gtin(right), "{right}");
        }
    }

    #[test]
    fn what_has_none_is_not() {
        for wrong in [
            "",
            "RecipeJ_2",
            "N/A",
            "12345",
            "96385075",
            "036000291453",
            "4006381333932",
            "98765432100000",
            "0441013598",
            "X441013597",
            "00000000",
            "0000000000000",
            "400638133393X",
            "40063813339310000",
        ] {
            assert!(!is_gtin(wrong), "{wrong}");
        }
    }
}
