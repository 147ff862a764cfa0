//! The token that a record is sent with.

use super::Route;
use super::route::profile_id;
use crate::afresh::Afresh;
use crate::interaction::Instant;
use crate::json::{Json, whole};
use crate::privacy::cut;

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
    /// within `data` as Omneo's own answer has it.
    ///
    /// `Ok(None)` means that nobody is signed in: `null`, an empty text, or an object whose token is one of those, and Omneo's
    /// anonymous token, whose `pid` is the text `null`.
    ///
    /// # Errors
    /// Anything else, which is no token; a token that does not say whose it is, where the route leaves that to the token; and one
    /// that is of another profile than the route.
    pub fn read(answer: Json<'_>, route: &Route) -> Result<Option<Token>, NoToken> {
        let answer = answer.field("data").unwrap_or(answer);
        let token = answer.field("token").unwrap_or(answer);
        if token.is_null() || token.is("") {
            return Ok(None);
        }
        // RFC 6750, section 2.1: what a bearer token is made of. Anything else would break the header.
        let fits =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=');
        let text = token.text().filter(|text| text.len() <= MAX_BYTES && text.bytes().all(fits)).ok_or(NoToken::None)?;
        let claims = claims(&text);
        let claims = Json::view(&claims);
        let pid = claims.field("pid");
        if pid.is_some_and(|pid| pid.is("null")) {
            return Ok(None);
        }
        let named = pid.and_then(Json::text).and_then(|pid| profile_id(&pid));
        let profile = match route {
            Route::Profile(own) if pid.is_none() || named.as_ref() == Some(own) => own.clone(),
            Route::Profile(_) => return Err(NoToken::OtherProfile),
            Route::Me | Route::Relay => named.ok_or(NoToken::NoProfile)?,
        };
        let expires = answer.field("exp").or(claims.field("exp")).and_then(unix_seconds);
        Ok(Some(Token { text, profile, expires }))
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

impl Afresh for Token {
    fn afresh(&mut self) {
        let Token { text, profile, expires: _ } = self;
        text.afresh();
        profile.afresh();
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

/// The claims of a JSON Web Token (RFC 7519), empty where it is none. Its signature is for the receiver to check; here they
/// only say whose it is.
fn claims(token: &str) -> Box<str> {
    base64url(cut(token, b'.').1)
}

/// RFC 4648, section 5, without padding, up to the first byte that is not of it. Each byte becomes one character, which is
/// right for ASCII: the claims looked at here are.
fn base64url(text: &str) -> Box<str> {
    let mut out = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(char::from((bits >> held) as u8));
        }
    }
    out.into()
}

fn unix_seconds(value: Json<'_>) -> Option<Instant> {
    whole(&value.text_or_number()?, 11).map(|seconds| Instant(seconds as i64 * 1_000))
}

/// The longest token: servers take no longer headers than 8 to 16 KiB.
const MAX_BYTES: usize = 16 << 10;

/// A token is renewed this long before its end, so that none runs out under way.
const MARGIN_MS: i64 = 30_000;

/// A JSON text: a token with those claims.
#[cfg(test)]
pub(crate) fn quoted_jwt(claims: &str) -> String {
    let mut encoded = String::new();
    for chunk in claims.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            let six = (bits >> (18 - 6 * at) & 63) as usize;
            encoded.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[six]));
        }
    }
    format!("\"e30.{encoded}.c2ln\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PID: &str = "97e9c263-0f79-4e73-b734-bb19fb453d5d";

    fn read(text: &str) -> Result<Option<Token>, NoToken> {
        Token::read(Json::parse(text).unwrap(), &Route::Me)
    }

    // {"alg":"HS256"} . {"pid":"97e9c263-0f79-4e73-b734-bb19fb453d5d","exp":1764000000}
    const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQiLCJleHAiOjE3NjQwMDAwMDB9.c2lnbmF0dXJl";

    #[test]
    fn an_id_token_says_whose_it_is_and_until_when() {
        let token = read(&format!("\"{JWT}\"")).unwrap().unwrap();
        assert_eq!(&*token.profile, PID);
        assert!(token.is_good(Instant(1_763_999_969_999)));
        assert!(!token.is_good(Instant(1_763_999_970_000)), "renewed half a minute before its end");
    }

    #[test]
    fn an_end_beside_the_token_counts_before_its_claim() {
        for answer in [
            format!(r#"{{"token":"{JWT}","exp":1800000000}}"#),
            format!(r#"{{"data":{{"token":"{JWT}","exp":1800000000}}}}"#),
        ] {
            assert!(read(&answer).unwrap().unwrap().is_good(Instant(1_790_000_000_000)));
        }
    }

    #[test]
    fn a_token_without_an_end_is_good_until_it_is_refused() {
        let token = read(&quoted_jwt(&format!(r#"{{"pid":"{PID}"}}"#))).unwrap().unwrap();
        assert!(token.is_good(Instant(i64::MAX)));
    }

    #[test]
    fn a_token_that_does_not_say_whose_it_is_carries_nothing() {
        for claims in ["{}", r#"{"pid":7}"#, r#"{"pid":""}"#, r#"{"pid":"ada"}"#, r#"{"pid":null}"#, "no claims"] {
            assert_eq!(read(&quoted_jwt(claims)), Err(NoToken::NoProfile), "{claims}");
        }
        assert_eq!(read("\"opaque\""), Err(NoToken::NoProfile));
        let shouted = read(&quoted_jwt(&format!(r#"{{"pid":"{}"}}"#, PID.to_uppercase())));
        assert_eq!(&*shouted.unwrap().unwrap().profile, PID, "the case of a UUID is no difference");
    }

    #[test]
    fn a_route_that_names_a_profile_takes_no_other_s_token() {
        let route = Route::Profile(PID.into());
        let read = |answer: &str| Token::read(Json::parse(answer).unwrap(), &route).map(|token| token.unwrap().profile);
        assert_eq!(read("\"opaque\"").as_deref(), Ok(PID));
        assert_eq!(read(&format!("\"{JWT}\"")).as_deref(), Ok(PID));
        for pid in ["97e9c263-0f79-4e73-b734-bb19fb453d5e", "ada"] {
            assert_eq!(read(&quoted_jwt(&format!(r#"{{"pid":"{pid}"}}"#))), Err(NoToken::OtherProfile), "{pid}");
        }
    }

    #[test]
    fn nobody_signed_in_is_no_mistake() {
        let anonymous = "\"e30.eyJwaWQiOiJudWxsIn0.c2ln\"";
        for answer in ["null", "\"\"", "{\"token\":null}", "{\"data\":{\"token\":\"\"}}", anonymous] {
            assert_eq!(read(answer), Ok(None), "{answer}");
        }
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
            assert_eq!(read(answer), Err(NoToken::None), "{answer}");
        }
        assert_eq!(read(&format!("\"{}\"", "a".repeat(MAX_BYTES))), Err(NoToken::NoProfile));
        assert_eq!(read(&format!("\"{}\"", "a".repeat(MAX_BYTES + 1))), Err(NoToken::None), "too long for a header");
    }

    #[test]
    fn a_token_is_never_printed() {
        assert_eq!(format!("{:?}", read(&format!("\"{JWT}\"")).unwrap().unwrap()), "Token(…)");
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A-Za-z0-9._=-]{0,80}") {
            let _ = Token::read(Json::view(&text), &Route::Me);
        }
    }
}
