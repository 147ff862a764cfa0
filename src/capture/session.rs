//! Whether a token is the first of its session.

use crate::interaction::{Instant, Stored, Value};

/// The customer's session on this site, as far as logins care: kept, with consent, so that a login counts once and not on
/// every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The profile that is signed in; `None` where nobody is.
    pub profile: Option<Box<str>>,
    /// When the customer was last seen.
    pub seen: Instant,
    /// Up to when nobody was signed in, as far as is known: what was done until then is not put on the profile.
    pub signed_out: Instant,
}

impl Session {
    /// Whether a token of `profile` at `now` begins another session: another profile, or half an hour without a page (the
    /// field's usual bound of a session).
    pub fn is_over(&self, profile: &str, now: Instant) -> bool {
        self.profile.as_deref() != Some(profile) || now.0 - self.seen.0 > IDLE_MS
    }

    /// The object it is kept as.
    pub fn to_stored(&self) -> Value {
        let mut map = Stored::map();
        map.set("profile", self.profile.clone().map_or(Value::Null, Value::from));
        map.set("seen", self.seen.to_stored());
        map.set("signed_out", self.signed_out.to_stored());
        map.into()
    }

    /// Reads it back; `None` for anything that no version of this tracker wrote.
    pub fn from_stored(stored: &Stored) -> Option<Session> {
        if let Some(map) = stored.current() {
            let profile = map.get("profile")?;
            return Some(Session {
                profile: if profile.is_null() { None } else { Some(profile.text()?.into()) },
                seen: Instant::from_stored(map.get("seen")?)?,
                signed_out: Instant::from_stored(map.get("signed_out")?)?,
            });
        }
        // 0.1: `1764000000000 1764000000000 <profile>`
        let [seen, signed_out, profile] = stored.words();
        let profile = Some(profile.into()).filter(|_| profile != NOBODY_IN_0_1);
        let [seen, signed_out] = [Instant::from_digits(seen)?, Instant::from_digits(signed_out)?];
        (stored.object.is_null() && profile.as_deref() != Some("")).then_some(Session { profile, seen, signed_out })
    }
}

const IDLE_MS: i64 = 30 * 60_000;
const NOBODY_IN_0_1: &str = "?";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_with_its_profile_or_after_half_an_hour() {
        let session = Session { profile: Some("ada".into()), seen: Instant(0), signed_out: Instant(0) };
        assert!(!session.is_over("ada", Instant(IDLE_MS)));
        assert!(session.is_over("ada", Instant(IDLE_MS + 1)));
        assert!(session.is_over("grace", Instant(1)));
        assert!(Session { profile: None, ..session }.is_over("ada", Instant(1)));
    }

    #[test]
    fn it_is_read_back_and_foreign_text_is_not() {
        for profile in [Some("a\"da".into()), None] {
            let session = Session { profile, seen: Instant(1_764_000_000_000), signed_out: Instant(1) };
            let stored = Stored { object: session.to_stored(), ..Stored::default() };
            assert_eq!(Session::from_stored(&stored), Some(session));
        }
        for text in [
            "",
            "{}",
            "null",
            " 1 ada",
            "1764",
            "1764 ada",
            "1764 0",
            "1764 0 ",
            "1.5 0 ada",
            "99999999999999999999 0 ada",
            r#"{"version":2,"profile":7,"seen":1,"signed_out":1}"#,
            r#"{"version":2,"profile":"ada","seen":-1,"signed_out":1}"#,
            r#"{"version":2,"profile":"ada","seen":1}"#,
            r#"{"version":3,"profile":"ada","seen":1,"signed_out":1}"#,
        ] {
            assert_eq!(Session::from_stored(&text.into()), None, "{text}");
        }
    }

    #[test]
    fn what_the_last_release_kept_is_read() {
        let session = Session::from_stored(&"1764000000000 1763999999000 ada".into()).unwrap();
        assert_eq!((session.profile.as_deref(), session.seen.0), (Some("ada"), 1_764_000_000_000));
        assert_eq!(Session::from_stored(&"1764000000000 1763999999000 ?".into()).unwrap().profile, None);
    }
}
