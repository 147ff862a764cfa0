//! Which records are kept, under which key each, and which of these keys are still to be written.
//!
//! The records of one task are kept together, since a write takes far longer than what is written. One that changes is written anew
//! with those beside it; one that is kept and dropped within a task is never written.

use crate::queue::Snapshot;
use std::rc::Rc;

/// The records that storage has of this page, or will have when this task ends.
#[derive(Default)]
pub(super) struct Kept {
    /// By their ids, to be found.
    records: Vec<Record>,
    /// The number of the last record, and that of the last key.
    last_record: u32,
    last_key: u32,
    /// The keys that storage does not have yet; the last of them takes more records, and has had so many.
    new: Vec<u32>,
    together: usize,
    /// The keys that storage has, and that are to be written again.
    changed: Vec<u32>,
}

struct Record {
    id: Box<str>,
    /// Its place among the others under its key.
    number: u32,
    key: u32,
    /// `None` where an earlier page's text is kept as it was: alone under its key.
    snapshot: Option<Rc<Snapshot>>,
}

/// What is to be written under a key.
pub(super) struct Change {
    pub(super) key: u32,
    /// Storage does not have the key yet.
    pub(super) is_new: bool,
    /// In the order they were made; none where the key is to be removed.
    pub(super) records: Vec<Rc<Snapshot>>,
}

impl Kept {
    /// That record is to be kept as it is now.
    pub(super) fn keep(&mut self, id: Box<str>, snapshot: Snapshot) {
        let snapshot = Some(Rc::new(snapshot));
        match self.place(&id) {
            Ok(at) => {
                self.records[at].snapshot = snapshot;
                self.change(self.records[at].key);
            }
            Err(at) => {
                let key = self.open_key();
                self.last_record += 1;
                self.records.insert(at, Record { id, number: self.last_record, key, snapshot });
            }
        }
    }

    /// That record of an earlier page's is kept under a key of its own, which is returned, in the place of whatever was of it.
    pub(super) fn adopt(&mut self, id: Box<str>) -> u32 {
        self.drop(&id);
        self.last_key += 1;
        self.last_record += 1;
        let at = self.place(&id).unwrap_or_else(|at| at);
        self.records.insert(at, Record { id, number: self.last_record, key: self.last_key, snapshot: None });
        self.last_key
    }

    /// That record is to be kept no longer.
    pub(super) fn drop(&mut self, id: &str) {
        if let Ok(at) = self.place(id) {
            let key = self.records.remove(at).key;
            self.change(key);
        }
    }

    /// Those under that key are not in storage: another page took them over, or there was no room. Returns their ids.
    pub(super) fn lose(&mut self, key: u32) -> Vec<Box<str>> {
        self.changed.retain(|changed| *changed != key);
        self.records.extract_if(.., |record| record.key == key).map(|record| record.id).collect()
    }

    /// What is to be written, once.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        let (new, changed) = (core::mem::take(&mut self.new), core::mem::take(&mut self.changed));
        let of = |key, is_new| Change { key, is_new, records: self.under(key) };
        let new = new.into_iter().map(|key| of(key, true)).filter(|change| !change.records.is_empty());
        let changed = changed.into_iter().map(|key| of(key, false));
        new.chain(changed).collect()
    }

    /// The keys that storage has.
    pub(super) fn keys(&self) -> Vec<u32> {
        let mut keys: Vec<u32> = self.records.iter().map(|record| record.key).filter(|key| !self.new.contains(key)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    fn under(&self, key: u32) -> Vec<Rc<Snapshot>> {
        let mut records: Vec<&Record> = self.records.iter().filter(|record| record.key == key).collect();
        records.sort_unstable_by_key(|record| record.number);
        records.into_iter().filter_map(|record| record.snapshot.clone()).collect()
    }

    fn change(&mut self, key: u32) {
        if !self.new.contains(&key) && !self.changed.contains(&key) {
            self.changed.push(key);
        }
    }

    // One that takes another record.
    fn open_key(&mut self) -> u32 {
        if self.new.is_empty() || self.together == TOGETHER {
            self.last_key += 1;
            self.new.push(self.last_key);
            self.together = 0;
        }
        self.together += 1;
        self.new.last().copied().unwrap_or(self.last_key)
    }

    fn place(&self, id: &str) -> Result<usize, usize> {
        self.records.binary_search_by(|record| (*record.id).cmp(id))
    }
}

/// How many records have one key at most: each is written again when one of the others is confirmed.
const TOGETHER: usize = 20;
