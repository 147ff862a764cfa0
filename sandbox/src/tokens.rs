//! ID tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, with the profile in the claim `pid`.

use crate::clock;
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
struct Claims {
    pid: String,
    exp: u64,
}

/// A token for that profile and its end in Unix seconds.
pub fn mint(secret: &[u8], profile: &str, seconds: u64) -> (String, u64) {
    let exp = now() + seconds;
    let claims = Claims { pid: profile.to_owned(), exp };
    let token = encode(&Header::default(), &claims, &EncodingKey::from_secret(secret));
    (token.expect("two plain claims can be signed"), exp)
}

/// The profile of a token; `None` where it is none of ours or has ended.
pub fn profile(secret: &[u8], token: &str) -> Option<String> {
    let validation = Validation { leeway: 0, ..Validation::default() };
    let decoded = decode::<Claims>(token, &DecodingKey::from_secret(secret), &validation);
    decoded.ok().map(|decoded| decoded.claims.pid)
}

fn now() -> u64 {
    clock::now().0.unsigned_abs() / 1_000
}

/// Omneo documents no lifetime; an hour is short enough to be safe and long enough to shop.
pub const TOKEN_SECONDS: u64 = 3_600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is_until_it_ends() {
        let (token, _) = mint(b"secret", "ada", TOKEN_SECONDS);
        assert_eq!(profile(b"secret", &token).as_deref(), Some("ada"));
        assert_eq!(profile(b"other", &token), None);
        let ended = Claims { pid: "ada".into(), exp: now() - 1 };
        let ended = encode(&Header::default(), &ended, &EncodingKey::from_secret(b"secret")).unwrap();
        assert_eq!(profile(b"secret", &ended), None);
    }
}
