//! Several nodes on one PostgreSQL.

use crate::postgres::{Cluster, connect, database};
use crate::support::{MINUTE, NOW, TENANT, accept, arrival, claim, dead, delivered, postgres, profile, step, totals};
use omneo_relay::store::{Accepted, Postgres, Store};
use std::sync::Arc;

#[tokio::test]
async fn two_nodes_share_one_database() {
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let open = async || Postgres::open(&address, None).await.unwrap();
    // Both make the tables at once, and one of them does.
    let (one, other) = tokio::join!(open(), open());
    accept(&one, &profile(1), &["a"]).await;
    assert_eq!(accept(&other, &profile(1), &["a"]).await, [Accepted::Known]);
    let frozen = claim(&one, NOW).await.unwrap();
    assert!(claim(&other, NOW).await.is_none());
    let woken = NOW + MINUTE + 1;
    let taken = claim(&other, woken).await.unwrap();
    assert!(other.sent(&taken, woken).await.unwrap());
    assert!(!one.sent(&frozen, woken).await.unwrap(), "whoever slept through its claim sends nothing");
    assert!(other.finish(&taken, delivered(1), woken, woken).await.unwrap());
    assert_eq!(totals(&one).await.delivered, 1);
}

#[tokio::test]
async fn many_batches_at_once_wait_for_nobody_for_ever() {
    let Some(cluster) = Cluster::shared() else { return };
    let store = Arc::new(postgres(cluster).await);
    let batches = (0..40).map(|batch| {
        let store = store.clone();
        tokio::spawn(async move {
            let one = |at: u32| arrival(&profile((batch * 7 + at * 3) % 10), &format!("{}", (batch + at) % 50));
            store.accept((0..10).map(one).collect(), NOW).await.unwrap().len()
        })
    });
    for batch in batches.collect::<Vec<_>>() {
        assert_eq!(batch.await.unwrap(), 10);
    }
    totals(&*store).await;
}

#[tokio::test]
async fn a_claim_takes_one_customer_however_postgresql_goes_about_it() {
    let Some(cluster) = Cluster::shared() else { return };
    let mut address = format!("{}?options=", database(cluster).await);
    for way in ["hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"] {
        address.push_str(&format!("-c%20enable_{way}%3Doff%20"));
    }
    let store = Postgres::open(&address, None).await.unwrap();
    for customer in 0..5 {
        accept(&store, &profile(customer), &["a"]).await;
    }
    for _ in 0..5 {
        assert!(claim(&store, NOW).await.is_some());
    }
    assert!(claim(&store, NOW).await.is_none());
}

#[tokio::test]
async fn who_dies_while_others_are_put_back_is_not_put_back_without_a_turn() {
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let store = Arc::new(Postgres::open(&address, None).await.unwrap());
    accept(&*store, &profile(1), &["a", "b"]).await;
    step(&*store, NOW, dead()).await;
    // Somebody is at this customer's, and so the replay waits.
    let (mut beside, watcher) = (connect(&address).await, connect(&address).await);
    let lock = beside.transaction().await.unwrap();
    lock.execute("SELECT 1 FROM customers FOR UPDATE", &[]).await.unwrap();
    let replay = tokio::spawn({
        let store = store.clone();
        async move { store.replay(TENANT, None, NOW).await.unwrap() }
    });
    let waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while watcher.query_opt(waits, &[]).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    accept(&*store, &profile(2), &["c"]).await;
    assert_eq!(&*step(&*store, NOW, dead()).await.event_id, "c");
    lock.commit().await.unwrap();
    let replayed = replay.await.unwrap() + store.replay(TENANT, None, NOW).await.unwrap();
    assert_eq!(replayed, 2);
    for _ in 0..3 {
        step(&*store, NOW, delivered(1)).await;
    }
    assert_eq!(totals(&*store).await.waiting, 0);
}
