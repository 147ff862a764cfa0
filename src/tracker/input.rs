//! What the tracker is told.

use super::CallName;
use crate::capture::{Navigation, Signs, Submission};
use crate::interaction::{Instant, Map, Stored, Value};
use crate::privacy::{Consent, Purposes};

/// One thing that happened on the page, as [`super::Tracker::handle`] takes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The page begins.
    Start,
    /// The visitor answered, or changed the answer.
    Consent {
        /// The answer.
        consent: Consent,
        /// Where it is a consent, for what.
        purposes: Purposes,
    },
    /// What is kept with consent, after [`super::Effect::Recall`], and whenever another page may have changed it.
    Recalled {
        /// The session; `None` where storage gives nothing.
        session: Option<Stored>,
        /// The staff-assisted session of this tab; `None` where storage gives nothing.
        clienteling: Option<Stored>,
    },
    /// The records that no open page has any more, and that this one has made its own.
    Adopted {
        /// Each as it was kept.
        records: Vec<StoredRecord>,
    },
    /// Another page made these records of this page its own, and delivers them.
    TakenOver {
        /// Their ids.
        ids: Vec<Box<str>>,
    },
    /// Storage is full or blocked.
    StorageFailed,
    /// The customer signed out, by a call.
    SignOut,
    /// The customer signed out on another page of the site, which has emptied storage.
    SignedOutElsewhere,
    /// The token source answered.
    Token {
        /// Which [`super::Effect::AskToken`] it answers.
        question: u32,
        /// What it answered.
        answer: TokenAnswer,
    },
    /// The receiver answered, or will not.
    Answered {
        /// Which [`super::Request`] it answers.
        request: u32,
        /// What it answered.
        answer: Answer,
    },
    /// After [`super::Effect::TakeTurn`]: it is this page's turn, and it has recalled the session.
    TurnCame,
    /// Somebody called `flush`.
    Flush,
    /// The time of [`super::Effect::Wake`] has come.
    Woke,
    /// The network is back.
    Online,
    /// The page is visible: as the tracker begins to listen, and whenever it is again.
    Visible,
    /// The page is hidden, and may never be seen again.
    Hidden,
    /// The page is about to be left, for good or into the back/forward cache.
    Leaving,
    /// The page came back from the back/forward cache, so it is shown again.
    Restored,
    /// Perhaps another page is shown, or has its title; the context has address and title.
    Navigated {
        /// How the page came to be shown.
        navigation: Navigation,
    },
    /// The page shows this product: what `productView` takes.
    ProductShown {
        /// The product's fields.
        product: Map,
    },
    /// A form was submitted; with the values of those of its fields that [`super::Tracker::fields_to_read`] named.
    Submitted {
        /// The form and its fields.
        submission: Submission,
    },
    /// What is seen of a form that a script has submitted, while [`super::Tracker::is_open`], each [`crate::capture::LOOK_MS`].
    FormSeen {
        /// Which form.
        number: u32,
        /// What is seen of it.
        signs: Signs,
    },
    /// An element that has `data-omneo-interaction` was clicked.
    Clicked {
        /// What the attribute has: an object, or the text where it is no JSON.
        given: Value,
        /// How to call the element in a message.
        element: Box<str>,
    },
    /// The site told somebody else of an event.
    Emitted {
        /// The name of one of the calls, or of any other event.
        event: Box<str>,
        /// What the call takes; `None` for any other event.
        given: Option<Value>,
    },
    /// The site made a call that records.
    Call {
        /// Which.
        call: CallName,
        /// What it was given.
        given: Value,
    },
}

impl Input {
    /// What of the page the tracker needs for it: to read an address or a title takes a browser longer than all of the tracker.
    pub fn scope(&self) -> Scope {
        match self {
            Input::Navigated { .. } | Input::Emitted { .. } | Input::Call { call: CallName::PageView, .. } => {
                Scope::Page
            }
            Input::Submitted { .. }
            | Input::FormSeen { .. }
            | Input::Clicked { .. }
            | Input::Call { call: CallName::ProductView | CallName::FormSubmission, .. } => Scope::Address,
            _ => Scope::Moment,
        }
    }
}

/// How much of a [`Context`] there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only when it is.
    Moment,
    /// That, and the page's address.
    Address,
    /// All.
    Page,
}

/// When and where an input happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// When, and randomness for what it sets off.
    pub moment: Moment,
    /// The page's address; empty where the input's [`Scope`] is without.
    pub address: Box<str>,
    /// The page's title; empty in the same way.
    pub title: Box<str>,
}

/// When an input happened, and randomness for what it sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time.
    pub now: Instant,
    /// Sixteen random bytes.
    pub entropy: [u8; 16],
}

/// A record that an earlier page kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// Its id.
    pub id: Box<str>,
    /// What it was kept as.
    pub stored: Stored,
}

/// What a token source answered.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenAnswer {
    /// An answer.
    Answered {
        /// A text, or an object with `token` and perhaps `exp`, perhaps both within `data`; null where nobody is signed in.
        answer: Value,
        /// The claims of the JSON Web Token in it, see [`crate::delivery::token_in`]; null where there are none.
        claims: Value,
    },
    /// It threw, rejected or took too long.
    Failed {
        /// Why.
        error: Box<str>,
    },
}

/// What a receiver answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The HTTP status; 0 where none came.
    pub status: u16,
    /// The header `Retry-After`; empty where there is none.
    pub retry_after: Box<str>,
    /// The body; null where it is no JSON.
    pub body: Value,
}
