//! The token that a record is sent with.

use super::Route;
use super::route::profile_id;
use crate::interaction::{Instant, Value, number};

/// A short-lived bearer token. Lives in memory only: never stored, never logged, in no event and no error.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What goes behind `Authorization: Bearer `.
    pub text: Box<str>,
    /// The profile that it opens, a UUID in lower case: its claim `pid`; on a route that names a profile, that one.
    pub profile: Box<str>,
    expires: Option<Instant>,
}

impl Token {
    /// Reads what a token source answered: a text, or an object with `token` and perhaps `exp` (Unix seconds), perhaps both
    /// within `data` as Omneo's own answer has it. `claims` are those of the JSON Web Token in it (RFC 7519). Its signature is for
    /// the receiver to check; here they only say whose it is.
    ///
    /// `Ok(None)` means that nobody is signed in: `null`, an empty text, or an object whose token is one of those, and Omneo's
    /// anonymous token, whose `pid` is the text `null`.
    ///
    /// # Errors
    /// Anything else, which is no token; a token that does not say whose it is, where the route leaves that to the token; and one
    /// that is of another profile than the route.
    pub fn read(answer: &Value, claims: &Value, route: &Route) -> Result<Option<Token>, NoToken> {
        let answer = answer.get("data").unwrap_or(answer);
        let token = answer.get("token").unwrap_or(answer);
        if token.is_null() || token.is("") {
            return Ok(None);
        }
        let text = token.text().filter(|text| is_bearer_token(text)).ok_or(NoToken::None)?;
        let pid = claims.get("pid");
        if pid.is_some_and(|pid| pid.is("null")) {
            return Ok(None);
        }
        let named = pid.and_then(Value::text).and_then(profile_id);
        let profile = match route {
            Route::Profile(own) if pid.is_none() || named.as_ref() == Some(own) => own.clone(),
            Route::Profile(_) => return Err(NoToken::OtherProfile),
            Route::Me | Route::Relay => named.ok_or(NoToken::NoProfile)?,
        };
        let expires = answer.get("exp").or(claims.get("exp")).and_then(unix_seconds);
        Ok(Some(Token { text: text.into(), profile, expires }))
    }

    /// The token as received at `now`. One that has ended already on this clock is believed until it is refused: a source hands
    /// out good tokens, and a visitor's clock may be wrong.
    #[must_use]
    pub fn trusted_from(self, now: Instant) -> Token {
        let expires = self.expires.filter(|_| self.is_good(now));
        Token { expires, ..self }
    }

    /// Whether it will be accepted for a while yet; one that names no end is good until it is refused.
    pub fn is_good(&self, now: Instant) -> bool {
        self.expires.is_none_or(|expires| now.0 < expires.0 - MARGIN_MS)
    }
}

// So that no stray `{:?}` can ever print one.
impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why the answer of a token source is neither a token to send with nor "nobody is signed in".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoToken {
    /// There is none in it.
    None,
    /// Its claim `pid` is missing, or no UUID: nobody could tell whose records it may carry.
    NoProfile,
    /// Its claim `pid` is another profile than the route's.
    OtherProfile,
}

impl NoToken {
    /// The same as a sentence for the site's developer, without anything of the token.
    pub fn reason(self) -> &'static str {
        match self {
            NoToken::None => "its answer has none",
            NoToken::NoProfile => "the claim `pid` of its token is missing, or no UUID",
            NoToken::OtherProfile => "the claim `pid` of its token is another profile than the route's",
        }
    }
}

/// The token in what a source answered, whose claims [`Token::read`] asks for.
pub fn token_in(answer: &Value) -> Option<&str> {
    let answer = answer.get("data").unwrap_or(answer);
    answer.get("token").unwrap_or(answer).text()
}

// RFC 6750, section 2.1: what a bearer token is made of. Anything else would break the header.
fn is_bearer_token(text: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=');
    text.len() <= MAX_BYTES && text.bytes().all(fits)
}

fn unix_seconds(value: &Value) -> Option<Instant> {
    let seconds = value.number().and_then(number::whole).filter(|seconds| (0..MAX_SECONDS).contains(seconds))?;
    Some(Instant(seconds * 1_000))
}

/// After the year 5138 no token ends.
const MAX_SECONDS: i64 = 100_000_000_000;

/// The longest token: servers take no longer headers than 8 to 16 KiB.
const MAX_BYTES: usize = 16 << 10;

