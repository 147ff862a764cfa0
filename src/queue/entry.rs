//! One accepted record.

use super::{Owner, Snapshot};
use crate::interaction::{Instant, Interaction, MAX_LEVELS, Stored, Value};
use crate::privacy::{EVENT_ID, Kind};
use std::rc::Rc;

/// A record as it waits and travels.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its `meta.event_id`, by which a receiver drops a second copy.
    pub id: Box<str>,
    /// Whose it is: a record leaves only with a token of that profile.
    pub owner: Owner,
    /// What sort of thing it tells of, which a relay's policy asks for.
    pub kind: Kind,
    /// What for the visitor must have agreed; `None` where any consent will do.
    pub purpose: Option<Box<str>>,
    /// It was sent, or may have been, and no certain answer came: until then the request may still be under way, and from then on
    /// the receiver's list tells whether it has the record.
    pub unconfirmed: Option<Instant>,
    /// When it was accepted.
    pub accepted: Instant,
    /// The record.
    record: Rc<Interaction>,
    /// See [`Entry::bytes`].
    bytes: usize,
    /// The request that it is under way with.
    pub request: Option<u32>,
    /// A view that was made before the tracker could look whether a staff-assisted session goes on in this tab.
    pub may_be_assisted: bool,
    /// It leaves when it is complete: the view of the page that is shown, when it can tell how long that was looked at, and a
    /// submission, when the site took it.
    pub is_held: bool,
}

impl Entry {
    /// A record of that owner and kind, accepted at that time.
    pub fn new(id: Box<str>, owner: Owner, accepted: Instant, kind: Kind, record: Interaction) -> Entry {
        Entry {
            id,
            owner,
            kind,
            purpose: None,
            unconfirmed: None,
            accepted,
            bytes: bytes_of(&record, kind),
            record: Rc::new(record),
            request: None,
            may_be_assisted: false,
            is_held: false,
        }
    }

    /// The record.
    pub fn record(&self) -> &Rc<Interaction> {
        &self.record
    }

    /// How many bytes it takes in the body of a request, at most: its record as JSON, its kind and what stands between two of them.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Changes the record.
    pub fn change(&mut self, change: impl FnOnce(&mut Interaction)) {
        change(Rc::make_mut(&mut self.record));
        self.bytes = bytes_of(&self.record, self.kind);
    }

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
            self.owner = Owner::Last(last.take());
        }
    }

    /// When it happened, which the site may have said, and a receiver's list is asked by.
    pub fn happened(&self) -> Instant {
        self.record.interacted_at.as_deref().and_then(Instant::parse).unwrap_or(self.accepted)
    }

    /// What is kept of it between pages, as it is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            accepted: self.accepted,
            until: self.unconfirmed,
            owner: self.owner.clone(),
            kind: self.kind,
            purpose: self.purpose.clone(),
            record: self.record.clone(),
        }
    }

    /// Reads it back, as one of an earlier page's; `None` for anything that no version of this tracker wrote, or not to its end.
    ///
    /// It counts as unconfirmed also where it has no mark of that: a browser that is killed may not have written the mark.
    pub fn from_stored(stored: &Stored) -> Option<Entry> {
        let entry = match stored.current() {
            Some(map) => {
                let text = |value: &Value| {
                    if value.is_null() { Some(None) } else { value.text().map(|text| Some(text.into())) }
                };
                let owner = match (map.get("profile"), map.get("last")) {
                    (Some(profile), None) => Owner::Profile(profile.text()?.into()),
                    (None, Some(last)) => Owner::Last(text(last)?),
                    _ => return None,
                };
                let kind = match map.get("kind") {
                    Some(kind) => Some(Kind::of(kind.text()?)?),
                    None => None,
                };
                let accepted = Instant::from_stored(map.get("accepted")?)?;
                let mut entry = Entry::read(owner, accepted, kind, map.get("record")?)?;
                entry.purpose = text(map.get("purpose")?)?;
                entry.unconfirmed = map.get("until").and_then(Instant::from_stored);
                entry
            }
            None => Entry::from_0_1(stored)?,
        };
        Some(Entry { unconfirmed: entry.unconfirmed.or(Some(Instant(0))), ..entry })
    }

    // `1764000000000+1764000065000 <profile> <purpose> {…}`: behind the `+` is until when it may be under way; a `?` is before a profile
    // that no token named.
    fn from_0_1(stored: &Stored) -> Option<Entry> {
        let [times, profile, purpose, rest] = stored.words();
        let (accepted, until) = times.split_once('+').unwrap_or((times, ""));
        let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Into::into);
        let owner = match profile.strip_prefix('?') {
            Some(last) => Owner::Last(some(last)),
            None => Owner::Profile(profile.into()),
        };
        let entry = Entry::read(owner, Instant::from_digits(accepted)?, None, &stored.object)?;
        let is_whole = rest.is_empty() && stored.words.bytes().filter(|byte| *byte == b' ').count() == 3;
        is_whole.then_some(Entry { purpose: some(purpose), unconfirmed: Instant::from_digits(until), ..entry })
    }

    // Where no kind was kept, which is so in what versions before the relay wrote, the record tells it.
    fn read(owner: Owner, accepted: Instant, kind: Option<Kind>, record: &Value) -> Option<Entry> {
        // What a page or an extension wrote there may be deeper than any record of ours.
        let is_ours = record.is_within(MAX_LEVELS);
        let record = Interaction::read(record.clone()).ok().filter(|_| is_ours)?;
        let id = record.meta(EVENT_ID)?.text()?.into();
        let kind = kind.unwrap_or_else(|| Kind::of_record(&record));
        Some(Entry::new(id, owner, accepted, kind, record))
    }
}

