//! The visitor's answer, and what a change of it asks for.

use crate::afresh::Afresh;
use crate::interaction::MAX_BYTES;
use crate::json::Json;

/// Whether the visitor agreed to being recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Not asked, or not answered yet: records wait in memory, nothing is stored, nothing leaves.
    Unknown,
    /// Agreed: records go.
    Granted,
    /// Declined or withdrawn: nothing is recorded, and nothing that waited is kept.
    Denied,
}

/// What the tracker must do as consent changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The answer is the same as before.
    Nothing,
    /// Send what waits.
    Release,
    /// Begin to listen, and keep what comes in memory.
    Hold,
    /// Empty memory and storage, stop what is under way.
    Discard,
}

impl Consent {
    /// What going from this answer to `next` asks for.
    ///
    /// Going back from granted to unknown, as a consent platform's reset does, is a withdrawal: what was kept under a
    /// consent that no longer stands may not be.
    pub fn change(self, next: Consent) -> Change {
        match (self, next) {
            (before, after) if before == after => Change::Nothing,
            (_, Consent::Granted) => Change::Release,
            (Consent::Denied, Consent::Unknown) => Change::Hold,
            (_, Consent::Denied | Consent::Unknown) => Change::Discard,
        }
    }

    /// `unknown`, `granted` or `denied`.
    pub fn as_str(self) -> &'static str {
        match self {
            Consent::Unknown => "unknown",
            Consent::Granted => "granted",
            Consent::Denied => "denied",
        }
    }

    /// The same from a value of the settings: a text, or the array itself.
    pub fn read_json(value: Json<'_>) -> Option<(Consent, Purposes)> {
        Consent::read(&value.text().unwrap_or_else(|| value.as_str().into()))
    }

    /// Reads an answer: one of the three words, or a JSON array of the purposes that the visitor agreed to, of [`MAX_BYTES`] at most:
    /// every record that waits is held against it.
    pub fn read(text: &str) -> Option<(Consent, Purposes)> {
        if text.len() > MAX_BYTES {
            return None;
        }
        if Json::parse(text).is_ok_and(|list| list.is_array() && list.items().all(Json::is_text)) {
            return Some((Consent::Granted, Purposes(text.into())));
        }
        let consent =
            [Consent::Unknown, Consent::Granted, Consent::Denied].into_iter().find(|one| one.as_str() == text)?;
        Some((consent, Purposes::default()))
    }
}

/// What for the visitor agreed: every purpose, or those of a list, in the words of the site's consent platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purposes(Box<str>);

impl Purposes {
    /// Whether they have that one. What needs none, an empty text, is covered by any consent.
    pub fn cover(&self, purpose: &str) -> bool {
        self.0.is_empty() || purpose.is_empty() || Json::view(&self.0).items().any(|one| one.is(purpose))
    }
}

impl Afresh for Purposes {
    fn afresh(&mut self) {
        let Purposes(words) = self;
        words.afresh();
    }
}

#[cfg(test)]
mod tests {
    use super::{Change::*, Consent::*, *};

    #[test]
    fn a_list_is_a_consent_to_what_it_names() {
        for (text, covers) in [
            ("granted", ["", "analytics", "ads"].as_slice()),
            (r#"["analytics","c 2"]"#, &["", "analytics", "c 2"]),
            ("[]", &[""]),
        ] {
            let (consent, purposes) = Consent::read(text).unwrap();
            assert_eq!(consent, Granted);
            let covered: Vec<&str> =
                ["", "analytics", "ads", "c 2"].into_iter().filter(|one| covers.contains(one)).collect();
            assert_eq!(covered, covers);
            for one in ["", "analytics", "ads"] {
                assert_eq!(purposes.cover(one), covers.contains(&one), "{text} {one}");
            }
        }
        assert_eq!(Consent::read(&format!("[\"{}\"]", "a".repeat(MAX_BYTES))), None, "longer than any list");
        for text in ["", "yes", "true", "[", "[1]", r#"["a"] "b""#, r#"{"a":1}"#, r#""granted""#] {
            assert_eq!(Consent::read(text), None, "{text}");
        }
    }

    #[test]
    fn every_change_of_answer_has_one_meaning() {
        for (before, after, wanted) in [
            (Unknown, Unknown, Nothing),
            (Unknown, Granted, Release),
            (Unknown, Denied, Discard),
            (Granted, Unknown, Discard),
            (Granted, Granted, Nothing),
            (Granted, Denied, Discard),
            (Denied, Unknown, Hold),
            (Denied, Granted, Release),
            (Denied, Denied, Nothing),
        ] {
            assert_eq!(before.change(after), wanted, "{before:?} to {after:?}");
        }
    }
}
