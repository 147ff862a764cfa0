//! The time.

use std::time::{SystemTime, UNIX_EPOCH};

/// The present moment in milliseconds since 1970-01-01T00:00:00Z, as this machine's clock has it. It may be set back.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
