//! How many requests a token may make.

use crate::answers::Failure;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Counts requests by token and minute, as Laravel's `throttle` does.
pub struct Limit {
    most: Option<u32>,
    windows: Mutex<HashMap<String, (Instant, u32)>>,
}

impl Limit {
    /// At most so many a minute; `None` for no limit.
    pub fn new(most: Option<u32>) -> Limit {
        Limit { most, windows: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Failure::TooMany`] where the minute's requests are used up.
    pub fn count(&self, token: &str) -> Result<(), Failure> {
        let Some(most) = self.most else { return Ok(()) };
        let mut windows = self.windows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (began, count) = windows.entry(token.to_owned()).or_insert_with(|| (Instant::now(), 0));
        if began.elapsed() >= MINUTE {
            (*began, *count) = (Instant::now(), 0);
        }
        *count += 1;
        if *count > most {
            return Err(Failure::TooMany((MINUTE - began.elapsed().min(MINUTE)).as_secs() + 1));
        }
        Ok(())
    }
}

const MINUTE: Duration = Duration::from_secs(60);
