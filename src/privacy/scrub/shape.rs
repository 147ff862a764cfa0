//! Numbers of documents and accounts that are known without a word: by their written form, or by a check that lets one in a
//! hundred pass at most.

use super::units::{ID, Units, is_alphanumeric, is_digit, is_one_of};
use super::word;

pub(super) fn strike(units: &mut Units) {
    for at in 0..units.len() {
        let before = units.before(at);
        let is_start = is_alphanumeric(units.byte(at))
            && !is_alphanumeric(before)
            && !(is_one_of(before, b"-._") && is_alphanumeric(units.before(at - 1)));
        // Each has a digit among its first seven characters.
        if !is_start || !(at..at + 7).any(|at| is_digit(units.byte(at))) {
            continue;
        }
        let is_product = || word::before(units, at) == Some(word::PRODUCT);
        if let Some(end) = iban(units, at).or_else(|| known(units, at).filter(|_| !is_product())) {
            units.decide(at, end, ID);
        }
    }
}

fn known(units: &Units, at: usize) -> Option<usize> {
    SHAPES.split('|').find_map(|shape| {
        let (check, shape) = shape.split_at(1);
        let end = matched(units, at, shape.as_bytes())?;
        passes(check, &Characters::of(units, at, end)).then_some(end)
    })
}

// Where the shape ends that begins there: `#` is a digit, `A` a letter, `X` either, `~` a space or hyphen, the others themselves.
fn matched(units: &Units, mut at: usize, shape: &[u8]) -> Option<usize> {
    for wanted in shape {
        let byte = units.byte(at);
        let is_it = match wanted {
            b'#' => is_digit(byte),
            b'A' => byte.is_ascii_alphabetic(),
            b'X' => is_alphanumeric(byte),
            b'~' => is_one_of(byte, b" -"),
            other => byte == *other,
        };
        if !is_it {
            return None;
        }
        at += 1;
    }
    let goes_on = is_one_of(units.byte(at), b"-._/") && is_digit(units.byte(at + 1));
    (!is_alphanumeric(units.byte(at)) && !goes_on).then_some(at)
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

    /// Whether two and two of them are a month and a day, the one before the other as `is_day_first` says.
    fn has_day(&self, month: usize, day: usize) -> bool {
        (1..=12).contains(&self.number(month, month + 2)) && (1..=31).contains(&self.number(day, day + 2))
    }

    fn sum(&self, weights: &[u8]) -> u32 {
        self.0.iter().zip(weights).map(|(digit, weight)| digit * u32::from(weight - b'0')).sum()
    }

    /// Their remainder modulo 97, a letter as two digits (ISO/IEC 7064).
    fn modulo_97(&self) -> u32 {
        self.0.iter().fold(0, |rest, digit| (rest * if *digit > 9 { 100 } else { 10 } + digit) % 97)
    }

    fn luhn(&self) -> u32 {
        let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
        self.0.iter().rev().enumerate().map(|(place, digit)| if place % 2 > 0 { doubled(*digit) } else { *digit }).sum()
    }
}

fn passes(check: &str, own: &Characters) -> bool {
    let is_year = |from: usize| matches!(own.number(from, from + 2), 19 | 20);
    match check {
        // South Africa, Romania, the countries that were Yugoslavia: a birthday and a check digit. A GTIN stays.
        "b" => {
            let ean = own.sum(b"1313131313131").is_multiple_of(10);
            let africa = own.has_day(2, 4) && own.0[10] < 2 && own.luhn().is_multiple_of(10);
            let romania =
                (1..9).contains(&own.0[0]) && own.has_day(3, 5) && own.sum(b"279146358279") % 11 % 10 == own.0[12];
            let south = own.has_day(2, 0)
                && matches!(own.0[4], 0 | 9)
                && (11 - own.sum(b"765432765432") % 11) % 11 == own.0[12];
            !ean && (africa || romania || south)
        }
        // A pair of digits for the year, then the month and the day.
        "d" => own.has_day(2, 4) || own.has_day(2, 0),
        // The same; women's months begin with 50, and some with 20 or 70.
        "c" => (1..=31).contains(&own.number(4, 6)) && (1..=12).contains(&(own.number(2, 4) % 50 % 20)),
        // China (GB 11643), and its month and day.
        "h" => {
            let sum = own.sum(b"79:584216379:5842");
            let last = [1, 0, 33, 9, 8, 7, 6, 5, 4, 3, 2][(sum % 11) as usize];
            is_year(6) && own.has_day(10, 12) && own.0[17] == last
        }
        // France, with its key.
        "f" => {
            let month = own.number(3, 5);
            let rest = own.0[..13].iter().fold(0, |rest, digit| (rest * 10 + digit) % 97);
            matches!(own.0[0], 1 | 2) && month > 0 && month < 43 && 97 - rest == own.number(13, 15)
        }
        // Switzerland.
        "s" => own.sum(b"1313131313131").is_multiple_of(10),
        // The United States have given none of these.
        "u" => !matches!(own.number(0, 3), 0 | 666 | 900..),
        // New Zealand.
        "n" => (own.sum(b"2765432") + own.0[7]).is_multiple_of(11),
        // Twelve digits in fours: Japan, India.
        "i" => is_verhoeff(&own.0) || is_my_number(own),
        // Chile.
        "r" => {
            let last = (11 - own.sum(b"32765432") % 11) % 11;
            own.0[8] == if last == 10 { 20 } else { last }
        }
        _ => true,
    }
}

