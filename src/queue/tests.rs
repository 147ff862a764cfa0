use super::*;
use crate::interaction::{Instant, Interaction, json};
use crate::privacy::Kind;
use proptest::prelude::*;

// A record of so many units.
fn entry(id: u32, size: usize) -> Entry {
    let least = r#"{"action":"view","channel":"app","signal":0,"name":"n","namespace":"n","description":"x"}"#;
    let mut record = Interaction::try_from(json(least)).unwrap();
    let new = |record| {
        Entry::new(id.to_string().into(), Owner::Next { last: None }, Instant(i64::from(id)), Kind::Record, record)
    };
    record.description = Some("x".repeat(1 + size * UNIT - new(record.clone()).bytes()).into());
    let entry = new(record);
    assert_eq!(entry.bytes(), size * UNIT);
    entry
}

fn lease(queue: &mut Queue, records: usize, units: usize) -> Vec<Entry> {
    let mut bytes = units * UNIT;
    let mut leased = Vec::new();
    while leased.len() < records
        && let Some(entry) = queue.lease(bytes, 1, None)
    {
        bytes -= entry.bytes();
        leased.push(entry.clone());
    }
    leased
}

// An answer said that it must be sent again.
fn release(queue: &mut Queue, id: &str) {
    queue.entries_mut().filter(|entry| *entry.id == *id).for_each(|entry| entry.request = None);
}

fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| &*entry.id).collect()
}

const SMALL: Limits = Limits { records: 3, bytes: 100 * UNIT };

/// What sizes are counted in here: no record is smaller, in bytes.
const UNIT: usize = 200;

#[test]
fn the_oldest_that_is_not_on_its_way_makes_room() {
    let mut queue = Queue::new(SMALL);
    for id in 0..3 {
        assert!(queue.push(entry(id, 10)).is_empty());
    }
    assert_eq!(ids(&lease(&mut queue, 1, 100)), ["0"]);
    assert_eq!(ids(&queue.push(entry(3, 10))), ["1"]);
    assert_eq!(
        ids(&queue.push(entry(4, 95))),
        ["2", "3", "4"],
        "a record that no room can be made for is what does not fit"
    );
}

#[test]
fn a_released_record_keeps_its_place() {
    let mut queue = Queue::new(SMALL);
    (0..3).for_each(|id| assert!(queue.push(entry(id, 10)).is_empty()));
    lease(&mut queue, 2, 100);
    release(&mut queue, "1");
    release(&mut queue, "0");
    assert_eq!(ids(&lease(&mut queue, 9, 25)), ["0", "1"], "only what fits, in order");
}

#[test]
fn a_batch_is_due_by_count_or_by_age() {
    let mut queue = Queue::new(SMALL);
    let batch = Batch { records: 2, wait_ms: 5_000 };
    assert_eq!(batch.due_in(&queue, Instant(0)), None);
    let _ = queue.push(entry(1_000, 1));
    assert_eq!(batch.due_in(&queue, Instant(1_000)), Some(5_000));
    assert_eq!(batch.due_in(&queue, Instant(4_000)), Some(2_000));
    assert_eq!(batch.due_in(&queue, Instant(9_000)), Some(0));
    assert_eq!(batch.due_in(&queue, Instant(-9_000_000)), Some(5_000), "the clock was set back");
    let _ = queue.push(entry(1_001, 1));
    assert_eq!(batch.due_in(&queue, Instant(1_001)), Some(0));
}

#[derive(Clone, Debug)]
enum Step {
    Push(usize),
    Lease(usize, usize),
    Confirm(usize),
    Release(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..60_usize).prop_map(Step::Push),
        2 => (0..5_usize, 0..120_usize).prop_map(|(records, bytes)| Step::Lease(records, bytes)),
        2 => (0..8_usize).prop_map(Step::Confirm),
        1 => (0..8_usize).prop_map(Step::Release),
    ]
}

proptest! {
    // The model: every id is in exactly one of waiting, under way, confirmed, dropped.
    #[test]
    fn nothing_is_lost_or_handed_out_twice(steps in prop::collection::vec(step(), 0..60)) {
        let mut queue = Queue::new(SMALL);
        let mut under_way: Vec<Box<str>> = Vec::new();
        let (mut pushed, mut gone) = (0, 0);
        for step in steps {
            match step {
                Step::Push(size) => {
                    pushed += 1;
                    for dropped in queue.push(entry(pushed, size)) {
                        prop_assert!(!under_way.contains(&dropped.id));
                        gone += 1;
                    }
                }
                Step::Lease(records, bytes) => {
                    let leased = lease(&mut queue, records, bytes);
                    prop_assert!(leased.len() <= records && leased.iter().map(|entry| entry.bytes()).sum::<usize>() <= bytes * UNIT);
                    for entry in leased {
                        prop_assert!(!under_way.contains(&entry.id), "handed out twice");
                        under_way.push(entry.id);
                    }
                }
                Step::Confirm(which) if which < under_way.len() => {
                    let id = under_way.remove(which);
                    prop_assert!(queue.confirm(&id).is_some());
                    prop_assert!(queue.confirm(&id).is_none());
                    gone += 1;
                }
                Step::Release(which) if which < under_way.len() => release(&mut queue, &under_way.remove(which)),
                Step::Confirm(_) | Step::Release(_) => {}
            }
            prop_assert_eq!(queue.len() + gone, pushed as usize);
            prop_assert_eq!(queue.len() - queue.waiting().count(), under_way.len());
            let bytes: usize = queue.entries.iter().map(|entry| entry.bytes()).sum();
            prop_assert!(queue.len() <= SMALL.records && bytes <= SMALL.bytes);
            prop_assert!(queue.entries.iter().is_sorted_by_key(|entry| entry.accepted), "order of acceptance");
        }
    }
}
