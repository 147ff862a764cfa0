//! What is struck from an address before it is kept.

use super::scrub;

/// The address without its fragment, without credentials, with only those query parameters that `keeps` says so of, and with
/// what looks personal struck out of all but its origin.
///
/// A fragment that is a route, as hash routers write it, stays: `#/path` or `#!/path`, with a query of its own that is treated
/// alike. `#/` alone is the route of the page itself.
///
/// Works on the text (RFC 3986, section 3), so that it also cleans relative and malformed addresses.
pub(super) fn clean(address: &str, keeps: &dyn Fn(&str) -> bool) -> String {
    let (address, fragment) = cut(address, '#');
    let (path, query) = cut(address, '?');
    let [scheme, slashes, host, path] = parts(path);
    let mut kept = path.to_owned();
    keep(&mut kept, query, keeps);
    let (route, query) = cut(cut(fragment, '#').0, '?');
    if route.strip_prefix('!').unwrap_or(route).starts_with('/') {
        let end = kept.len();
        kept.push('#');
        kept.push_str(route);
        keep(&mut kept, query, keeps);
        // `#/` and `#!/`
        if kept.len() <= end + 3 && kept.ends_with('/') {
            kept.truncate(end);
        }
    }
    // A host is the site's own, and one of numbers is no phone. What stands where the scheme should may be anything.
    [&scrub(scheme), slashes, host, &scrub(&kept)].concat()
}

// Appends those parameters of the query that are kept.
fn keep(kept: &mut String, query: &str, keeps: &dyn Fn(&str) -> bool) {
    let mut before = '?';
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        let (name, _value) = cut(parameter, '=');
        if keeps(name) {
            kept.push(before);
            kept.push_str(parameter);
            before = '&';
        }
    }
}

/// Scheme, slashes, host without credentials, and path; all of it is path where there is no host.
fn parts(address: &str) -> [&str; 4] {
    let (scheme, rest) = cut(address, '/');
    if let Some(rest) = rest.strip_prefix('/') {
        let (authority, _path) = cut(rest, '/');
        let host = authority.rsplit_once('@').map_or(authority, |(_credentials, host)| host);
        return [scheme, "//", host, &rest[authority.len()..]];
    }
    ["", "", "", address]
}

/// The path of an address without a fragment, without origin and query.
pub(crate) fn path(address: &str) -> &str {
    parts(cut(address, '?').0)[3]
}

/// The path of a cleaned address, with the route behind it where the fragment is one: `/#/stores`.
pub(super) fn path_and_route(address: &str) -> String {
    let (address, route) = cut(address, '#');
    let separator = if route.is_empty() { "" } else { "#" };
    [path(address), separator, cut(route, '?').0].concat()
}

/// What stands before the first `separator`, and what behind it: everything and nothing where there is none.
pub(crate) fn cut(text: &str, separator: char) -> (&str, &str) {
    // Separators are ASCII, and a byte of ASCII is a whole character wherever it stands.
    match text.bytes().position(|byte| char::from(byte) == separator) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, path_and_route};
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
            assert_eq!(clean(address, &keeps), cleaned);
        }
    }

    #[test]
    fn a_fragment_that_is_a_route_stays_and_is_cleaned_alike() {
        let keeps = |name: &str| name == "page";
        for (address, cleaned) in [
            ("https://shop.example/#/stores/1", "https://shop.example/#/stores/1"),
            ("https://shop.example/#!/stores", "https://shop.example/#!/stores"),
            ("https://shop.example/a?page=1&x=2#/b?y=3&page=4#top", "https://shop.example/a?page=1#/b?page=4"),
            ("https://shop.example/#/u/ada%40example.com", "https://shop.example/#/u/(mail)"),
            ("https://shop.example/#/callback?access_token=secret", "https://shop.example/#/callback"),
            ("/#/?page=2", "/#/?page=2"),
            ("/#/", "/"),
            ("/#!/?x=1", "/"),
            ("/#top", "/"),
            ("/#!top", "/"),
            ("/#access_token=secret", "/"),
            ("/#top#/a", "/"),
        ] {
            assert_eq!(clean(address, &keeps), cleaned);
        }
    }

    #[test]
    fn a_path_is_what_a_rule_may_ask_for() {
        for (address, own) in [
            ("https://shop.example/a/b?page=2", "/a/b"),
            ("https://shop.example/a?page=1#/b?page=4", "/a#/b"),
            ("https://shop.example/#!/b", "/#!/b"),
            ("https://shop.example", ""),
        ] {
            assert_eq!(path_and_route(address), own);
        }
    }

    proptest! {
        #[test]
        fn no_plain_fragment_and_no_unknown_parameter_survives(address in "(?s).*(#!?/)?.*([?#&=].*)?") {
            let cleaned = clean(&address, &|_| false);
            prop_assert!(!cleaned.contains('?'));
            if let Some((_, route)) = cleaned.split_once('#') {
                prop_assert!(route.starts_with('/') || route.starts_with("!/"));
            }
            prop_assert_eq!(clean(&cleaned, &|_| false), cleaned);
        }
    }
}
