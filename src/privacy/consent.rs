//! The visitor's answer, and what a change of it asks for.

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

    /// The answer of that name.
    pub fn from_word(word: &str) -> Option<Consent> {
        [Consent::Unknown, Consent::Granted, Consent::Denied].into_iter().find(|consent| consent.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Change::*, Consent::*};

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
