//! Patterns of paths and names.

/// Whether the whole text is what the pattern says, in which `*` stands for anything, also nothing. At most as many steps as
/// the product of both lengths.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut reached) = (0, 0);
    // Where the last star stands, and how much of the text it has taken.
    let mut star = None;
    while reached < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, reached));
            at += 1;
        } else if pattern.get(at) == text.get(reached) {
            at += 1;
            reached += 1;
        } else if let Some((stands, taken)) = star {
            star = Some((stands, taken + 1));
            at = stands + 1;
            reached = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::matches;
    use proptest::prelude::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, wanted) in [
            ("/products/*", "/products/dress", true),
            ("/products/*", "/products/", true),
            ("/products/*", "/products", false),
            ("*/reviews", "/products/dress/reviews", true),
            ("*/reviews", "/products/reviews/1", false),
            ("/a*b*c", "/axbxbc", true),
            ("/a*b*c", "/axbxb", false),
            ("*", "", true),
            ("", "", true),
            ("", "/", false),
            ("/exact", "/exact", true),
            ("/exact", "/exactly", false),
            ("**", "/é", true),
        ] {
            assert_eq!(matches(pattern, text), wanted, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_definition_says(pattern in "[ab*]{0,7}", text in "[ab*]{0,7}") {
            fn defined(pattern: &[u8], text: &[u8]) -> bool {
                match pattern {
                    [] => text.is_empty(),
                    [b'*', rest @ ..] => (0..=text.len()).any(|from| defined(rest, &text[from..])),
                    [byte, rest @ ..] => text.first() == Some(byte) && defined(rest, &text[1..]),
                }
            }
            prop_assert_eq!(matches(&pattern, &text), defined(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