fn bytes_of(record: &Interaction, kind: Kind) -> usize {
    record.json_bytes() + kind.as_str().len() + BESIDE
}

/// The bytes around the word of a kind, a comma between two records, and a bracket of their array.
const BESIDE: usize = r#","kind":"",["#.len();

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        r#"{"action":"view","channel":"website","signal":0,"name":"a b","namespace":"n","meta":{"event_id":"7"}}"#;

    fn read(text: &str) -> Option<Entry> {
        Entry::from_stored(&text.into())
    }

    fn kept(entry: &Entry) -> String {
        serde_json::to_string(&entry.snapshot()).unwrap()
    }

    #[test]
    fn it_is_read_back_as_it_was_kept() {
        for (owner, purpose) in [
            (Owner::Profile("ada".into()), None),
            (Owner::Profile("".into()), Some("ads".into())),
            (Owner::Last(None), Some("2".into())),
            (Owner::Last(Some("ada".into())), None),
        ] {
            let record = Interaction::try_from(crate::interaction::json(RECORD)).unwrap();
            let mut entry = Entry::new("7".into(), owner, Instant(1_764_000_000_000), Kind::Login, record);
            entry.purpose = purpose;
            entry.unconfirmed = Some(Instant(1_764_000_065_000));
            assert_eq!(read(&kept(&entry)), Some(entry));
        }
    }

    #[test]
    fn its_kind_is_kept_and_told_by_the_record_where_an_earlier_version_kept_none() {
        let record = Interaction::try_from(crate::interaction::json(RECORD)).unwrap();
        let own = Kind::of_record(&record);
        for kind in Kind::ALL {
            let entry = Entry::new("7".into(), Owner::Last(None), Instant(1), *kind, record.clone());
            let kept = kept(&entry);
            assert_eq!(read(&kept).unwrap().kind, *kind);
            let member = format!(r#""kind":"{}","#, kind.as_str());
            assert_eq!(read(&kept.replace(&member, "")).unwrap().kind, own);
            assert_eq!(read(&kept.replace(&member, r#""kind":"search","#)), None);
        }
    }

    #[test]
    fn whose_page_is_left_is_nobody_s_but_the_last_profile_s() {
        let record = Interaction::try_from(crate::interaction::json(RECORD)).unwrap();
        let entry = Entry::new("7".into(), Owner::Next { last: Some("ada".into()) }, Instant(1), Kind::Record, record);
        assert_eq!(read(&kept(&entry)).unwrap().owner, Owner::Last(Some("ada".into())));
    }

    #[test]
    fn what_the_last_release_kept_is_read() {
        for (kept_as, owner, purpose) in [
            ("ada ", Owner::Profile("ada".into()), None),
            (" ads", Owner::Profile("".into()), Some("ads")),
            ("? 2", Owner::Last(None), Some("2")),
            ("?ada ", Owner::Last(Some("ada".into())), None),
        ] {
            let entry = read(&format!("1764000000000+1764000065000 {kept_as} {RECORD}")).unwrap();
            assert_eq!((&*entry.id, &entry.owner, entry.purpose.as_deref()), ("7", &owner, purpose));
            assert_eq!((entry.accepted.0, entry.unconfirmed), (1_764_000_000_000, Some(Instant(1_764_000_065_000))));
        }
    }

    #[test]
    fn what_has_no_mark_of_being_sent_may_have_been_sent_all_the_same() {
        for times in ["1764000000000", "1764000000000+", "1764000000000+x", "1764000000000+99999999999999999"] {
            assert_eq!(read(&format!("{times} ada  {RECORD}")).unwrap().unconfirmed, Some(Instant(0)), "{times}");
        }
    }

    #[test]
    fn what_is_deeper_than_a_record_may_be_is_not_read() {
        let read_at = |levels: usize| {
            let deep = ["[".repeat(levels), "]".repeat(levels)].concat();
            read(&format!("1 ada  {}", RECORD.replace(r#""event_id""#, &format!(r#""deep":{deep},"event_id""#))))
        };
        assert!(read_at(MAX_LEVELS - 2).is_some());
        assert_eq!(read_at(MAX_LEVELS - 1), None);
    }

    #[test]
    fn foreign_and_truncated_texts_are_not_read() {
        let record = Interaction::try_from(crate::interaction::json(RECORD)).unwrap();
        let entry = Entry::new("7".into(), Owner::Profile("ada".into()), Instant(1), Kind::Record, record);
        for whole in [format!("1 ada  {RECORD}"), kept(&entry)] {
            assert!(read(&whole).is_some());
            assert!((0..whole.len()).all(|end| read(&whole[..end]).is_none()), "{whole}");
        }
        for text in
            ["", "1", "x ada  {}", "1 ada  {}", "1 ada  []", &format!("1 {RECORD}"), &format!("1 ada{RECORD}"), RECORD]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
