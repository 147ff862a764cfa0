//! The time.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The present moment in milliseconds since 1970-01-01T00:00:00Z, as this machine's clock has it. It may be set back.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Watches this machine's clock by the one that nobody sets.
pub struct Watch {
    now: i64,
    steady: Instant,
}

impl Watch {
    /// From now on.
    pub fn start() -> Watch {
        Watch { now: now(), steady: Instant::now() }
    }

    /// Whether the clock was set back since it was last asked.
    pub fn was_set_back(&mut self) -> bool {
        self.is_behind(now(), Instant::now())
    }

    fn is_behind(&mut self, now: i64, steady: Instant) -> bool {
        let passed = steady.duration_since(self.steady).as_millis() as i64;
        let is_behind = now < self.now + passed - SLEW_MS;
        *self = Watch { now, steady };
        is_behind
    }
}

/// So much a clock may be corrected at once that nobody has to act.
const SLEW_MS: i64 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_that_is_set_back_is_noticed_once() {
        let mut watch = Watch::start();
        let (now, steady) = (watch.now, watch.steady);
        let after = |seconds| steady + Duration::from_secs(seconds);
        assert!(!watch.is_behind(now + 2_000, after(2)));
        assert!(!watch.is_behind(now + 4_500, after(5)), "corrected a little");
        assert!(watch.is_behind(now + 7_000 - 3_600_000, after(7)));
        assert!(!watch.is_behind(now + 9_000 - 3_600_000, after(9)));
        assert!(!watch.is_behind(now + 11_000, after(11)), "it may be set forward again");
    }
}
