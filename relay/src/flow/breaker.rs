//! Whether Omneo is asked at all.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Opens after five timeouts in a row, or when half of at least twenty requests within thirty seconds failed. Then one request at a
/// time finds out whether Omneo is back.
pub struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    recent: VecDeque<(Instant, bool)>,
    timeouts: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy)]
struct Open {
    probe_at: Instant,
    wait: Duration,
    /// Whether somebody is the probe.
    is_probed: bool,
}

/// How a request ended, as far as it tells of Omneo's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It answered, whatever it said of the record.
    Good,
    /// It answered 5xx.
    Failing,
    /// It did not answer.
    Silent,
}

impl Breaker {
    pub fn new() -> Breaker {
        Breaker(Mutex::default())
    }

    /// Until when nobody may ask; `None` where one may, which, while it is open, is that one.
    pub fn closed_until(&self) -> Option<Instant> {
        self.with(|state| {
            let open = state.open.as_mut()?;
            let now = Instant::now();
            if now < open.probe_at {
                return Some(open.probe_at);
            }
            // Whoever asks now is the probe; should it never end, there is another later.
            open.probe_at = now + PROBE;
            open.is_probed = true;
            None
        })
    }

    /// Whoever may have asked had nothing to ask, so the next one may.
    pub fn not_asked(&self) {
        self.with(|state| {
            if let Some(open) = state.open.as_mut().filter(|open| open.is_probed) {
                *open = Open { probe_at: Instant::now(), is_probed: false, ..*open };
            }
        });
    }

    pub fn is_open(&self) -> bool {
        self.with(|state| state.open.is_some())
    }

    pub fn note(&self, health: Health) {
        self.with(|state| {
            let now = Instant::now();
            state.timeouts = if health == Health::Silent { state.timeouts + 1 } else { 0 };
            state.recent.push_back((now, health != Health::Good));
            while state.recent.front().is_some_and(|(at, _)| now.duration_since(*at) > WINDOW) {
                state.recent.pop_front();
            }
            let failed = state.recent.iter().filter(|(_, failed)| *failed).count();
            let is_failing = state.timeouts >= 5 || state.recent.len() >= 20 && failed * 2 >= state.recent.len();
            match (&mut state.open, health) {
                (Some(_), Health::Good) => *state = State::default(),
                (Some(open), _) => {
                    open.wait = (open.wait * 2).min(LONGEST);
                    open.probe_at = now + open.wait;
                    open.is_probed = false;
                }
                (None, _) if is_failing => {
                    state.open = Some(Open { probe_at: now + SHORTEST, wait: SHORTEST, is_probed: false })
                }
                (None, _) => {}
            }
        });
    }

    fn with<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

const WINDOW: Duration = Duration::from_secs(30);
const SHORTEST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(60);
const PROBE: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn five_silent_ones_open_it_and_one_probe_closes_it() {
        let breaker = Breaker::new();
        (0..4).for_each(|_| breaker.note(Health::Silent));
        assert!(!breaker.is_open());
        breaker.note(Health::Silent);
        assert!(breaker.is_open() && breaker.closed_until().is_some());
        tokio::time::advance(SHORTEST).await;
        assert_eq!(breaker.closed_until(), None, "the probe");
        assert!(breaker.closed_until().is_some(), "and only one");
        breaker.note(Health::Silent);
        tokio::time::advance(SHORTEST).await;
        assert!(breaker.closed_until().is_some(), "it waits longer each time");
        tokio::time::advance(SHORTEST).await;
        assert_eq!(breaker.closed_until(), None);
        breaker.note(Health::Good);
        assert!(!breaker.is_open());
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_had_nothing_to_ask_is_not_waited_for() {
        let breaker = Breaker::new();
        (0..5).for_each(|_| breaker.note(Health::Silent));
        tokio::time::advance(SHORTEST).await;
        assert_eq!(breaker.closed_until(), None, "the probe");
        breaker.not_asked();
        assert_eq!(breaker.closed_until(), None, "the next one");
        breaker.note(Health::Silent);
        breaker.not_asked();
        assert!(breaker.closed_until().is_some(), "a probe that failed is waited for");
    }

    #[tokio::test(start_paused = true)]
    async fn half_of_twenty_open_it_and_one_customer_s_failures_do_not() {
        let breaker = Breaker::new();
        for at in 0..40 {
            breaker.note(if at % 4 == 0 { Health::Failing } else { Health::Good });
        }
        assert!(!breaker.is_open());
        tokio::time::advance(WINDOW * 2).await;
        for at in 0..20 {
            breaker.note(if at % 2 == 0 { Health::Failing } else { Health::Good });
        }
        breaker.note(Health::Failing);
        assert!(breaker.is_open());
    }
}
