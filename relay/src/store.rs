//! What is kept until Omneo has it, and what is remembered of it.
//!
//! | table | a row is | kept |
//! | --- | --- | --- |
//! | `outbox` | a record that waits | until it is delivered, dead, withdrawn or erased |
//! | `customers` | a customer of whom something waits: when it is due, and whose claim it is | as long |
//! | `seen` | an id that was accepted, and the record's id at Omneo | `limits.known_days` |
//! | `dead` | a record that was given up, and why | `limits.known_days` |
//! | `ties` | an identifier's hash, and the profile that Omneo answered | until erased |
//! | `erased` | that a customer was erased | `limits.known_days` |
//! | `removals` | a record of an erased customer that is to be deleted at Omneo | until it is |
//! | `counts` | how many records had which outcome | for good |
//!
//! Every table is keyed by tenant and subject first, so that a database can be spread by them.
//!
//! **Claims.** Whoever forwards a customer's record claims the customer: a random number, and a due time that lies in the future,
//! so that nobody else takes it before. Each later write checks that number, so whoever slept through its claim changes nothing.

mod outcome;
mod postgres;
mod sqlite;

pub use outcome::{Accepted, Arrival, Claim, Dead, DeadReason, Ending, Erased, Fate, Source, Totals, Waiting};
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use crate::subject::Subject;
use async_trait::async_trait;

/// Why something could not be kept or read.
#[derive(Debug)]
pub enum StoreError {
    /// Nothing was written: the disk is full, the database is gone.
    NotWritten(String),
    /// A commit had begun; whether it took place, nobody knows.
    Unknown(String),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StoreError::NotWritten(why) => write!(f, "nothing was written: {why}"),
            StoreError::Unknown(why) => write!(f, "whether it was written is unknown: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What a call to the store returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A database. Times are milliseconds since 1970 in UTC, and handed in, so that a test can set them.
///
/// Each method is one transaction, and has returned only when that is on disk.
#[async_trait]
pub trait Store: Send + Sync {
    /// Keeps each that is neither known nor of somebody who was erased, and says what became of each, in their order.
    async fn accept(&self, arrivals: Vec<Arrival>, now: i64) -> Result<Vec<Accepted>>;

    /// Claims a customer of the tenant whose record is due, until `until`, and returns the first that waits.
    async fn claim(&self, tenant: &str, now: i64, until: i64) -> Result<Option<Claim>>;

    /// When the next record of the tenant is due; `None` where none waits.
    async fn next_due(&self, tenant: &str) -> Result<Option<i64>>;

    /// Notes that the record is about to be sent. `false` where it must not be: the claim is lost, or it was withdrawn or erased.
    async fn sent(&self, claim: &Claim, now: i64) -> Result<bool>;

    /// Ends the claim, and says what became of the record. `false` where the claim was lost, and nothing is changed.
    ///
    /// `next` is when this customer's next step is due. Where Omneo's answer says that an identifier is an erased customer's, what waits
    /// of it is erased, and the record is to be deleted at Omneo.
    async fn finish(&self, claim: &Claim, ending: Ending, now: i64, next: i64) -> Result<bool>;

    /// The records of a customer that wait and came from a browser, in order.
    async fn waiting(&self, tenant: &str, subject: &Subject) -> Result<Vec<Waiting>>;

    /// Drops what browsers handed in of a customer and is not sent; what may have been sent is looked for, and not sent again.
    /// With an `event_id`, only that record. Returns how many were dropped.
    async fn withdraw(&self, tenant: &str, subject: &Subject, event_id: Option<&str>) -> Result<u64>;

    /// Erases a customer known by all of these, and by whatever Omneo tied to them.
    async fn erase(&self, tenant: &str, subjects: &[Subject], now: i64) -> Result<Erased>;

    /// Some records at Omneo that an erasure is to delete there, the longest waiting first.
    async fn removals(&self, tenant: &str, most: u32) -> Result<Vec<i64>>;

    /// Those are deleted at Omneo.
    async fn removed(&self, tenant: &str, omneo_ids: &[i64]) -> Result<()>;

    /// How many are still to be deleted at Omneo.
    async fn removals_left(&self, tenant: &str) -> Result<u64>;

    /// Dead records, the newest first.
    async fn dead(&self, tenant: Option<&str>, most: u32) -> Result<Vec<Dead>>;

    /// Puts dead records back into the outbox: that one, or all of the tenant, which may be several transactions. Returns how many.
    async fn replay(&self, tenant: &str, seq: Option<i64>, now: i64) -> Result<u64>;

    /// Marks whatever waits as possibly sent: a backup does not know what was delivered since. Returns how many.
    async fn doubt_all(&self) -> Result<u64>;

    /// Gives up what was accepted before `before`, at most a thousand at a time. What is in somebody's hands stays, and what may be at
    /// Omneo of an erased customer. Returns how many.
    async fn expire(&self, before: i64, now: i64) -> Result<u64>;

    /// Forgets ids, dead records and erasures from before `before`, some at a time. Returns how many.
    async fn forget(&self, before: i64) -> Result<u64>;

    /// Makes due by `latest` what is due later: a clock that was set back must not make anything wait for hours.
    async fn hasten(&self, latest: i64) -> Result<u64>;

    /// The tenant's figures, all of one moment.
    async fn totals(&self, tenant: &str) -> Result<Totals>;

    /// About how many bytes the database needs on its disk, without the room of what has gone.
    async fn bytes(&self) -> Result<u64>;

    /// The value of a setting that outlives the process; `made` where there is none yet, which is then kept.
    async fn setting(&self, name: &str, made: &str) -> Result<String>;

    /// Sets it.
    async fn set(&self, name: &str, value: &str) -> Result<()>;

    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;
}
