//! What the tracker asks of the browser.

use crate::json::{Json, quoted};
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
    /// Send this to the receiver, and answer with [`super::Tracker::answered`].
    Request(Request),
    /// Abort every request under way, unanswered.
    Abort,
    /// One page of the site at a time: recall the session, then call [`super::Tracker::turn`].
    Turn,
    /// Call [`super::Tracker::woke`] after so many milliseconds, in place of any call asked for before.
    Wake(i64),
    /// Tell the site.
    Emit {
        /// `recorded`, `refused`, `delivered` or `failed`; or `settled`, with the report: everything that could leave has left or
        /// is waiting for a later try, which answers whoever called `flush`.
        event: String,
        /// What happened, as JSON.
        detail: String,
    },
}

/// The effects of one input, as they cross to JavaScript: each an array of its name and what it is given. They are written as
/// they are asked for, which takes less of the module than a list of them that is then written.
#[derive(Debug, Default)]
pub(super) struct Effects(String);

impl Effects {
    /// Asks for one more, given texts and numbers as JSON.
    pub(super) fn ask(&mut self, name: &str, given: &[&str]) {
        self.0.push_str(if self.0.is_empty() { "[\"" } else { ",[\"" });
        self.0.push_str(name);
        self.0.push('"');
        for one in given {
            self.0.push(',');
            self.0.push_str(one);
        }
        self.0.push(']');
    }

    pub(super) fn keep(&mut self, entry: &Entry) {
        self.ask("keep", &[&quoted(&entry.id), &quoted(&entry.to_text())]);
    }

    pub(super) fn listen(&mut self, on: bool) {
        self.ask(if on { "listen" } else { "unlisten" }, &[]);
    }

    /// All of them, with a comma between.
    pub(super) fn take(&mut self) -> String {
        core::mem::take(&mut self.0)
    }
}

impl Effect {
    /// Reads what [`Effects`] writes; `None` for anything else.
    pub(super) fn read(asked: Json<'_>) -> Option<Effect> {
        let mut given = asked.items();
        let name = given.next()?.text()?;
        let mut next = || given.next();
        Some(match &*name {
            "listen" => Effect::Listen(true),
            "unlisten" => Effect::Listen(false),
            "recall" => Effect::Recall,
            "remember" => Effect::Remember(next()?.text()?.into()),
            "rememberInTab" => Effect::RememberInTab(next()?.text()?.into()),
            "keep" => Effect::Keep { id: next()?.text()?.into(), text: next()?.text()?.into() },
            "drop" => Effect::Drop(next()?.text()?.into()),
            "forget" => Effect::Forget,
            "ask" => Effect::AskToken(next()?.as_str().parse().ok()?),
            "request" => {
                let number = next()?.as_str().parse().ok()?;
                let flags: u32 = next()?.as_str().parse().ok()?;
                let (url, token, body) = (next()?.text()?.into(), next()?.text()?.into(), next()?.text()?.into());
                let (keepalive, may_compress) = (flags & 1 > 0, flags & 2 > 0);
                Effect::Request(Request { number, url, token, body, keepalive, may_compress })
            }
            "abort" => Effect::Abort,
            "turn" => Effect::Turn,
            "wake" => Effect::Wake(next()?.as_str().parse().ok()?),
            "emit" => Effect::Emit { event: next()?.text()?.into(), detail: next()?.as_str().to_owned() },
            _ => return None,
        })
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
    /// Whether its body is small enough to outlive the page. It is to outlive it only where the page is being left: a request that
    /// does cannot be aborted for certain.
    pub keepalive: bool,
    /// Whether the receiver understands a compressed body.
    pub may_compress: bool,
}
