//! Where a page or a product lies.

use super::any;
use crate::privacy::{cut, path};

/// The path of an address, in small letters, without percent-encoding and without a slash behind: so the same path is the same.
#[inline(never)]
pub(super) fn place(address: &str) -> Vec<u8> {
    let path = path(cut(address, '#').0);
    let mut bytes = Vec::new();
    for byte in path.strip_suffix('/').unwrap_or(path).bytes() {
        bytes.push(byte.to_ascii_lowercase());
        let digit = |byte: u8| char::from(byte).to_digit(16);
        if let [.., b'%', high, low] = bytes[..]
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            bytes.truncate(bytes.len() - 3);
            bytes.push(((high << 4 | low) as u8).to_ascii_lowercase());
        }
    }
    bytes
}

/// Whether both are the same but for the number or code at their end: `/shirt-1001` and `/shirt-1002`.
pub(super) fn is_variant_of(one: &[u8], other: &[u8]) -> bool {
    stem(one).is_some_and(|stem_of_one| Some(stem_of_one) == stem(other))
}

// What stands before a last word that has a digit in it.
fn stem(place: &[u8]) -> Option<&[u8]> {
    let end = place.iter().rposition(|byte| matches!(byte, b'-' | b'_'))?;
    let code = &place[end..];
    let is_code = code.iter().any(u8::is_ascii_digit) && !code.contains(&b'/');
    Some(&place[..end]).filter(|stem| is_code && !stem.ends_with(b"/"))
}

/// Whether a page is there for what customers do, whichever products stand on it: a cart, an account, a search.
pub(super) fn is_for_customers(place: &[u8]) -> bool {
    let mut parts = place.split(|byte| matches!(byte, b'/' | b'.'));
    parts.any(|part| any(FOR_CUSTOMERS, &mut |one| one.as_bytes() == part))
}

const FOR_CUSTOMERS: &str = "login|signin|log-in|sign-in|register|account|my-account|cart|basket|checkout|orders|wishlist|search|contact\
    |contact-us|about|about-us|faq|warenkorb|panier|carrito|carrello";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_path_is_the_same_place() {
        for same in
            ["https://shop.example/p/café", "/p/caf%C3%A9/", "/P/Caf%c3%a9?x=1#y", "https://other.example/p/caf%C3%A9"]
        {
            assert_eq!(place(same), "/p/café".as_bytes(), "{same}");
        }
        for (address, wanted) in [
            ("https://shop.example", ""),
            ("https://shop.example/", ""),
            ("/%", "/%"),
            ("/%zz", "/%zz"),
            ("/%4C", "/l"),
        ] {
            assert_eq!(place(address), wanted.as_bytes(), "{address}");
        }
    }

    #[test]
    fn variants_differ_by_the_code_at_their_end() {
        assert!(is_variant_of(b"/new/check-shirt-f4wf6055gp.html", b"/new/check-shirt-5010000000001.html"));
        for (one, other) in [
            ("/p/4711", "/p/4712"),
            ("/shirt-red", "/shirt-blue"),
            ("/shirt-1", "/coat-1"),
            ("/a-1/shirt", "/a-2/shirt"),
            ("/p/-1", "/p/-2"),
            ("", ""),
        ] {
            assert!(!is_variant_of(one.as_bytes(), other.as_bytes()), "{one} {other}");
        }
    }

    #[test]
    fn what_customers_do_has_pages_of_its_own() {
        for page in ["/cart", "/en/account/login", "/checkout/shipping", "/search", "/login.php"] {
            assert!(is_for_customers(page.as_bytes()), "{page}");
        }
        for page in ["", "/", "/p/cart-for-gardens", "/order-book", "/products/basketball", "/p/research"] {
            assert!(!is_for_customers(page.as_bytes()), "{page}");
        }
    }
}
