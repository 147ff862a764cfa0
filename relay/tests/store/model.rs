//! What a store should hold, in the plainest way, to compare with what one does hold.

use omneo_relay::store::{Accepted, Claim, Ending, Erased, Fate, Source, Totals};
use std::collections::{BTreeMap, BTreeSet};

/// All that is kept of one tenant's customers, who are known by number.
#[derive(Default)]
pub struct Model {
    queues: BTreeMap<u32, Vec<Record>>,
    known: BTreeMap<(u32, String), i64>,
    dead: Vec<Died>,
    erased: BTreeMap<u32, i64>,
    due: BTreeMap<u32, i64>,
    holders: BTreeMap<u32, i64>,
    // Whose last record grew too old: whether the claim's number outlives that is up to the store.
    unsure: BTreeSet<u32>,
    places: i64,
    pub totals: Totals,
}

#[derive(Clone)]
struct Record {
    place: i64,
    id: String,
    source: Source,
    accepted: i64,
    is_marked: bool,
    failures: u32,
    fate: Fate,
}

struct Died {
    customer: u32,
    record: Record,
    at: i64,
}

/// A claim, and the record that it is of.
pub struct Held {
    pub claim: Claim,
    customer: u32,
    place: i64,
    until: i64,
}

impl Model {
    pub fn accept(&mut self, customer: u32, ids: &[String], source: Source, now: i64) -> Vec<Accepted> {
        ids.iter().map(|id| self.accept_one(customer, id, source, now)).collect()
    }

    fn accept_one(&mut self, customer: u32, id: &str, source: Source, now: i64) -> Accepted {
        if self.erased.contains_key(&customer) {
            return Accepted::Erased;
        }
        let key = (customer, id.to_owned());
        if self.known.contains_key(&key) {
            return Accepted::Known;
        }
        self.known.insert(key, now);
        self.places += 1;
        let (place, id) = (self.places, id.to_owned());
        let record = Record { place, id, source, accepted: now, is_marked: false, failures: 0, fate: Fate::Deliver };
        self.put(customer, record, now);
        self.totals.accepted += 1;
        Accepted::New
    }

    fn put(&mut self, customer: u32, record: Record, now: i64) {
        let queue = self.queues.entry(customer).or_default();
        if queue.is_empty() {
            self.due.insert(customer, now);
        }
        queue.push(record);
        queue.sort_by_key(|one| one.place);
    }

    /// Whoever is claimed is due, and it is the first of what waits of them; nobody is only where nobody is due.
    pub fn claimed(&mut self, claim: Option<Claim>, customer: Option<u32>, now: i64, until: i64) -> Option<Held> {
        let (Some(claim), Some(customer)) = (claim, customer) else {
            let is_due = |(customer, queue): (&u32, &Vec<Record>)| !queue.is_empty() && self.due[customer] <= now;
            assert!(!self.queues.iter().any(is_due), "somebody is due, and nobody is claimed");
            return None;
        };
        let first = self.queues[&customer].first().expect("something of them waits");
        assert!(self.due[&customer] <= now, "customer {customer} is not due");
        let kept = (&*first.id, first.accepted, first.is_marked, first.failures, first.fate);
        assert_eq!(kept, (&*claim.event_id, claim.accepted, claim.sent_at.is_some(), claim.failures, claim.fate));
        self.due.insert(customer, until);
        self.holders.insert(customer, claim.number);
        self.unsure.remove(&customer);
        Some(Held { claim, customer, place: first.place, until })
    }

    fn record(&mut self, held: &Held) -> Option<&mut Record> {
        self.queues.get_mut(&held.customer)?.iter_mut().find(|one| one.place == held.place)
    }

    // Whether the claim is still good, as far as that is certain.
    fn check_hold(&mut self, held: &Held, says: bool, may: impl Fn(&Record) -> bool) {
        let is_unsure = self.unsure.contains(&held.customer);
        let holds = self.holders.get(&held.customer) == Some(&held.claim.number);
        let may = self.record(held).is_some_and(|record| may(record));
        assert!(says == (holds && may) || is_unsure && may, "{says} of {:?}, held until {}", held.claim, held.until);
    }

    pub fn sent(&mut self, held: &Held, says: bool) {
        self.check_hold(held, says, |record| record.fate == Fate::Deliver);
        if says {
            self.record(held).unwrap().is_marked = true;
        }
    }

    pub fn finished(&mut self, held: &Held, ending: &Ending, says: bool, now: i64, next: i64) {
        self.check_hold(held, says, |_| true);
        if !says {
            return;
        }
        self.end(held, ending, now);
        self.due.insert(held.customer, next);
        self.holders.remove(&held.customer);
    }

