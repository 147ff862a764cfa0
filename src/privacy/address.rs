//! What is struck from an address before it is kept.

use super::scrub;

/// The address without its fragment, without credentials, with only those query parameters that `keeps` says so of, and with
/// what looks personal struck out of all but its origin.
///
/// Works on the text (RFC 3986, section 3), so that it also cleans relative and malformed addresses.
pub(super) fn clean(address: &str, keeps: impl Fn(&str) -> bool) -> String {
    let (address, _fragment) = cut(address, b'#');
    let (path, query) = cut(address, b'?');
    let [scheme, slashes, host, path] = parts(path);
    let mut kept = path.to_owned();
    let mut before = '?';
    let mut rest = query;
    while !rest.is_empty() {
        let (parameter, after) = cut(rest, b'&');
        let (name, _value) = cut(parameter, b'=');
        if keeps(name) {
            kept.push(before);
            kept.push_str(parameter);
            before = '&';
        }
        rest = after;
    }
    // A host is the site's own, and one of numbers is no phone. What stands where the scheme should may be anything.
    [scrub(scheme).as_str(), slashes, host, &scrub(&kept)].concat()
}

/// Scheme, slashes, host without credentials, and path; all of it is path where there is no host.
fn parts(address: &str) -> [&str; 4] {
    let (scheme, rest) = cut(address, b'/');
    if let Some(rest) = rest.strip_prefix('/') {
        let (authority, _path) = cut(rest, b'/');
        let host = authority.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at + 1);
        return [scheme, "//", &authority[host..], &rest[authority.len()..]];
    }
    ["", "", "", address]
}

/// The path of a cleaned address, without origin and query.
pub(crate) fn path(address: &str) -> &str {
    parts(cut(address, b'?').0)[3]
}

/// What stands before the first `separator`, and what behind it: everything and nothing where there is none.
// `split_once` would do the same and carry the standard library's pattern searchers into the module.
#[inline(never)]
pub(crate) fn cut(text: &str, separator: u8) -> (&str, &str) {
    match text.bytes().position(|byte| byte == separator) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_path_and_the_parameters_that_are_named() {
        let keeps = |name: &str| matches!(name, "page" | "q");
        for (address, cleaned) in [
            ("https://shop.example/a/b?page=2&utm_source=x&q=#top", "https://shop.example/a/b?page=2&q="),
            ("https://ada:secret@shop.example/?email=ada@example.com", "https://shop.example/"),
            ("/path#fragment?page=2", "/path"),
            ("https://shop.example", "https://shop.example"),
            ("//ada@shop.example/x@y", "//shop.example/x@y"),
            ("?pages=1&page", "?page"),
            (
                "https://192.168.100.200:8080/u/ada%40example.com?q=%2B61412345678",
                "https://192.168.100.200:8080/u/(mail)?q=(phone)",
            ),
            ("ada@example.com//x", "(mail)//x"),
            ("https://ada@/x", "https:///x"),
            ("", ""),
        ] {
            assert_eq!(clean(address, keeps), cleaned);
        }
    }

    proptest! {
        #[test]
        fn no_fragment_and_no_unknown_parameter_survives(address in any::<String>()) {
            let cleaned = clean(&address, |_| false);
            prop_assert!(!cleaned.contains('#') && !cleaned.contains('?'));
            prop_assert_eq!(clean(&cleaned, |_| false), cleaned);
        }
    }
}
