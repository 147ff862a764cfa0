//! The visitor's answer, and what a change of it asks for.

use crate::interaction::{MAX_BYTES, Value};

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

    /// Reads an answer: one of the three words, or an array of the purposes that the visitor agreed to, of [`MAX_BYTES`] at most as
    /// JSON: every record that waits is held against it.
    pub fn read(value: &Value) -> Option<(Consent, Purposes)> {
        if let Value::List(items) = value {
            let purposes: Option<Box<[Box<str>]>> = items.iter().map(|item| item.text().map(Into::into)).collect();
            return purposes
                .filter(|_| value.json_bytes() <= MAX_BYTES)
                .map(|purposes| (Consent::Granted, Purposes::Only(purposes)));
        }
        let word = value.text()?;
        let all = [Consent::Unknown, Consent::Granted, Consent::Denied];
        all.into_iter().find(|one| one.as_str() == word).map(|consent| (consent, Purposes::All))
    }
}

/// What for the visitor agreed, in the words of the site's consent platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Purposes {
    /// Every purpose.
    #[default]
    All,
    /// These.
    Only(Box<[Box<str>]>),
}

impl Purposes {
    /// Whether they have that one. What needs none is covered by any consent.
    pub fn cover(&self, purpose: Option<&str>) -> bool {
        match (self, purpose) {
            (Purposes::All, _) | (_, None) => true,
            (Purposes::Only(purposes), Some(purpose)) => purposes.iter().any(|one| **one == *purpose),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change::*, Consent::*, *};
    use crate::interaction::json;

    #[test]
    fn a_list_is_a_consent_to_what_it_names() {
        for (text, covers) in [
            (r#""granted""#, [None, Some("analytics"), Some("ads")].as_slice()),
            (r#"["analytics","c 2"]"#, &[None, Some("analytics"), Some("c 2")]),
            ("[]", &[None]),
        ] {
            let (consent, purposes) = Consent::read(&json(text)).unwrap();
            assert_eq!(consent, Granted);
            for one in [None, Some("analytics"), Some("ads")] {
                assert_eq!(purposes.cover(one), covers.contains(&one), "{text} {one:?}");
            }
        }
        let long = Value::List(vec!["a".repeat(MAX_BYTES).into()]);
        assert_eq!(Consent::read(&long), None, "longer than any list");
        for text in [r#""""#, r#""yes""#, "true", "[1]", r#"["a",null]"#, r#"{"a":1}"#, r#""[]""#, "null"] {
            assert_eq!(Consent::read(&json(text)), None, "{text}");
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
