//! The time, and how Omneo writes it.

use omneo_interactions::interaction::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// The present moment.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// `YYYY-MM-DD HH:MM:SS` in UTC, as Omneo's API writes times.
pub fn date_time(moment: Instant) -> String {
    moment.to_iso()[..19].replace('T', " ")
}
