//! What came of it.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// Answers, counted.
#[derive(Default)]
pub struct Tally {
    micros: Vec<u64>,
    statuses: BTreeMap<u16, u64>,
    accepted: u64,
    known: u64,
    refused: u64,
    /// The requests whose records are all kept.
    pub acknowledged: Vec<u64>,
    /// Connections that ended before their work.
    pub broken: u64,
}

impl Tally {
    /// Notes an answer, and the time that it took where that counts. Its body is searched and not read: that would cost more than it
    /// took to make.
    pub fn answered(&mut self, number: u64, status: u16, body: &[u8], took: Option<Duration>, batch: u64) {
        let text = std::str::from_utf8(body).unwrap_or_default();
        let count = |status: &str| text.matches(status).count() as u64;
        let (accepted, known) = (count("\"status\":202"), count("\"status\":200"));
        if status == 200 && accepted + known == batch {
            self.acknowledged.push(number);
        }
        let Some(took) = took else { return };
        self.micros.push(took.as_micros() as u64);
        *self.statuses.entry(status).or_default() += 1;
        self.accepted += accepted;
        self.known += known;
        self.refused += count("\"status\":422");
    }

    /// Takes in another.
    pub fn add(&mut self, other: Tally) {
        self.micros.extend(other.micros);
        other.statuses.into_iter().for_each(|(status, count)| *self.statuses.entry(status).or_default() += count);
        self.accepted += other.accepted;
        self.known += other.known;
        self.refused += other.refused;
        self.acknowledged.extend(other.acknowledged);
        self.broken += other.broken;
    }

    /// As JSON.
    pub fn told(mut self, begun: Instant, ended: Instant) -> Value {
        self.micros.sort_unstable();
        let seconds = ended.duration_since(begun).as_secs_f64();
        json!({
            "seconds": seconds,
            "requests": self.micros.len(),
            "statuses": self.statuses,
            "accepted": self.accepted,
            "known": self.known,
            "refused": self.refused,
            "broken": self.broken,
            "acknowledged": self.acknowledged.len(),
            "records_a_second": (self.accepted + self.known) as f64 / seconds,
            "ms": { "p50": self.ms(0.5), "p90": self.ms(0.9), "p99": self.ms(0.99), "most": self.ms(1.0) },
        })
    }

    fn ms(&self, share: f64) -> f64 {
        let at = (self.micros.len() as f64 * share).ceil() as usize;
        at.checked_sub(1).map_or(0.0, |at| self.micros[at] as f64 / 1_000.0)
    }
}
