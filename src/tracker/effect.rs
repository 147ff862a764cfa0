//! What the tracker asks of the browser.

use super::Event;
use crate::interaction::{Interaction, Value};
use crate::privacy::Kind;
use crate::queue::Snapshot;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::rc::Rc;

/// One thing to be done. Effects are carried out in their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Begin to listen to the page.
    Listen,
    /// Stop to listen to the page.
    Unlisten,
    /// Another page is shown, which may still get its title: tell [`super::Input::Navigated`] again after so many milliseconds, unless
    /// it comes sooner, and look for no earlier page's product any more.
    LookAgain {
        /// How long to wait, in milliseconds.
        after_ms: u32,
    },
    /// Another page is shown: look for the product that it shows, see [`super::Tracker::product`], and for no earlier page's.
    FindProduct {
        /// The page's address, cleaned.
        address: Box<str>,
    },
    /// Look up what was kept with consent: answer at once with [`super::Input::Recalled`], and then with the records that no open
    /// page has any more, [`super::Input::Adopted`].
    Recall,
    /// Keep the session.
    Remember {
        /// An object for JSON.
        session: Value,
    },
    /// Keep the staff-assisted session for the next page of this tab; `None` removes what is kept.
    RememberInTab {
        /// An object for JSON.
        clienteling: Option<Value>,
    },
    /// Keep a record.
    Keep {
        /// Its `event_id`.
        id: Box<str>,
        /// An object for JSON.
        stored: Snapshot,
    },
    /// Remove what was kept of that record.
    Drop {
        /// Its `event_id`.
        id: Box<str>,
    },
    /// Remove all that was kept.
    Forget,
    /// Ask the site for a token, and within a time limit answer with [`super::Input::Token`].
    AskToken {
        /// Names the answer that counts.
        question: u32,
    },
    /// Send this to the receiver, and answer with [`super::Input::Answered`].
    Send(Request),
    /// Abort every request under way, unanswered.
    Abort,
    /// Tell a relay that what waits there is not to be sent: a `DELETE` that outlives the page, and whose answer nobody waits for.
    Withdraw {
        /// The address.
        url: Box<str>,
        /// For the header `Authorization: Bearer …`.
        token: Secret,
    },
    /// One page of the site at a time: recall the session, then tell [`super::Input::TurnCame`].
    TakeTurn,
    /// Tell [`super::Input::Woke`] after so many milliseconds, in place of any wake asked for before.
    Wake {
        /// How long to wait, in milliseconds.
        after_ms: i64,
    },
    /// Tell the site's listeners.
    Emit(Event),
}

/// What is sent to the receiver.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Names it in the answer.
    pub number: u32,
    /// The address.
    pub url: Box<str>,
    /// For the header `Authorization: Bearer …`.
    pub token: Secret,
    /// What is posted, or nothing where it asks for the receiver's list.
    pub body: Body,
    /// Whether its body is small enough to outlive the page. It is to outlive it only where the page is being left: a request that
    /// does cannot be aborted for certain.
    pub may_outlive_page: bool,
    /// Whether the receiver understands a compressed body.
    pub may_compress: bool,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// None: a `GET`.
    None,
    /// One record.
    One(Rc<Interaction>),
    /// An array of records, as a relay takes it.
    Batch(Vec<Batched>),
}

/// A record of a batch: its fields, and the member `kind` beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Batched {
    /// What the relay's policy judges it as: a login cannot be told from any other visit.
    pub kind: Kind,
    /// The record.
    pub record: Rc<Interaction>,
}

impl Serialize for Batched {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.record.write_fields(&mut map)?;
        map.serialize_entry("kind", self.kind.as_str())?;
        map.end()
    }
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Box<str>);

// So that no stray `{:?}` can ever show one.
impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("(secret)")
    }
}