    fn end(&mut self, held: &Held, ending: &Ending, now: i64) {
        let record = self.record(held).unwrap();
        let fate = record.fate;
        if let Ending::Later { is_absent, has_failed } = *ending
            && (!is_absent || fate == Fate::Deliver)
        {
            record.failures += u32::from(has_failed);
            record.is_marked &= !is_absent;
            return;
        }
        let gone = record.clone();
        self.queues.get_mut(&held.customer).unwrap().retain(|one| one.place != held.place);
        let is_there = matches!(ending, Ending::Delivered { .. } | Ending::Erased { .. });
        match fate {
            Fate::Erase => self.totals.erased += 1,
            _ if is_there => self.totals.delivered += 1,
            Fate::Deliver if matches!(ending, Ending::Dead { .. }) => self.bury(held.customer, gone, now),
            _ => self.totals.withdrawn += 1,
        }
    }

    fn bury(&mut self, customer: u32, record: Record, at: i64) {
        self.dead.push(Died { customer, record, at });
        self.totals.dead += 1;
    }

    pub fn withdraw(&mut self, customer: u32) -> u64 {
        let gone = self.take(customer, |one| one.source == Source::Browser && !one.is_marked).len();
        for one in self.queues.entry(customer).or_default() {
            if one.source == Source::Browser && one.fate == Fate::Deliver {
                one.fate = Fate::Withdraw;
            }
        }
        self.totals.withdrawn += gone as i64;
        self.leave(customer);
        gone as u64
    }

    pub fn erase(&mut self, customer: u32, now: i64) -> Erased {
        let waiting = self.take(customer, |one| !one.is_marked).len() as u64;
        let mut under_way = 0;
        for one in self.queues.entry(customer).or_default().iter_mut().filter(|one| one.fate != Fate::Erase) {
            one.fate = Fate::Erase;
            under_way += 1;
        }
        let (dead, remembered) = (self.dead.len(), self.known.len());
        self.dead.retain(|one| one.customer != customer);
        self.known.retain(|(whose, _), _| *whose != customer);
        let (dead, remembered) = ((dead - self.dead.len()) as u64, (remembered - self.known.len()) as u64);
        self.totals.dead -= dead as i64;
        self.totals.erased += (waiting + dead) as i64;
        self.erased.insert(customer, now);
        self.leave(customer);
        Erased { waiting, under_way, dead, remembered, at_omneo: 0 }
    }

    pub fn replay(&mut self, now: i64) -> u64 {
        let dead = std::mem::take(&mut self.dead);
        self.totals.dead -= dead.len() as i64;
        let many = dead.len() as u64;
        for Died { customer, record, .. } in dead {
            self.put(customer, Record { accepted: now, failures: 0, fate: Fate::Deliver, ..record }, now);
        }
        many
    }

    pub fn expire(&mut self, before: i64, now: i64) -> u64 {
        let mut many = 0;
        for customer in self.queues.keys().copied().collect::<Vec<_>>() {
            if self.holders.contains_key(&customer) && self.due[&customer] > now {
                continue;
            }
            let old = self.take(customer, |one| one.accepted < before && one.fate != Fate::Erase);
            if !old.is_empty() && self.queues[&customer].is_empty() {
                self.unsure.insert(customer);
            }
            many += old.len() as u64;
            for one in old {
                match one.fate {
                    Fate::Deliver => self.bury(customer, one, now),
                    _ => self.totals.withdrawn += 1,
                }
            }
        }
        many
    }

    pub fn forget(&mut self, before: i64) {
        let queues = &self.queues;
        let waits =
            |customer: u32, id: &str| queues.get(&customer).is_some_and(|queue| queue.iter().any(|one| one.id == id));
        self.known.retain(|(customer, id), at| *at >= before || waits(*customer, id));
        self.dead.retain(|one| one.at >= before);
        self.erased.retain(|_, at| *at >= before);
    }

    fn take(&mut self, customer: u32, is_taken: impl Fn(&Record) -> bool) -> Vec<Record> {
        let queue = self.queues.entry(customer).or_default();
        queue.extract_if(.., |one| is_taken(one)).collect()
    }

    // Of whom nothing waits, nobody holds.
    fn leave(&mut self, customer: u32) {
        if self.queues[&customer].is_empty() {
            self.holders.remove(&customer);
            self.unsure.remove(&customer);
        }
    }

    /// A customer's own that wait, in order.
    pub fn waiting(&self, customer: u32) -> Vec<&str> {
        let own = |one: &&Record| one.source == Source::Browser && one.fate == Fate::Deliver;
        self.queues.get(&customer).into_iter().flatten().filter(own).map(|one| &*one.id).collect()
    }

    /// The figures that a store should tell.
    pub fn figures(&self) -> Totals {
        let all = || self.queues.values().flatten();
        let oldest = all().min_by_key(|one| one.place).map(|one| one.accepted);
        Totals { waiting: all().count() as i64, oldest, ..self.totals }
    }
}
