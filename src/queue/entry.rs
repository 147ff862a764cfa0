//! One accepted record.

use crate::interaction::Instant;
use crate::json::{Json, digits, whole};
use crate::privacy::{Kind, cut};
use crate::text::joined;

/// A record as it waits and travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its `meta.event_id`, by which a receiver drops a second copy.
    pub id: Box<str>,
    /// The profile that was signed in as it was accepted, empty where the token does not say; `None` while the tracker did
    /// not know yet.
    pub profile: Option<Box<str>>,
    /// What for the visitor must have agreed; empty where any consent will do.
    pub purpose: Box<str>,
    /// Whether the receiver may have it already: it was sent, or may have been, and no answer came.
    pub is_doubtful: bool,
    /// When it was accepted.
    pub accepted: Instant,
    /// The record as JSON: the body of its request.
    pub body: Box<str>,
    /// The request that it is under way with.
    pub request: Option<u32>,
    /// The kind of a view that was made before the tracker could look whether a staff-assisted session goes on in this tab.
    pub unassisted: Option<Kind>,
    /// The view of the page that is shown: it leaves when it can tell how long that was looked at.
    pub is_held: bool,
}

impl Entry {
    /// Whether it may leave.
    pub fn waits(&self) -> bool {
        self.request.is_none() && !self.is_held
    }

    /// When it happened, which the site may have said, and a receiver's list is asked by.
    pub fn happened(&self) -> Instant {
        let told = Json::view(&self.body).field("interacted_at").and_then(Json::text);
        told.and_then(|told| Instant::parse(&told)).unwrap_or(self.accepted)
    }

    /// The text it is kept as between pages: when, whose, what for and the record, with a space after each of the three.
    pub fn to_text(&self) -> Box<str> {
        let profile = self.profile.as_deref().unwrap_or(UNKNOWN);
        joined(&[&digits(self.accepted.0.max(0) as u64), " ", profile, " ", &self.purpose, " ", &self.body])
    }

    /// Reads it back, as one of an earlier page's; `None` for anything that this tracker did not write, or not to its end.
    pub fn from_text(text: &str) -> Option<Entry> {
        let (accepted, rest) = cut(text, b' ');
        let (profile, rest) = cut(rest, b' ');
        let (purpose, body) = cut(rest, b' ');
        let record = Json::parse(body).ok()?;
        Some(Entry {
            id: record.field("meta")?.field("event_id")?.text()?,
            profile: (profile != UNKNOWN).then(|| profile.into()),
            purpose: purpose.into(),
            is_doubtful: true,
            accepted: Instant(whole(accepted, 15)? as i64),
            body: body.into(),
            request: None,
            unassisted: None,
            is_held: false,
        })
    }
}

/// No profile is called so.
const UNKNOWN: &str = "?";

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"name":"a b","meta":{"event_id":"7"}}"#;

    #[test]
    fn it_is_read_back_as_it_was_kept() {
        for (kept_as, profile, purpose) in
            [("ada ", Some("ada"), ""), (" ads", Some(""), "ads"), ("? 2", None, "2"), (" ", Some(""), "")]
        {
            let text = format!("1764000000000 {kept_as} {BODY}");
            let entry = Entry::from_text(&text).unwrap();
            assert_eq!((&*entry.id, entry.profile.as_deref(), &*entry.body), ("7", profile, BODY));
            assert_eq!(&*entry.purpose, purpose);
            assert!(entry.is_doubtful, "an earlier page may have sent it");
            assert_eq!(*entry.to_text(), text);
        }
    }

    #[test]
    fn foreign_and_truncated_texts_are_not_read() {
        let whole = format!("1 ada  {BODY}");
        assert!((0..whole.len()).all(|end| Entry::from_text(&whole[..end]).is_none()));
        for text in ["", "1", "x ada  {}", "1 ada  {}", "1 ada  []", "1764000000000 ada  {\"meta\":{\"event_id\":7}}"] {
            assert_eq!(Entry::from_text(text), None, "{text}");
        }
    }
}
