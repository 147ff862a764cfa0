//! How a brand's records flow to Omneo: how many, and whether at all.

mod breaker;
mod pace;

pub use breaker::{Breaker, Health};
pub use pace::Pace;

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How a tenant's records flow.
pub struct Flow {
    /// How many requests a second.
    pub pace: Pace,
    /// Whether Omneo is asked at all.
    pub breaker: Breaker,
    /// Whether Omneo refused our token, until it takes it again.
    pub is_refused: AtomicBool,
    /// Whether whoever runs the relay holds it.
    pub is_held: AtomicBool,
    /// How long a record that may be at Omneo is left alone, until it is looked for.
    pub unconfirmed: Duration,
    /// When a record got through.
    succeeded: Mutex<Option<Instant>>,
}

impl Flow {
    /// At most that many requests a second.
    pub fn new(rate: f64, unconfirmed: Duration) -> Flow {
        Flow {
            pace: Pace::new(rate),
            breaker: Breaker::new(),
            is_refused: AtomicBool::new(false),
            is_held: AtomicBool::new(false),
            unconfirmed,
            succeeded: Mutex::default(),
        }
    }

    /// A record got through.
    pub fn succeeded(&self) {
        *self.succeeded.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether records get through these days: Omneo's being down is nobody's own fault.
    pub fn others_get_through(&self) -> bool {
        let last = *self.succeeded.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < RECENT)
    }
}

const RECENT: Duration = Duration::from_secs(600);
