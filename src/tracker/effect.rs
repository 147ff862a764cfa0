//! What the tracker asks of the browser.

use crate::queue::Entry;

/// One thing to be done. Effects are carried out in the order they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Begin, or stop, to listen to the page.
    Listen(bool),
    /// Look up what was kept with consent: answer at once with the session and this tab's clienteling,
    /// [`super::Tracker::recalled`], and then with the records that no open page has any more, [`super::Tracker::adopt`].
    Recall,
    /// Keep the session's text.
    Remember(String),
    /// Keep the clienteling session's text for the next page of this tab; where it is empty, remove what is kept.
    RememberInTab(String),
    /// Keep a record's text under its id.
    Keep {
        /// The record's `event_id`.
        id: String,
        /// See [`crate::queue::Entry::to_text`].
        text: String,
    },
    /// Remove what was kept of that record.
    Drop(String),
    /// Remove all that was kept.
    Forget,
    /// Ask the site for a token, and within a time limit answer with [`super::Tracker::token`] and this question's number.
    AskToken(u32),
    /// Send this to the receiver, outliving the page if it can, and answer with [`super::Tracker::answered`].
    Request(Request),
    /// Abort every request under way, unanswered.
    Abort,
    /// Call [`super::Tracker::woke`] after so many milliseconds, in place of any call asked for before.
    Wake(i64),
    /// Tell the site.
    Emit {
        /// `recorded`, `refused`, `delivered` or `failed`.
        event: &'static str,
        /// What happened, as JSON.
        detail: String,
    },
    /// Everything that could leave has left or is waiting for a later try: answer whoever called `flush`.
    Settled,
}

impl Effect {
    pub(super) fn keep(entry: &Entry) -> Effect {
        Effect::Keep { id: entry.id.clone(), text: entry.to_text() }
    }
}

/// What is sent to the receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Names it in the answer.
    pub number: u32,
    /// The address.
    pub url: String,
    /// For the header `Authorization: Bearer …`.
    pub token: String,
    /// JSON to be posted; nothing where it is a `GET`.
    pub body: String,
    /// Whether its body is small enough to outlive the page.
    pub keepalive: bool,
    /// Whether the receiver understands a compressed body.
    pub may_compress: bool,
}