/// A token is renewed this long before its end, so that none runs out under way.
const MARGIN_MS: i64 = 30_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::json;
    use proptest::prelude::*;

    const PID: &str = "97e9c263-0f79-4e73-b734-bb19fb453d5d";
    const JWT: &str = "e30.claims.c2lnbmF0dXJl";

    fn read(answer: &str, claims: &str) -> Result<Option<Token>, NoToken> {
        Token::read(&json(answer), &json(claims), &Route::Me)
    }

    fn claims() -> String {
        format!(r#"{{"pid":"{PID}","exp":1764000000}}"#)
    }

    #[test]
    fn an_id_token_says_whose_it_is_and_until_when() {
        let token = read(&format!("\"{JWT}\""), &claims()).unwrap().unwrap();
        assert_eq!(&*token.profile, PID);
        assert!(token.is_good(Instant(1_763_999_969_999)));
        assert!(!token.is_good(Instant(1_763_999_970_000)), "renewed half a minute before its end");
    }

    #[test]
    fn an_end_beside_the_token_counts_before_its_claim() {
        for answer in [
            format!(r#"{{"token":"{JWT}","exp":1800000000}}"#),
            format!(r#"{{"data":{{"token":"{JWT}","exp":"1800000000"}}}}"#),
        ] {
            assert_eq!(token_in(&json(&answer)), Some(JWT));
            assert!(read(&answer, &claims()).unwrap().unwrap().is_good(Instant(1_790_000_000_000)));
        }
    }

    #[test]
    fn a_token_without_an_end_is_good_until_it_is_refused() {
        let token = read(&format!("\"{JWT}\""), &format!(r#"{{"pid":"{PID}"}}"#)).unwrap().unwrap();
        assert!(token.is_good(Instant(i64::MAX)));
    }

    #[test]
    fn a_token_that_does_not_say_whose_it_is_carries_nothing() {
        let answer = format!("\"{JWT}\"");
        for claims in ["{}", r#"{"pid":7}"#, r#"{"pid":""}"#, r#"{"pid":"ada"}"#, r#"{"pid":null}"#, "null", "[]"] {
            assert_eq!(read(&answer, claims), Err(NoToken::NoProfile), "{claims}");
        }
        let shouted = read(&answer, &format!(r#"{{"pid":"{}"}}"#, PID.to_uppercase()));
        assert_eq!(&*shouted.unwrap().unwrap().profile, PID, "the case of a UUID is no difference");
    }

    #[test]
    fn a_route_that_names_a_profile_takes_no_other_s_token() {
        let route = Route::Profile(PID.into());
        let read =
            |claims: &str| Token::read(&"opaque".into(), &json(claims), &route).map(|token| token.unwrap().profile);
        assert_eq!(read("null").as_deref(), Ok(PID));
        assert_eq!(read(&claims()).as_deref(), Ok(PID));
        for pid in ["97e9c263-0f79-4e73-b734-bb19fb453d5e", "ada"] {
            assert_eq!(read(&format!(r#"{{"pid":"{pid}"}}"#)), Err(NoToken::OtherProfile), "{pid}");
        }
    }

    #[test]
    fn nobody_signed_in_is_no_mistake() {
        for answer in ["null", "\"\"", "{\"token\":null}", "{\"data\":{\"token\":\"\"}}"] {
            assert_eq!(read(answer, "null"), Ok(None), "{answer}");
        }
        assert_eq!(read(&format!("\"{JWT}\""), r#"{"pid":"null"}"#), Ok(None), "Omneo's anonymous token");
    }

    #[test]
    fn rubbish_is_no_token() {
        for answer in [
            "7",
            "true",
            "[]",
            "{}",
            "{\"error\":\"x\"}",
            "\"two words\"",
            "\"line\\nbreak\"",
            "\"<html>\"",
            "{\"token\":7}",
        ] {
            assert_eq!(read(answer, &claims()), Err(NoToken::None), "{answer}");
        }
        let long = |bytes: usize| Token::read(&"a".repeat(bytes).into(), &Value::Null, &Route::Me);
        assert_eq!(long(MAX_BYTES), Err(NoToken::NoProfile));
        assert_eq!(long(MAX_BYTES + 1), Err(NoToken::None), "too long for a header");
    }

    #[test]
    fn a_token_is_never_printed() {
        assert_eq!(format!("{:?}", read(&format!("\"{JWT}\""), &claims()).unwrap().unwrap()), "Token(…)");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A-Za-z0-9._=-]{0,80}", claims in crate::interaction::any_json()) {
            let _ = Token::read(&text.into(), &json(&claims.to_string()), &Route::Me);
        }
    }
}
