//! Random walks: whatever comes in whatever order, every record is accounted for.

use crate::model::{Held, Model};
use crate::postgres::{Cluster, database};
use crate::support::{MINUTE, NOW, TENANT, accept, arrival, dead, delivered, each, profile, sqlite, totals};
use omneo_relay::store::{Arrival, Ending, Postgres, Source, Store};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::sync::Arc;
use tokio::task::JoinSet;

#[derive(Clone, Debug)]
enum Step {
    Accept { customer: u32, ids: Vec<u8>, by_server: bool },
    Claim,
    Send { at: usize },
    Finish { at: usize, how: u8 },
    Withdraw { customer: u32 },
    Erase { customer: u32 },
    Replay,
    Expire,
    Forget,
    Wait { minutes: i64 },
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4_u32, prop::collection::vec(0..40_u8, 1..6), any::<bool>())
            .prop_map(|(customer, ids, by_server)| Step::Accept { customer, ids, by_server }),
        4 => Just(Step::Claim),
        3 => (0..8_usize).prop_map(|at| Step::Send { at }),
        4 => (0..8_usize, 0..6_u8).prop_map(|(at, how)| Step::Finish { at, how }),
        1 => (0..4_u32).prop_map(|customer| Step::Withdraw { customer }),
        1 => (0..4_u32).prop_map(|customer| Step::Erase { customer }),
        1 => Just(Step::Replay),
        1 => Just(Step::Expire),
        1 => Just(Step::Forget),
        2 => (1..3_i64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

#[tokio::test]
async fn whatever_happens_a_store_holds_what_it_should() {
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..WALKS {
        let walk = prop::collection::vec(any_step(), 60).new_tree(&mut runner).unwrap().current();
        // Each in a store of its own.
        each(async |store| take(&*store, &walk).await).await;
    }
}

async fn take(store: &dyn Store, walk: &[Step]) {
    let (mut model, mut now, mut held) = (Model::default(), NOW, Vec::new());
    for step in walk {
        go(store, &mut model, &mut held, &mut now, step).await;
        assert_eq!(totals(store).await, model.figures(), "after {step:?} of {walk:?}");
        for customer in 0..CUSTOMERS {
            let waiting = store.waiting(TENANT, &profile(customer)).await.unwrap();
            let ids: Vec<&str> = waiting.iter().map(|one| &*one.event_id).collect();
            assert_eq!(ids, model.waiting(customer), "after {step:?} of {walk:?}");
        }
    }
    drain(store, now).await;
}

async fn go(store: &dyn Store, model: &mut Model, held: &mut Vec<Held>, now: &mut i64, step: &Step) {
    let at_once = *now;
    match step {
        Step::Accept { customer, ids, by_server } => {
            let source = if *by_server { Source::Server } else { Source::Browser };
            let ids: Vec<String> = ids.iter().map(u8::to_string).collect();
            let batch = ids.iter().map(|id| Arrival { source, ..arrival(&profile(*customer), id) }).collect();
            let accepted = store.accept(batch, at_once).await.unwrap();
            assert_eq!(accepted, model.accept(*customer, &ids, source, at_once));
        }
        Step::Claim => {
            let until = at_once + MINUTE;
            let claim = store.claim(TENANT, at_once, until).await.unwrap();
            let customer = claim.as_ref().and_then(|one| (0..CUSTOMERS).find(|&at| profile(at) == one.subject));
            held.extend(model.claimed(claim, customer, at_once, until));
        }
        Step::Send { at } => {
            if let Some(one) = held.get(*at) {
                model.sent(one, store.sent(&one.claim, at_once).await.unwrap());
            }
        }
        Step::Finish { at, how } if *at < held.len() => {
            let one = held.swap_remove(*at);
            let (ending, next) = (ending(*how), at_once + MINUTE / 2);
            let is_done = store.finish(&one.claim, ending.clone(), at_once, next).await.unwrap();
            model.finished(&one, &ending, is_done, at_once, next);
            assert!(!store.finish(&one.claim, dead(), at_once, at_once).await.unwrap(), "a claim ends once");
        }
        Step::Finish { .. } => {}
        Step::Withdraw { customer } => {
            let withdrawn = store.withdraw(TENANT, &profile(*customer), None).await.unwrap();
            assert_eq!(withdrawn, model.withdraw(*customer));
        }
        Step::Erase { customer } => {
            let erased = store.erase(TENANT, &[profile(*customer)], at_once).await.unwrap();
            assert_eq!(erased, model.erase(*customer, at_once));
        }
        Step::Replay => assert_eq!(store.replay(TENANT, None, at_once).await.unwrap(), model.replay(at_once)),
        Step::Expire => {
            let before = at_once - 20 * MINUTE;
            assert_eq!(store.expire(before, at_once).await.unwrap(), model.expire(before, at_once));
        }
        Step::Forget => {
            store.forget(at_once - 10 * MINUTE).await.unwrap();
            model.forget(at_once - 10 * MINUTE);
        }
        Step::Wait { minutes } => *now += minutes * MINUTE,
    }
}

const CUSTOMERS: u32 = 4;
const WALKS: u32 = 6;

fn ending(how: u8) -> Ending {
    match how {
        0 | 1 => Ending::Delivered { omneo_id: None, profile: None },
        2 => dead(),
        3 => Ending::Later { is_absent: false, has_failed: true },
        4 => Ending::Later { is_absent: true, has_failed: false },
        _ => Ending::Erased { omneo_id: None },
    }
}

// Whatever waits can be claimed, in the end.
async fn drain(store: &dyn Store, now: i64) {
    let later = now + 60 * MINUTE;
    while let Some(claim) = store.claim(TENANT, later, later + MINUTE).await.unwrap() {
        assert!(store.finish(&claim, delivered(claim.seq), later, later).await.unwrap());
    }
    let totals = totals(store).await;
    assert_eq!((totals.waiting, totals.oldest), (0, None));
}

#[tokio::test]
async fn nobody_takes_another_s_customer_and_nothing_is_taken_twice() {
    let folder = tempfile::tempdir().unwrap();
    share_out(&[sqlite(&folder)]).await;
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let node = async || Arc::new(Postgres::open(&address, None).await.unwrap()) as Arc<dyn Store>;
    share_out(&[node().await, node().await]).await;
}

// Eight workers, spread over the nodes.
async fn share_out(nodes: &[Arc<dyn Store>]) {
    let ids: Vec<String> = (0..10).map(|at| format!("id-{at}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for customer in 0..20 {
        accept(&*nodes[0], &profile(customer), &ids).await;
    }
    let mut workers = JoinSet::new();
    for at in 0..8 {
        workers.spawn(take_all(nodes[at % nodes.len()].clone()));
    }
    let mut all: Vec<(String, String)> = workers.join_all().await.concat();
    let many = all.len();
    all.sort();
    all.dedup();
    assert_eq!((many, all.len()), (200, 200));
    assert_eq!(totals(&*nodes[0]).await.delivered, 200);
}

async fn take_all(store: Arc<dyn Store>) -> Vec<(String, String)> {
    let mut taken = Vec::new();
    loop {
        match store.claim(TENANT, NOW, NOW + MINUTE).await.unwrap() {
            Some(claim) => {
                assert!(store.sent(&claim, NOW).await.unwrap());
                tokio::task::yield_now().await;
                assert!(store.finish(&claim, delivered(claim.seq), NOW, NOW).await.unwrap());
                taken.push((claim.subject.to_string(), claim.event_id.to_string()));
            }
            // Others may still be at it.
            None if store.totals(TENANT).await.unwrap().waiting > 0 => tokio::task::yield_now().await,
            None => return taken,
        }
    }
}
