//! Classes of characters, each by a letter.

/// Whether a character is of that class: `#` a digit, `N` one from 2 on, `P` from 5 on; `A` a letter, `V` a small and `U` a capital one;
/// `X` a letter or digit, `F` a hexadecimal digit, `I` the same or a colon; `W` what words have in any script, `G` what names have; `L` what
/// stands before the sign of an e-mail address, `M` the same without `_`, `H` what a host has, `K` the same and `_`, `O` what the
/// name of a user has, `Q` what may be quoted; `T` what a token has; `S` a sign, `~` a space or hyphen, `Y` an underscore, `_` what parts
/// digits, `Z` the same without a slash, `C` what parts coordinates. Every other is itself, in small letters or
/// capital ones.
pub(super) fn is_of(byte: u8, class: u8) -> bool {
    let is_among = |bytes: &[u8]| bytes.contains(&byte);
    let is_plain = byte.is_ascii_alphanumeric();
    match class {
        b'#' => byte.is_ascii_digit(),
        b'N' => matches!(byte, b'2'..=b'9'),
        b'P' => matches!(byte, b'5'..=b'9'),
        b'A' => byte.is_ascii_alphabetic(),
        b'V' => byte.is_ascii_lowercase(),
        b'U' => byte.is_ascii_uppercase(),
        b'X' => is_plain,
        b'F' => byte.is_ascii_hexdigit(),
        b'I' => byte == b':' || byte.is_ascii_hexdigit(),
        b'W' => is_plain || byte >= 0x80,
        b'G' => is_plain || byte >= 0x80 || is_among(b" +.'-"),
        b'L' => is_plain || byte >= 0x80 || is_among(b"!$%'*+-.^_`{|}~"),
        b'M' => is_plain || is_among(b".-+"),
        b'H' => is_plain || byte >= 0x80 || is_among(b".-"),
        b'K' => is_plain || byte >= 0x80 || is_among(b".-_"),
        b'O' => is_plain || is_among(b"._"),
        b'Y' => byte == b'_',
        b'Q' => byte >= b' ' && byte != b'"',
        b'T' => is_plain || is_among(b"-_.+"),
        b'S' => is_among(b"+-"),
        b'~' => is_among(b" -"),
        b'_' => is_among(b" -.+_()/"),
        b'Z' => is_among(b" -.+_()"),
        b'C' => is_among(b",;/ "),
        other => byte == other || other.is_ascii_lowercase() && byte | 32 == other,
    }
}
