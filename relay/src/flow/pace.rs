//! How many requests a second Omneo gets.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Requests at even intervals. A 429 halves the rate; it grows back by a tenth of the whole in ten seconds.
pub struct Pace(Mutex<State>);

struct State {
    most: f64,
    rate: f64,
    next: Instant,
    grown: Instant,
    rest_until: Instant,
}

impl Pace {
    pub fn new(most: f64) -> Pace {
        let now = Instant::now();
        Pace(Mutex::new(State { most, rate: most, next: now, grown: now, rest_until: now }))
    }

    /// Waits for its turn.
    pub async fn turn(&self) {
        loop {
            let at = self.with(|state| {
                let now = Instant::now();
                if now < state.rest_until {
                    return Err(state.rest_until);
                }
                state.grow(now);
                // Turns that nobody took do not add up, but for what a timer is late.
                let at = state.next.max(now.checked_sub(LATE).unwrap_or(now));
                state.next = at + Duration::from_secs_f64(1.0 / state.rate);
                Ok(at)
            });
            match at {
                Ok(at) => return tokio::time::sleep_until(at).await,
                Err(rest_until) => tokio::time::sleep_until(rest_until).await,
            }
        }
    }

    /// Omneo said 429, and perhaps for how long.
    pub fn slow_down(&self, rest: Option<Duration>) {
        self.with(|state| {
            let now = Instant::now();
            // Answers to requests that left together are one.
            if now >= state.rest_until && now.duration_since(state.grown) > LATE {
                state.rate = (state.rate / 2.0).max(state.most / 64.0);
            }
            state.grown = now;
            state.rest_until = state.rest_until.max(now + rest.unwrap_or_default());
        });
    }

    /// Requests a second, now.
    pub fn rate(&self) -> f64 {
        self.with(|state| {
            state.grow(Instant::now());
            state.rate
        })
    }

    fn with<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn grow(&mut self, now: Instant) {
        let steps = now.duration_since(self.grown).as_secs() / 10;
        if steps > 0 {
            self.rate = (self.rate + self.most / 10.0 * steps as f64).min(self.most);
            self.grown += Duration::from_secs(steps * 10);
        }
    }
}

const LATE: Duration = Duration::from_millis(50);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn turns_come_at_the_rate() {
        let pace = Pace::new(10.0);
        let start = Instant::now();
        for _ in 0..100 {
            pace.turn().await;
        }
        let seconds = start.elapsed().as_secs_f64();
        assert!((9.5..=10.5).contains(&seconds), "{seconds}");
    }

    #[tokio::test(start_paused = true)]
    async fn too_many_halve_it_and_time_brings_it_back() {
        let pace = Pace::new(8.0);
        tokio::time::advance(Duration::from_secs(1)).await;
        pace.slow_down(Some(Duration::from_secs(3)));
        pace.slow_down(None);
        assert!((pace.rate() - 4.0).abs() < 0.01, "{}", pace.rate());
        let start = Instant::now();
        pace.turn().await;
        assert!(start.elapsed() >= Duration::from_secs(3), "{:?}", start.elapsed());
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!((pace.rate() - 8.0).abs() < 0.01, "{}", pace.rate());
    }
}
