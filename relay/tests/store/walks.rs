//! Random walks: whatever comes in whatever order, every record is accounted for.

use crate::support::{MINUTE, NOW, TENANT, accept, arrival, dead, delivered, each, profile, totals};
use omneo_relay::store::{Claim, Ending, Source, Store};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

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
async fn whatever_happens_the_balance_is_zero() {
    each(async |store| {
        let mut runner = TestRunner::new(Config::default());
        for _ in 0..12 {
            let walk = prop::collection::vec(any_step(), 60).new_tree(&mut runner).unwrap().current();
            take(&*store, &walk).await;
        }
    })
    .await;
}

async fn take(store: &dyn Store, walk: &[Step]) {
    let mut now = NOW;
    let mut claims: Vec<Claim> = Vec::new();
    for step in walk {
        match step {
            Step::Accept { customer, ids, by_server } => {
                let source = if *by_server { Source::Server } else { Source::Browser };
                let batch = ids.iter().map(|id| crate::support::arrival(&profile(*customer), &id.to_string()));
                let batch = batch.map(|arrival| omneo_relay::store::Arrival { source, ..arrival }).collect();
                store.accept(batch, now).await.unwrap();
            }
            Step::Claim => {
                let claim = store.claim(TENANT, now, now + MINUTE).await.unwrap();
                let is_held = |one: &Claim| {
                    claim.as_ref().is_some_and(|new| new.subject == one.subject && new.number == one.number)
                };
                assert!(!claims.iter().any(is_held), "a claim's number is its own");
                claims.extend(claim);
            }
            Step::Send { at } => {
                if let Some(claim) = claims.get(*at) {
                    store.sent(claim, now).await.unwrap();
                }
            }
            Step::Finish { at, how } => {
                if *at < claims.len() {
                    let claim = claims.swap_remove(*at);
                    store.finish(&claim, ending(*how, claim.seq), now, now + MINUTE / 2).await.unwrap();
                    assert!(!store.finish(&claim, dead(), now, now).await.unwrap(), "a claim ends once");
                }
            }
            Step::Withdraw { customer } => drop(store.withdraw(TENANT, &profile(*customer), None, now).await.unwrap()),
            Step::Erase { customer } => drop(store.erase(TENANT, &[profile(*customer)], now).await.unwrap()),
            Step::Replay => drop(store.replay(TENANT, None, now).await.unwrap()),
            Step::Expire => drop(store.expire(now - 20 * MINUTE, now).await.unwrap()),
            Step::Forget => drop(store.forget(now - 10 * MINUTE).await.unwrap()),
            Step::Wait { minutes } => now += minutes * MINUTE,
        }
        totals(store).await;
    }
    drain(store, now).await;
}

fn ending(how: u8, seq: i64) -> Ending {
    match how {
        0 | 1 => delivered(seq),
        2 => dead(),
        3 => Ending::Later { is_absent: false, has_failed: true },
        4 => Ending::Later { is_absent: true, has_failed: false },
        _ => Ending::Erased { omneo_id: Some(seq) },
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
    each(async |store| {
        for customer in 0..20 {
            let ids: Vec<String> = (0..10).map(|at| format!("id-{at}")).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            accept(&*store, &profile(customer), &ids).await;
        }
        let workers = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
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
                        None => break taken,
                    }
                }
            })
        });
        let mut all = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            all.extend(worker.await.unwrap());
        }
        let many = all.len();
        all.sort();
        all.dedup();
        assert_eq!((many, all.len()), (200, 200));
        assert_eq!(totals(&*store).await.delivered, 200);
        assert_eq!(store.accept(vec![arrival(&profile(0), "id-0")], NOW).await.unwrap().len(), 1);
    })
    .await;
}
