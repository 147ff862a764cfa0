//! How the customers' passwords are kept.
//!
//! A keyed hash and no slow one such as Argon2: the demo's only password is printed at start, so there is nothing to guess,
//! and a slow hash would take seconds in a debug build. A real shop wants the slow one.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is kept of a password: its HMAC-SHA256 under the database's secret, together with whose it is.
pub fn hash(secret: &[u8], profile: &str, password: &str) -> Vec<u8> {
    keyed(secret, profile, password).finalize().into_bytes().to_vec()
}

/// Whether it is the password of which `kept` was kept; takes as long for any wrong one.
pub fn is_right(secret: &[u8], profile: &str, password: &str, kept: &[u8]) -> bool {
    keyed(secret, profile, password).verify_slice(kept).is_ok()
}

fn keyed(secret: &[u8], profile: &str, password: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(secret).expect("any length of key will do");
    // A zero byte stands in no profile's id, so no two pairs are hashed alike.
    [profile.as_bytes(), b"\0", password.as_bytes()].iter().for_each(|part| mac.update(part));
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_right_for_its_owner_and_database_only() {
        let kept = hash(b"secret", "ada", "demo");
        assert!(is_right(b"secret", "ada", "demo", &kept));
        for (secret, profile, password) in
            [(b"secret", "ada", "Demo"), (b"secret", "grace", "demo"), (b"others", "ada", "demo")]
        {
            assert!(!is_right(secret, profile, password, &kept), "{profile} {password}");
        }
    }
}
