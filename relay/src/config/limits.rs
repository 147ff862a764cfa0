//! Bounds of what is taken in and kept.

use serde::Deserialize;
use std::time::Duration;

/// Each with the value that it has where nothing is said.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest body as it comes, compressed or not, in bytes.
    pub body_bytes: usize,
    /// The largest body once it is inflated, in bytes.
    pub inflated_bytes: usize,
    /// The most records that are taken of a batch; the rest is left unanswered, and the tracker sends it again.
    pub records: usize,
    /// The largest record, in bytes of JSON.
    pub record_bytes: usize,
    /// How long the head of a request may take.
    pub header_seconds: u64,
    /// How long its body may take.
    pub body_seconds: u64,
    /// How long until it is answered.
    pub request_seconds: u64,
    /// The most connections.
    pub connections: usize,
    /// The most requests in work; more are answered 503.
    pub requests: usize,
    /// The most records of one customer a second, over time.
    pub customer_rate: u32,
    /// The most records of one customer at once.
    pub customer_burst: u32,
    /// The largest database, in bytes; beyond it new records are answered 503.
    pub outbox_bytes: u64,
    /// The least space on the disk of the SQLite file, in bytes.
    pub free_disk_bytes: u64,
    /// How long a record that may be at Omneo is left alone, until it is looked for.
    pub unconfirmed_seconds: u64,
    /// How long a record may wait until it is dead.
    pub age_hours: u32,
    /// How long a record's id is known, dead records are kept, and records of an erased customer are refused.
    pub known_days: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            body_bytes: 1 << 20,
            inflated_bytes: 2 << 20,
            records: 100,
            record_bytes: 32 << 10,
            header_seconds: 5,
            body_seconds: 10,
            request_seconds: 15,
            connections: 4_096,
            requests: 256,
            customer_rate: 10,
            customer_burst: 200,
            outbox_bytes: 5 << 30,
            free_disk_bytes: 1 << 30,
            unconfirmed_seconds: 60,
            age_hours: 72,
            known_days: 30,
        }
    }
}

impl Limits {
    /// How long the head of a request may take.
    pub fn header(&self) -> Duration {
        Duration::from_secs(self.header_seconds)
    }

    /// How long its body may take.
    pub fn body(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }

    /// How long until it is answered.
    pub fn request(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// How long a record that may be at Omneo is left alone.
    pub fn unconfirmed(&self) -> Duration {
        Duration::from_secs(self.unconfirmed_seconds)
    }

    /// How long a record may wait, in milliseconds.
    pub fn age_ms(&self) -> i64 {
        i64::from(self.age_hours) * 3_600_000
    }

    /// How long ids and dead records are kept, in milliseconds.
    pub fn known_ms(&self) -> i64 {
        i64::from(self.known_days) * 86_400_000
    }

    pub(super) fn check(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut within = |name: &str, value: u64, least: u64, most: u64| {
            if !(least..=most).contains(&value) {
                mistakes.push(format!("`limits.{name}` is {value}; accepted: a whole number from {least} to {most}"));
            }
        };
        within("body_bytes", self.body_bytes as u64, 1 << 10, 64 << 20);
        within("inflated_bytes", self.inflated_bytes as u64, 1 << 10, 256 << 20);
        within("records", self.records as u64, 1, 100);
        within("record_bytes", self.record_bytes as u64, 1 << 10, 32 << 10);
        within("header_seconds", self.header_seconds, 1, 60);
        within("body_seconds", self.body_seconds, 1, 600);
        within("request_seconds", self.request_seconds, 1, 600);
        within("connections", self.connections as u64, 1, 1 << 20);
        within("requests", self.requests as u64, 1, 1 << 16);
        within("customer_rate", self.customer_rate.into(), 1, 100_000);
        within("customer_burst", self.customer_burst.into(), self.records as u64, 1_000_000);
        within("outbox_bytes", self.outbox_bytes, 1 << 20, 1 << 50);
        within("unconfirmed_seconds", self.unconfirmed_seconds, 1, 3_600);
        within("age_hours", self.age_hours.into(), 1, 24 * 365);
        within("known_days", self.known_days.into(), 1, 365);
        mistakes
    }
}
