//! WHEN a record leaves: a bounded queue in order of acceptance, and the rule for when a batch is due.
//!
//! The contract: a record that was accepted stays until the receiver confirmed it ([`Queue::confirm`]), until it is given up
//! for a named reason, or until the queue is full, when the oldest that is not under way makes room. No record is handed
//! out twice while it is under way, or while a request that ended without an answer may still be.

mod batch;
mod entry;
mod kept;
mod owner;
mod snapshot;

pub use batch::Batch;
pub use entry::Entry;
pub use kept::{Change, Kept};
pub use owner::Owner;
pub use snapshot::Snapshot;

use crate::interaction::Instant;

/// Accepted records, oldest first.
#[derive(Debug)]
pub struct Queue {
    entries: Vec<Entry>,
    limits: Limits,
    /// No record may be under way longer than until then.
    latest: Instant,
}

/// The bounds of a queue; both hold at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most records kept.
    pub records: usize,
    /// The most bytes of request bodies kept.
    pub bytes: usize,
}

impl Queue {
    /// An empty queue.
    pub fn new(limits: Limits) -> Queue {
        Queue { entries: Vec::new(), limits, latest: Instant::default() }
    }

    /// Takes in a record, at its place by time, and returns what had to make room for it: the oldest records that are not on
    /// their way.
    ///
    /// Where all that is kept is on its way, the new record itself is what does not fit.
    #[must_use = "a record that had to make room must be counted"]
    pub fn push(&mut self, entry: Entry) -> Vec<Entry> {
        self.insert(entry);
        self.make_room()
    }

    /// Removes and returns the oldest records that are not on their way, until the bounds hold.
    #[must_use = "a record that had to make room must be counted"]
    pub fn make_room(&mut self) -> Vec<Entry> {
        let mut dropped = Vec::new();
        let mut bytes = self.bytes(|_| true);
        while self.entries.len() > self.limits.records || bytes > self.limits.bytes {
            match self.extract(&|entry| entry.request.is_none()) {
                Some(oldest) => {
                    bytes -= oldest.bytes();
                    dropped.push(oldest);
                }
                None => break,
            }
        }
        dropped
    }

    /// Takes in a record of an earlier page, at its place by time. One of that id that is here already stays, and is unconfirmed for
    /// as long as either is; it is returned.
    pub fn adopt(&mut self, entry: Entry) -> Option<&Entry> {
        let Some(at) = self.entries.iter().position(|known| known.id == entry.id) else {
            self.insert(entry);
            return None;
        };
        let known = &mut self.entries[at];
        known.unconfirmed = known.unconfirmed.max(entry.unconfirmed);
        self.latest = self.latest.max(known.unconfirmed.unwrap_or_default());
        Some(known)
    }

    /// Whether a record of that id waits or is under way.
    pub fn has(&self, id: &str) -> bool {
        self.entries.iter().any(|entry| *entry.id == *id)
    }

    /// Takes the oldest record that can be sent, where it has at most `bytes`, and marks it as under way with that request: until
    /// a certain answer comes it is unconfirmed, where `until` says how long it may be under way.
    pub fn lease(&mut self, bytes: usize, request: u32, until: Option<Instant>) -> Option<&Entry> {
        let entry = self.entries.iter_mut().find(|entry| entry.waits() && entry.unconfirmed.is_none())?;
        if entry.bytes() > bytes {
            return None;
        }
        entry.request = Some(request);
        entry.unconfirmed = until;
        self.latest = self.latest.max(until.unwrap_or_default());
        Some(entry)
    }

    /// Takes all records that are to be looked for, and marks them as under way with that request; returns when the earliest of them
    /// happened, `None` where there are none.
    pub fn lease_to_look_up(&mut self, request: u32, now: Instant) -> Option<Instant> {
        let looked_for = self.entries.iter_mut().filter(|entry| entry.is_due(now) && entry.unconfirmed.is_some());
        looked_for
            .map(|entry| {
                entry.request = Some(request);
                entry.happened()
            })
            .min()
    }

    /// What may be under way is looked for then at the latest: a clock that was set back must make no wait longer.
    pub fn limit_waits(&mut self, latest: Instant) {
        if self.latest <= latest {
            return;
        }
        self.latest = latest;
        for until in self.entries.iter_mut().filter_map(|entry| entry.unconfirmed.as_mut()) {
            *until = (*until).min(latest);
        }
    }

    /// Gives back what is under way: it is sent again where it is not unconfirmed, and else looked for in its time.
    pub fn release(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.request = None);
    }

    /// Removes a record that the receiver has, or that is given up.
    pub fn confirm(&mut self, id: &str) -> Option<Entry> {
        self.extract(&|entry| *entry.id == *id)
    }

    /// Removes and returns the first record that `unwanted` picks.
    pub fn extract(&mut self, unwanted: &dyn Fn(&Entry) -> bool) -> Option<Entry> {
        let at = self.entries.iter().position(unwanted)?;
        Some(self.entries.remove(at))
    }

    /// All records, oldest first.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut()
    }

    /// All records, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The records that can be sent, oldest first; neither the one that is held, nor any that may have arrived.
    pub fn waiting(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.waits() && entry.unconfirmed.is_none())
    }

    /// The record that is held, if any is.
    pub fn held(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_held)
    }

    /// How many records are kept, on their way or not.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no record is kept.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many bytes of bodies are on their way.
    pub fn bytes_on_their_way(&self) -> usize {
        self.bytes(|entry| entry.request.is_some())
    }

    fn insert(&mut self, entry: Entry) {
        self.latest = self.latest.max(entry.unconfirmed.unwrap_or_default());
        let before = self.entries.iter().rposition(|known| known.accepted <= entry.accepted);
        self.entries.insert(before.map_or(0, |before| before + 1), entry);
    }

    /// How many bytes of bodies those have.
    fn bytes(&self, of: fn(&Entry) -> bool) -> usize {
        self.entries.iter().filter(|entry| of(entry)).map(Entry::bytes).sum()
    }
}

#[cfg(test)]
mod tests;
