//! One accepted record.

use crate::afresh::Afresh;
use crate::interaction::Instant;
use crate::json::{Json, digits, whole};
use crate::privacy::{Kind, cut};
use crate::text::joined;

/// Whose a record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The profile that was signed in as it was accepted.
    Profile(Box<str>),
    /// The next token's profile: this page has had none yet.
    Next {
        /// The profile that was signed in here last, as far as storage knew when the record was accepted; empty where nobody was.
        last: Box<str>,
    },
    /// That profile only, and nobody where it is empty: the record was accepted without a token, and then its page was left.
    Last(Box<str>),
}

/// A record as it waits and travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its `meta.event_id`, by which a receiver drops a second copy.
    pub id: Box<str>,
    /// Whose it is: a record leaves only with a token of that profile.
    pub owner: Owner,
    /// What for the visitor must have agreed; empty where any consent will do.
    pub purpose: Box<str>,
    /// It was sent, or may have been, and no certain answer came: until then the request may still be under way, and from then on
    /// the receiver's list tells whether it has the record.
    pub unconfirmed: Option<Instant>,
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
    /// Whether it may leave, or be looked for, as soon as it is its time.
    pub fn waits(&self) -> bool {
        self.request.is_none() && !self.is_held
    }

    /// Whether something can be done for it at that time: send it, or look whether it has arrived.
    pub fn is_due(&self, now: Instant) -> bool {
        self.waits() && self.unconfirmed.is_none_or(|until| until <= now)
    }

    /// Its page is gone, or was away: a token that comes now need not be of whoever was there.
    pub fn leave_page(&mut self) {
        if let Owner::Next { last } = &mut self.owner {
            self.owner = Owner::Last(core::mem::take(last));
        }
    }

    /// When it happened, which the site may have said, and a receiver's list is asked by.
    pub fn happened(&self) -> Instant {
        let told = Json::view(&self.body).field("interacted_at").and_then(Json::text);
        told.and_then(|told| Instant::parse(&told)).unwrap_or(self.accepted)
    }

    /// The text it is kept as between pages: when, whose, what for and the record, with a space after each of the three. Behind
    /// the time and a `+` is until when it may be under way; a `?` is before a profile that no token named.
    pub fn to_text(&self) -> Box<str> {
        let time = |time: Instant| digits(time.0.max(0) as u64);
        let until = self.unconfirmed.map(|until| joined(&["+", &time(until)])).unwrap_or_default();
        let (mark, profile) = match &self.owner {
            Owner::Profile(profile) => ("", profile),
            Owner::Next { last } | Owner::Last(last) => (UNKNOWN, last),
        };
        joined(&[&time(self.accepted), &until, " ", mark, profile, " ", &self.purpose, " ", &self.body])
    }

    /// Reads it back, as one of an earlier page's; `None` for anything that this tracker did not write, or not to its end.
    ///
    /// It counts as unconfirmed also where it has no mark of that: a browser that is killed may not have written the mark.
    pub fn from_text(text: &str) -> Option<Entry> {
        let (times, rest) = cut(text, b' ');
        let (accepted, until) = cut(times, b'+');
        let (profile, rest) = cut(rest, b' ');
        let (purpose, body) = cut(rest, b' ');
        let record = Json::parse(body).ok()?;
        Some(Entry {
            id: record.field("meta")?.field("event_id")?.text()?,
            owner: match profile.strip_prefix(UNKNOWN) {
                Some(last) => Owner::Last(last.into()),
                None => Owner::Profile(profile.into()),
            },
            purpose: purpose.into(),
            unconfirmed: Some(Instant(whole(until, 15).unwrap_or(0) as i64)),
            accepted: Instant(whole(accepted, 15)? as i64),
            body: body.into(),
            request: None,
            unassisted: None,
            is_held: false,
        })
    }
}

impl Afresh for Entry {
    fn afresh(&mut self) {
        let Entry { id, owner, purpose, unconfirmed: _, accepted: _, unassisted: _, is_held: _, body, request: _ } =
            self;
        id.afresh();
        match owner {
            Owner::Profile(profile) | Owner::Next { last: profile } | Owner::Last(profile) => profile.afresh(),
        }
        purpose.afresh();
        body.afresh();
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
        for (kept_as, owner, purpose) in [
            ("ada ", Owner::Profile("ada".into()), ""),
            (" ads", Owner::Profile("".into()), "ads"),
            ("? 2", Owner::Last("".into()), "2"),
            ("?ada ", Owner::Last("ada".into()), ""),
        ] {
            let text = format!("1764000000000+1764000065000 {kept_as} {BODY}");
            let mut entry = Entry::from_text(&text).unwrap();
            assert_eq!((&*entry.id, &entry.owner, &*entry.body), ("7", &owner, BODY));
            assert_eq!((&*entry.purpose, entry.unconfirmed), (purpose, Some(Instant(1_764_000_065_000))));
            assert_eq!(*entry.to_text(), text);
            entry.unconfirmed = None;
            assert_eq!(*entry.to_text(), format!("1764000000000 {kept_as} {BODY}"));
        }
    }

    #[test]
    fn what_has_no_mark_of_being_sent_may_have_been_sent_all_the_same() {
        for times in ["1764000000000", "1764000000000+", "1764000000000+x", "1764000000000+99999999999999999"] {
            let entry = Entry::from_text(&format!("{times} ada  {BODY}")).unwrap();
            assert_eq!(entry.unconfirmed, Some(Instant(0)), "{times}");
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
