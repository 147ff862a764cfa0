//! What a field is called, in 24 languages: the twelve that most of the web is written in, and those of the countries where shops use
//! the tracker.
//!
//! A sign is taken apart into words in small letters without accents, and without the words that say nothing, such as "your" and
//! "number": what is left of "Card number *" is "card", and of "Gift card number" "gift card". So a word counts where it stands as a
//! word, and one of many meanings only where nothing else stands with it.

use std::borrow::Cow;

/// The words themselves: lines of `field-words.txt`. The first has what says nothing of its own; each other, behind `!` for what is never
/// kept and `?` for what is personal, what a thing is called in a refusal, and the words for it. In the words, a space is the edge of a
/// word, and `=` that of a clause: between two of them stands what counts only where it is all that a sign says, or a clause of it.
///
/// In the module that npm ships they are a file of their own, which is downloaded where a policy keeps fields at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Option<Cow<'static, str>>);

impl Words {
    /// Those that were downloaded; `None` where they could not be.
    pub fn given(text: Option<String>) -> Words {
        Words(text.map(Cow::Owned))
    }

    /// Whether there are any.
    pub(super) fn are_known(&self) -> bool {
        self.0.is_some()
    }

    /// The words of a field's signs, each between spaces, and each clause between `=`.
    pub(super) fn folded(&self, signs: [&str; 3]) -> String {
        let fillers = self.lines().next().unwrap_or_default();
        let mut folded = String::from("=");
        for sign in signs {
            fold(sign, fillers, &mut folded);
        }
        folded
    }

    /// What folded signs mean, where a word of that sort is among them, and the word.
    pub(super) fn meaning(&self, sort: char, folded: &str) -> Option<(&str, &str)> {
        self.lines().filter_map(|line| line.strip_prefix(sort)).find_map(|line| {
            let mut words = line.split('|');
            let what = words.next()?;
            words.find(|word| has_part(folded.as_bytes(), word.as_bytes())).map(|word| (what, word))
        })
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.as_deref().unwrap_or_default().split('\n')
    }
}

impl Default for Words {
    /// Those that are built in.
    fn default() -> Words {
        Words(BUILT_IN.map(Cow::Borrowed))
    }
}

// As it is, and without what says nothing.
fn fold(text: &str, fillers: &str, out: &mut String) {
    let (mut word, mut all, mut core) = (String::new(), String::new(), String::new());
    let mut before = ' ';
    for c in text.chars().filter(|c| !is_ignored(*c)).take(MOST_READ).chain(['\n']) {
        let is_part = c > '\u{a0}' && !is_sign(c) || c.is_ascii_alphanumeric();
        let is_new = before.is_ascii_lowercase() && c.is_ascii_uppercase()
            || before.is_ascii_alphanumeric()
                && c.is_ascii_alphanumeric()
                && before.is_ascii_digit() != c.is_ascii_digit();
        if !is_part || is_new {
            end_word(&word, fillers, &mut all, &mut core);
            word.clear();
        }
        if is_part {
            word.push(small(c));
        } else if !matches!(c, ' ' | '_' | '-' | '\'' | '’' | '&' | '$' | '+' | '\u{a0}' | '\u{3000}') {
            // "City/Town" is two things, "MM/YY" one.
            if c != '/' {
                end_clause(&mut all, out);
            }
            end_clause(&mut core, out);
        }
        before = if is_part { c } else { ' ' };
    }
}

// Digits alone say nothing, and Arabic has its article before the word.
fn end_word(word: &str, fillers: &str, all: &mut String, core: &mut String) {
    let own = word.strip_prefix("ال").filter(|own| own.len() > 5).unwrap_or(word);
    if own.is_empty() || own.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let spaced = [" ", own, " "].concat();
    all.push_str(&spaced[..=own.len()]);
    if !has_part(fillers.as_bytes(), spaced.as_bytes()) {
        core.push_str(&spaced[..=own.len()]);
    }
}

fn end_clause(clause: &mut String, out: &mut String) {
    if !clause.is_empty() {
        out.push_str(clause);
        out.push_str(" =");
        clause.clear();
    }
}

// Most parts differ in the first byte already.
pub(super) fn has_part(signs: &[u8], word: &[u8]) -> bool {
    signs.windows(word.len()).any(|part| part[0] == word[0] && part == word)
}

/// The small letter without its accent, in the alphabets of the words below.
fn small(c: char) -> char {
    let code = c as u32;
    let plain = |code: u32| char::from_u32(code).unwrap_or(c);
    match c {
        'A'..='Z' | 'А'..='Я' | 'Α'..='Ω' => plain(code + 32),
        'À'..='ſ' => char::from(PLAIN.as_bytes()[(code - 0xc0) as usize]),
        'Ѐ'..='Џ' => plain(if c == 'Ё' { 'е' as u32 } else { code + 80 }),
        'ё' => 'е',
        'Ґ' | 'ґ' => 'г',
        'Ș' | 'ș' => 's',
        'Ț' | 'ț' => 't',
        'Ά' | 'ά' => 'α',
        'Έ' | 'έ' => 'ε',
        'Ή' | 'ή' => 'η',
        'Ί' | 'ί' | 'ϊ' => 'ι',
        'Ό' | 'ό' => 'ο',
        'Ύ' | 'ύ' => 'υ',
        'Ώ' | 'ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        _ => c,
    }
}

// Soft hyphens, what has no width, accents and vowels written apart.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{591}'..='\u{5c7}')
}

// What ends a clause, or a word, beyond ASCII.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '×' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '・' | '،' | '؛' | '؟')
        || matches!(c, '！'..='／' | '：'..='＠')
}

/// How much of a text is read, in characters: a label may hold the terms of a contract.
const MOST_READ: usize = 5_000;

/// The letters from U+00C0 to U+017F.
const PLAIN: &str = "aaaaaaaceeeeiiiidnoooooxouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln\
nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

const BUILT_IN: Option<&str> =
    if cfg!(all(target_arch = "wasm32", feature = "module")) { None } else { Some(include_str!("field-words.txt")) };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_letters() {
        assert_eq!(PLAIN.len(), 0x180 - 0xc0);
        for (c, wanted) in [
            ('É', 'e'),
            ('ß', 's'),
            ('ñ', 'n'),
            ('ł', 'l'),
            ('Ş', 's'),
            ('ž', 'z'),
            ('ő', 'o'),
            ('İ', 'i'),
            ('ű', 'u'),
            ('č', 'c'),
            ('ğ', 'g'),
            ('ę', 'e'),
            ('ř', 'r'),
            ('ť', 't'),
        ] {
            assert_eq!(small(c), wanted, "{c}");
        }
    }

    /// Else it would never be found.
    #[test]
    fn every_word_is_written_as_it_is_folded() {
        let words = Words::default();
        assert_eq!(words.lines().filter(|line| line.starts_with(['!', '?'])).count(), 8);
        for line in words.lines() {
            for word in line.split('|').skip(1) {
                let folded: String = word.chars().map(small).collect();
                assert_eq!(folded, word);
                assert!(!word.is_empty());
            }
        }
    }
}
