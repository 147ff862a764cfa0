//! One accepted record.

use crate::interaction::Instant;

/// A record as it waits and travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its `meta.event_id`, by which a receiver drops a second copy.
    pub id: String,
    /// The profile that was signed in as it was accepted; `None` while the tracker did not know yet.
    pub profile: Option<String>,
    /// Whether it turned out to be another profile's than the token's.
    pub is_foreign: bool,
    /// When it was accepted.
    pub accepted: Instant,
    /// The record as JSON: the body of its request.
    pub body: String,
    /// Whether a request with it is under way.
    pub on_its_way: bool,
}