fn is_my_number(own: &Characters) -> bool {
    let rest = own.sum(b"65432765432") % 11;
    own.0[11] == if rest < 2 { 0 } else { 11 - rest } && own.number(0, 2) != 19 && own.number(0, 2) != 20
}

// Verhoeff, 1969: the group of a pentagon's symmetries, and a permutation at each place.
fn is_verhoeff(digits: &[u32]) -> bool {
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |digit: u32, times: usize| {
        (0..times % 8).fold(digit, |digit, _| [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit as usize])
    };
    let digits = digits.iter().rev().enumerate();
    digits.fold(0, |all, (place, digit)| product(all, permuted(*digit, place))) == 0
}

// An account's number as it is written in any country of the list (ISO 13616).
fn iban(units: &Units, at: usize) -> Option<usize> {
    let country = [units.byte(at), units.byte(at + 1)].map(|byte| byte.to_ascii_uppercase());
    let entry = IBANS.as_bytes().chunks_exact(3).find(|entry| entry[..2] == country)?;
    let length = usize::from(entry[2] - b'A') + SHORTEST_IBAN;
    let (mut end, mut count) = (at, 0);
    while count < length {
        if is_alphanumeric(units.byte(end)) {
            count += 1;
        } else if !is_one_of(units.byte(end), b" -+") || !is_alphanumeric(units.before(end)) {
            return None;
        }
        end += 1;
    }
    let mut own = Characters::of(units, at, end);
    own.0.rotate_left(4);
    (own.modulo_97() == 1 && !is_alphanumeric(units.byte(end))).then_some(end)
}

/// The check of each, and how it is written: the United Kingdom, the United States, Brazil, Chile, Denmark and Sweden, Finland,
/// Belgium, Russia, Argentina, Malaysia, Hong Kong, Switzerland, Korea, Czechia and Slovakia, France, Germany, India and Japan,
/// New Zealand; then in one piece, Italy, Mexico, China, France, Switzerland, and those with a birthday.
const SHAPES: &str = "-AA~##~##~##~A|u###-##-####|-###.###.###-##|-##.###.###/####-##|r##.###.###-X|d######-####|d######-###A|d######+###A\
|d######A###A|-##.##.##-###.##|-###-###-###~##|-##-########-#|d######-##-####|-A######(#)|s756.####.####.##|d######-#######|c######/####\
|f#~##~##~##~###~###~##|-##~######~A~###|i####~####~####|n##-###-###|-AAAAAA##A##A###A|-AAAA######AAAAAAX#|h#################X\
|f###############|s756##########|b#############";

/// The countries' codes, and how long theirs are: A is 15.
const IBANS: &str = "ADJAEIALNATFAZNBAFBEBBGHBHHBROCHGCRHCYNCZJDEHDKDDONEEFEGOESJFIDFODFRMGBHGEHGIIGLDGRMGTNHRGHUNIEHILIISLITMJOPKWPKZF\
LBNLIGLTFLUFLVGMCMMDJMEHMKEMTQMUPNLDNOAPKJPLNPSOPTKQAOROJRSHSAJSEJSIESKJSMMTNJTRLUAOVAHVGJXKF";
const SHORTEST_IBAN: usize = 15;
