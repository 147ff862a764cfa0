//! What the site's listeners hear.

use crate::interaction::Interaction;
use crate::privacy::{Dropped, Kind};
use serde::Serialize;
use std::rc::Rc;

/// What became of a record, or of a call of `flush`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It was accepted.
    Recorded(Recorded),
    /// It was refused by consent, by the allowlist, or because nobody is signed in.
    Refused(Refused),
    /// The receiver has it.
    Delivered(Delivered),
    /// It was given up, or something else went wrong.
    Failed(Failed),
    /// Everything that could leave has left or is waiting for a later try, which answers whoever called `flush`.
    Settled(Report),
}

/// See [`Event::Recorded`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recorded {
    /// The kind of what was recorded.
    pub kind: Kind,
    /// What was left out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
    /// The record as it is kept.
    pub record: Rc<Interaction>,
}

/// See [`Event::Refused`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refused {
    /// The kind of what was refused; `None` where it had been accepted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The rule that refused it.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The record as it would have been kept.
    pub record: Rc<Interaction>,
}

/// See [`Event::Delivered`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delivered {
    /// The HTTP status that says so.
    pub status: u16,
    /// The record.
    pub record: Rc<Interaction>,
}

/// See [`Event::Failed`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Failed {
    /// Why a record was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The HTTP status that a record was given up for, 0 for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The record that was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Rc<Interaction>>,
}

/// What became of the records of this page so far, and how many wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The receiver confirmed them.
    pub delivered: u64,
    /// Refused by consent, by the allowlist, or because nobody is signed in.
    pub refused: u64,
    /// They wait.
    pub kept: u64,
    /// Refused by the receiver for good, or given up because the queue was full.
    pub failed: u64,
}

/// What the tracker would do with a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Whether it would be recorded.
    pub allowed: bool,
    /// What would be left out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
    /// The rule that decides.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// The record as it would be kept.
    pub record: Interaction,
}
