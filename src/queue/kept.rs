//! Which records are kept, under which key each, and which of these keys are still to be written.
//!
//! The records of one task are kept together, since a write takes far longer than what is written. One that changes is written anew
//! with those beside it; one that is kept and dropped within a task is never written.

use super::Snapshot;
use std::rc::Rc;

/// The records that storage has of this page, or will have when this task ends.
#[derive(Debug, Default)]
pub struct Kept {
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

#[derive(Debug)]
struct Record {
    id: Box<str>,
    /// Its place among the others under its key.
    number: u32,
    key: u32,
    /// `None` where an earlier page's text is kept as it was: alone under its key.
    snapshot: Option<Rc<Snapshot>>,
}

/// What is to be written under a key.
#[derive(Debug)]
pub struct Change {
    /// The key's number.
    pub key: u32,
    /// Storage does not have the key yet.
    pub is_new: bool,
    /// In the order they were made; none where the key is to be removed.
    pub records: Vec<Rc<Snapshot>>,
}

impl Kept {
    /// That record is to be kept as it is now.
    pub fn keep(&mut self, id: Box<str>, snapshot: Snapshot) {
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
    pub fn adopt(&mut self, id: Box<str>) -> u32 {
        self.drop(&id);
        self.last_key += 1;
        self.last_record += 1;
        let at = self.place(&id).unwrap_or_else(|at| at);
        self.records.insert(at, Record { id, number: self.last_record, key: self.last_key, snapshot: None });
        self.last_key
    }

    /// That record is to be kept no longer.
    pub fn drop(&mut self, id: &str) {
        if let Ok(at) = self.place(id) {
            let key = self.records.remove(at).key;
            self.change(key);
        }
    }

    /// Those under that key are not in storage: another page took them over, or there was no room. Returns their ids.
    pub fn lose(&mut self, key: u32) -> Vec<Box<str>> {
        self.changed.retain(|changed| *changed != key);
        let mut lost = Vec::new();
        self.records.retain_mut(|record| {
            let stays = record.key != key;
            if !stays {
                lost.push(core::mem::take(&mut record.id));
            }
            stays
        });
        lost
    }

    /// The next of what is to be written, once.
    pub fn next_change(&mut self) -> Option<Change> {
        while let Some(key) = self.new.pop() {
            let records = self.under(key);
            if !records.is_empty() {
                return Some(Change { key, is_new: true, records });
            }
        }
        let key = self.changed.pop()?;
        Some(Change { key, is_new: false, records: self.under(key) })
    }

    /// The keys that storage has.
    pub fn keys(&self) -> Vec<u32> {
        let mut keys = Vec::new();
        for Record { key, .. } in &self.records {
            if !keys.contains(key) && !self.new.contains(key) {
                keys.push(*key);
            }
        }
        keys
    }

    /// Whether nothing of this page is kept.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    fn under(&self, key: u32) -> Vec<Rc<Snapshot>> {
        let mut records: Vec<&Record> = Vec::new();
        for record in self.records.iter().filter(|record| record.key == key) {
            let at = records.partition_point(|other| other.number < record.number);
            records.insert(at, record);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::{Instant, Interaction, json};
    use crate::privacy::Kind;
    use crate::queue::{Entry, Owner};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn snapshot(id: u32, purpose: u32) -> Snapshot {
        let least = r#"{"action":"view","channel":"app","signal":0,"name":"n","namespace":"n"}"#;
        let record = Interaction::try_from(json(least)).unwrap();
        let mut entry = Entry::new("".into(), Owner::Profile(id.to_string().into()), Instant(0), Kind::Record, record);
        entry.purpose = Some(purpose.to_string().into());
        entry.snapshot()
    }

    fn keep(kept: &mut Kept, id: u32, purpose: u32) {
        kept.keep(id.to_string().into(), snapshot(id, purpose));
    }

    fn drop(kept: &mut Kept, id: u32) {
        kept.drop(&id.to_string());
    }

    // Each change with the `id` and `purpose` of its records.
    fn changes(kept: &mut Kept) -> Vec<(u32, Vec<(u32, u32)>)> {
        let read = |record: &Rc<Snapshot>| {
            let value = json(&serde_json::to_string(record).unwrap());
            let number = |name| value.get(name).unwrap().number().unwrap() as u32;
            (number("profile"), number("purpose"))
        };
        let all = core::iter::from_fn(|| kept.next_change());
        all.map(|change| (change.key, change.records.iter().map(read).collect())).collect()
    }

    #[test]
    fn what_is_kept_in_a_task_is_written_once_and_in_order() {
        let mut kept = Kept::default();
        (0..3).rev().for_each(|id| keep(&mut kept, id, 0));
        keep(&mut kept, 2, 1);
        drop(&mut kept, 1);
        assert_eq!(changes(&mut kept), [(1, vec![(2, 1), (0, 0)])]);
        assert_eq!(changes(&mut kept), []);
        keep(&mut kept, 7, 0);
        drop(&mut kept, 7);
        assert_eq!(changes(&mut kept), [], "never written");
    }

    #[test]
    fn one_that_changes_is_written_with_those_beside_it_and_no_others() {
        let mut kept = Kept::default();
        (0..2).for_each(|id| keep(&mut kept, id, 0));
        changes(&mut kept);
        keep(&mut kept, 2, 0);
        changes(&mut kept);
        keep(&mut kept, 1, 1);
        keep(&mut kept, 1, 2);
        assert_eq!(changes(&mut kept), [(1, vec![(0, 0), (1, 2)])]);
        drop(&mut kept, 0);
        drop(&mut kept, 1);
        assert_eq!(changes(&mut kept), [(1, vec![])]);
        assert_eq!(kept.keys(), [2]);
    }

    #[test]
    fn what_another_page_took_over_is_written_no_more() {
        let mut kept = Kept::default();
        (0..2).for_each(|id| keep(&mut kept, id, 0));
        assert!(kept.keys().is_empty(), "not written yet");
        changes(&mut kept);
        drop(&mut kept, 0);
        assert_eq!(kept.lose(1), ["1".into()]);
        assert_eq!((changes(&mut kept), kept.is_empty()), (vec![], true));
    }

    #[test]
    fn a_task_that_records_without_end_has_several_keys() {
        let mut kept = Kept::default();
        (0..2 * TOGETHER as u32 + 1).for_each(|id| keep(&mut kept, id, 0));
        let lengths: Vec<_> = changes(&mut kept).into_iter().map(|(key, records)| (key, records.len())).collect();
        assert_eq!(lengths, [(3, 1), (2, TOGETHER), (1, TOGETHER)]);
    }

    proptest! {
        #[test]
        fn storage_has_what_was_kept_and_not_dropped(steps in prop::collection::vec((0..4_u8, 0..9_u32, 0..9_u32), 0..60)) {
            let (mut kept, mut wanted) = (Kept::default(), BTreeMap::new());
            let mut storage: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
            for (step, id, purpose) in steps.into_iter().chain([(3, 0, 0)]) {
                match step {
                    0 => {
                        keep(&mut kept, id, purpose);
                        wanted.insert(id, purpose);
                    }
                    1 => {
                        drop(&mut kept, id);
                        wanted.remove(&id);
                    }
                    2 => {
                        storage.insert(kept.adopt(id.to_string().into()), vec![(id, purpose)]);
                        wanted.insert(id, purpose);
                    }
                    _ => {
                        for (key, records) in changes(&mut kept) {
                            storage.insert(key, records);
                        }
                        let all: Vec<_> = storage.values().flatten().copied().collect();
                        prop_assert_eq!(all.len(), wanted.len());
                        prop_assert_eq!(&all.into_iter().collect::<BTreeMap<_, _>>(), &wanted);
                        prop_assert_eq!(kept.keys().len(), storage.values().filter(|records| !records.is_empty()).count());
                    }
                }
            }
        }
    }
}
