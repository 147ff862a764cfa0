//! When to try again.

/// Full-jitter exponential back-off: the n-th wait is anything from 0 to `min(cap, base · 2ⁿ)`, so that many visitors who
/// lost the same server do not return together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Counts a failure and returns how long to wait, in milliseconds. `random` is anything from 0 to 65,535.
    ///
    /// Where the receiver named a time (`Retry-After`), the wait is that time and the jitter comes on top.
    pub fn failed(&mut self, random: u16, retry_after_ms: Option<i64>) -> i64 {
        let most = (BASE_MS << self.failures.min(DOUBLINGS)).min(CAP_MS);
        self.failures = self.failures.saturating_add(1);
        retry_after_ms.unwrap_or(0).clamp(0, LONGEST_MS) + most * i64::from(random) / i64::from(u16::MAX)
    }

    /// Whether nothing failed since the last success.
    pub fn is_first(&self) -> bool {
        self.failures == 0
    }

    /// The receiver answered: the next failure is the first again.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }
}

const BASE_MS: i64 = 1_000;
const DOUBLINGS: u32 = 9;
const CAP_MS: i64 = 5 * 60_000;
/// The longest `Retry-After` that is believed: a day.
const LONGEST_MS: i64 = 24 * 60 * 60_000;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bound_doubles_up_to_the_cap_and_a_success_resets_it() {
        let mut backoff = Backoff::default();
        let bounds: Vec<i64> = (0..11).map(|_| backoff.failed(u16::MAX, None)).collect();
        assert_eq!(bounds, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
        backoff.succeeded();
        assert_eq!(backoff.failed(u16::MAX, None), 1_000);
    }

    #[test]
    fn retry_after_is_the_least_wait() {
        assert_eq!(Backoff::default().failed(0, Some(30_000)), 30_000);
        assert_eq!(Backoff::default().failed(0, Some(-5)), 0);
        assert_eq!(Backoff::default().failed(0, Some(i64::MAX)), LONGEST_MS);
    }

    proptest! {
        #[test]
        fn a_wait_is_never_negative_and_never_over_the_cap(failures in 0..u32::MAX, random in any::<u16>()) {
            let wait = Backoff { failures }.failed(random, None);
            prop_assert!((0..=CAP_MS).contains(&wait));
        }
    }
}
