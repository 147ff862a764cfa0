//! What the tracker asks of the browser.

/// One thing to be done. Effects are carried out in the order they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Begin, or stop, to listen to the page.
    Listen(bool),
    /// Look up what was kept with consent, and answer with [`super::Tracker::recalled`].
    Recall,
    /// Keep the session's text.
    Remember(String),
    /// Remove all that was kept.
    Forget,
    /// Ask the site for a token, and answer with [`super::Tracker::token`] and this question's number.
    AskToken(u32),
    /// Post a record, outliving the page if it must, and answer with [`super::Tracker::answered`].
    Post {
        /// Names the request in the answer: the record's `event_id`.
        id: String,
        /// The address.
        url: String,
        /// For the header `Authorization: Bearer …`.
        token: String,
        /// JSON.
        body: String,
    },
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
