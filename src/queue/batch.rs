//! When what waits is worth a trip.

use super::Queue;
use crate::interaction::Instant;

/// A batch is due as soon as it has so many records, or its oldest has waited so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Records that make a batch: 1 to 100.
    pub records: usize,
    /// How long the oldest may wait, in milliseconds: 0 to 300,000.
    pub wait_ms: i64,
}

impl Batch {
    /// In how many milliseconds a batch is due: 0 for now, `None` where nothing waits.
    ///
    /// A clock that was set back counts as no time passed, so a wait is never longer than [`Batch::wait_ms`].
    pub fn due_in(&self, queue: &Queue, now: Instant) -> Option<i64> {
        let oldest = queue.waiting().next()?;
        if self.is_full(queue) {
            return Some(0);
        }
        Some((oldest.accepted.0 + self.wait_ms - now.0).clamp(0, self.wait_ms))
    }

    /// Whether as many wait as a batch has at most.
    pub fn is_full(&self, queue: &Queue) -> bool {
        queue.waiting().nth(self.records - 1).is_some()
    }
}
