//! What goes into the store, and what comes out of it.

use crate::subject::Subject;
use serde::Serialize;

/// A record that has passed all checks.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The brand.
    pub tenant: Box<str>,
    /// Whose it is.
    pub subject: Subject,
    /// Its `meta.event_id`.
    pub event_id: Box<str>,
    /// Who handed it in.
    pub source: Source,
    /// What says whose it is in Omneo's global route, as JSON; `None` where it goes to the profile that the subject names.
    pub identification: Option<String>,
    /// The record as it is sent, in JSON.
    pub body: String,
}

/// Who handed a record in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A customer's browser: a withdrawal of consent reaches it.
    Browser,
    /// A back-office system.
    Server,
}

/// What became of a record that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is kept.
    New,
    /// It was kept before.
    Known,
    /// Its customer was erased.
    Erased,
}

/// The first record of a customer, and the right to do something about it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What each write checks.
    pub number: i64,
    /// The record's place in the outbox.
    pub seq: i64,
    /// The brand.
    pub tenant: Box<str>,
    /// Whose it is.
    pub subject: Subject,
    /// Its `meta.event_id`.
    pub event_id: Box<str>,
    /// What says whose it is in Omneo's global route, as JSON; `None` where it goes to a profile.
    pub identification: Option<String>,
    /// The record in JSON.
    pub body: String,
    /// When it was accepted.
    pub accepted: i64,
    /// Since when it may be at Omneo; `None` where it was never sent, or certainly not taken.
    pub sent_at: Option<i64>,
    /// How many attempts failed.
    pub failures: u32,
    /// What is to become of it.
    pub fate: Fate,
    /// The profile that Omneo tied to the identifier.
    pub profile: Option<Box<str>>,
}

/// What is to become of a record that may have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is delivered.
    Deliver,
    /// Consent was withdrawn: it is not sent again.
    Withdraw,
    /// Its customer was erased: it is not sent again, and deleted where it is found.
    Erase,
}

impl Fate {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Deliver => "deliver",
            Fate::Withdraw => "withdraw",
            Fate::Erase => "erase",
        }
    }

    /// As it was kept.
    pub fn from_kept(text: &str) -> Fate {
        match text {
            "withdraw" => Fate::Withdraw,
            "erase" => Fate::Erase,
            _ => Fate::Deliver,
        }
    }
}

impl Source {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Browser => "browser",
            Source::Server => "server",
        }
    }
}

/// How a step with a record ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Omneo has it, under that id, on that profile.
    Delivered {
        /// Omneo's id of the record.
        omneo_id: Option<i64>,
        /// The profile that Omneo found for an identifier.
        profile: Option<Box<str>>,
    },
    /// It is given up.
    Dead {
        /// Why.
        reason: DeadReason,
        /// Omneo's last status; 0 for none.
        status: u16,
        /// Which fields Omneo refused, without their values.
        detail: String,
    },
    /// It is not to be sent, and was not found at Omneo.
    Dropped,
    /// It was found, and its customer was erased: deleted at Omneo, or noted to be.
    Erased {
        /// Omneo's id of the record.
        omneo_id: Option<i64>,
    },
    /// It waits for another step.
    Later {
        /// Whether it is certain that Omneo does not have it.
        is_absent: bool,
        /// Whether this counts as a failed attempt.
        has_failed: bool,
    },
}

/// Why a record is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadReason {
    /// Omneo refuses it: 422, and other answers that no repetition changes.
    Rejected,
    /// Omneo knows no such customer.
    UnknownCustomer,
    /// Omneo fails at it again and again, and at no other.
    Poison,
    /// It waited too long.
    TooOld,
    /// It may be at Omneo, and Omneo does not let the relay look.
    Unconfirmed,
}

impl DeadReason {
    /// As it is kept and told.
    pub fn as_str(self) -> &'static str {
        match self {
            DeadReason::Rejected => "rejected",
            DeadReason::UnknownCustomer => "unknown-customer",
            DeadReason::Poison => "poison",
            DeadReason::TooOld => "too-old",
            DeadReason::Unconfirmed => "unconfirmed",
        }
    }
}

/// A record that was given up.
#[derive(Clone, Debug, Serialize)]
pub struct Dead {
    /// Its place; what `replay` takes.
    pub seq: i64,
    /// The brand.
    pub tenant: String,
    /// Its `meta.event_id`.
    pub event_id: String,
    /// Why, in one word.
    pub reason: String,
    /// Omneo's last status; 0 for none.
    pub status: u16,
    /// Which fields Omneo refused.
    pub detail: String,
    /// When, in milliseconds since 1970.
    pub died_at: i64,
    /// What says whose it is: a profile, or the hash of an identifier.
    pub subject: String,
    /// The record, in JSON. It is in no log, and only an export shows it.
    #[serde(skip)]
    pub body: String,
}

/// A record that waits, for the customer whose it is.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its `meta.event_id`.
    pub event_id: String,
    /// The record in JSON.
    pub body: String,
    /// When it was accepted, in milliseconds since 1970.
    pub accepted: i64,
}

/// What an erasure did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Records that waited.
    pub waiting: u64,
    /// Records that may be on their way: they are looked for, and deleted where they are found.
    pub under_way: u64,
    /// Dead records.
    pub dead: u64,
    /// Ids that were remembered.
    pub remembered: u64,
    /// Records at Omneo that are to be deleted there.
    pub at_omneo: u64,
}

/// A tenant's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Totals {
    pub accepted: i64,
    pub delivered: i64,
    pub dead: i64,
    pub erased: i64,
    pub withdrawn: i64,
    pub waiting: i64,
    /// When the longest waiting was accepted, in milliseconds since 1970.
    pub oldest: Option<i64>,
}

impl Totals {
    /// What is neither delivered nor given up nor waiting: always 0.
    pub fn balance(&self) -> i64 {
        self.accepted - self.delivered - self.dead - self.erased - self.withdrawn - self.waiting
    }
}
