//! Whether a token is the first of its session.

use crate::interaction::Instant;
use crate::json::{digits, whole};
use crate::privacy::cut;
use crate::text::joined;

/// The customer's session on this site, as far as logins care: kept, with consent, so that a login counts once and not on
/// every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The profile, or empty where the token does not say.
    pub profile: Box<str>,
    /// When the customer was last seen.
    pub seen: Instant,
    /// Up to when nobody was signed in, as far as is known: what was done until then is not put on the profile.
    pub signed_out: Instant,
}

impl Session {
    /// Whether a token of `profile` at `now` begins another session: another profile, or half an hour without a page (the
    /// field's usual bound of a session).
    pub fn is_over(&self, profile: &str, now: Instant) -> bool {
        *self.profile != *profile || now.0 - self.seen.0 > IDLE_MS
    }

    /// The text it is kept as: both times and who, with a space between.
    pub fn to_text(&self) -> Box<str> {
        let [seen, signed_out] = [self.seen, self.signed_out].map(|time| digits(time.0.max(0) as u64));
        joined(&[&seen, " ", &signed_out, " ", &self.profile])
    }

    /// Reads it back; `None` for anything that this tracker did not write.
    pub fn from_text(text: &str) -> Option<Session> {
        let (seen, rest) = cut(text, b' ');
        let (signed_out, profile) = cut(rest, b' ');
        let [seen, signed_out] = [whole(seen, 15)?, whole(signed_out, 15).filter(|_| signed_out.len() < rest.len())?];
        Some(Session { profile: profile.into(), seen: Instant(seen as i64), signed_out: Instant(signed_out as i64) })
    }
}

const IDLE_MS: i64 = 30 * 60_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_with_its_profile_or_after_half_an_hour() {
        let session = Session { profile: "ada".into(), seen: Instant(0), signed_out: Instant(0) };
        assert!(!session.is_over("ada", Instant(IDLE_MS)));
        assert!(session.is_over("ada", Instant(IDLE_MS + 1)));
        assert!(session.is_over("grace", Instant(1)));
    }

    #[test]
    fn it_is_read_back_and_foreign_text_is_not() {
        let session = Session { profile: "a\"da".into(), seen: Instant(1_764_000_000_000), signed_out: Instant(1) };
        assert_eq!(Session::from_text(&session.to_text()), Some(session));
        for text in
            ["", "{}", "null", " 1 ada", "1764", "1764 ada", "1764 0", "1.5 0 ada", "99999999999999999999 0 ada"]
        {
            assert_eq!(Session::from_text(text), None, "{text}");
        }
    }
}
