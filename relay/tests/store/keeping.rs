//! What is kept, for how long, and how much of it there is.

use crate::postgres::{Cluster, connect, database};
use crate::support::{
    MINUTE, NOW, TENANT, accept, arrival, claim, dead, delivered, each, profile, sqlite, step, totals,
};
use omneo_relay::store::{Accepted, Postgres, Sqlite};

#[tokio::test]
async fn a_record_is_kept_once() {
    each(async |store| {
        let ada = profile(1);
        assert_eq!(accept(&*store, &ada, &["a", "b", "a"]).await, [Accepted::New, Accepted::New, Accepted::Known]);
        assert_eq!(accept(&*store, &ada, &["b", "c"]).await, [Accepted::Known, Accepted::New]);
        assert_eq!(accept(&*store, &profile(2), &["a"]).await, [Accepted::New], "of another customer");
        let totals = totals(&*store).await;
        assert_eq!((totals.accepted, totals.waiting, totals.oldest), (4, 4, Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn one_batch_may_be_of_many_customers_and_tenants() {
    each(async |store| {
        let mut other = arrival(&profile(1), "a");
        other.tenant = "apex".into();
        let batch = vec![arrival(&profile(2), "a"), other, arrival(&profile(1), "a")];
        assert_eq!(store.accept(batch, NOW).await.unwrap(), [Accepted::New; 3]);
        assert_eq!(store.totals("apex").await.unwrap().waiting, 1);
        assert_eq!(totals(&*store).await.waiting, 2);
        assert!(store.accept(Vec::new(), NOW).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_waits_too_long_is_dead_and_can_be_put_back() {
    each(async |store| {
        accept(&*store, &profile(1), &["a", "b"]).await;
        assert_eq!(store.expire(NOW, NOW + MINUTE).await.unwrap(), 0);
        assert_eq!(store.expire(NOW + 1, NOW + MINUTE).await.unwrap(), 2);
        assert_eq!(totals(&*store).await.dead, 2);
        let dead = store.dead(Some(TENANT), 10).await.unwrap();
        assert_eq!((dead.len(), &*dead[0].reason, dead[0].died_at), (2, "too-old", NOW + MINUTE));
        assert!(store.dead(Some("apex"), 10).await.unwrap().is_empty());
        assert_eq!(store.replay(TENANT, Some(dead[1].seq), NOW + MINUTE).await.unwrap(), 1);
        assert_eq!(store.replay(TENANT, None, NOW + MINUTE).await.unwrap(), 1);
        let ids = [step(&*store, NOW + MINUTE, delivered(1)).await, step(&*store, NOW + MINUTE, delivered(2)).await];
        assert_eq!(ids.map(|claim| claim.event_id.to_string()), ["a", "b"], "in their old order");
        assert_eq!(totals(&*store).await.delivered, 2);
    })
    .await;
}

#[tokio::test]
async fn however_many_are_dead_all_are_put_back() {
    each(async |store| {
        for customer in 0..60 {
            let batch = (0..100).map(|id| arrival(&profile(customer), &format!("{id}"))).collect();
            store.accept(batch, NOW).await.unwrap();
        }
        while store.expire(NOW + 1, NOW + MINUTE).await.unwrap() > 0 {}
        assert_eq!(totals(&*store).await.dead, 6_000);
        assert_eq!(store.replay(TENANT, None, NOW + MINUTE).await.unwrap(), 6_000);
        assert_eq!(totals(&*store).await.waiting, 6_000);
    })
    .await;
}

#[tokio::test]
async fn what_is_under_way_does_not_grow_too_old() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let under_way = claim(&*store, NOW).await.unwrap();
        assert!(store.sent(&under_way, NOW).await.unwrap());
        assert_eq!(store.expire(NOW + 1, NOW + 1_000).await.unwrap(), 0);
        assert!(store.finish(&under_way, delivered(1), NOW + 2_000, NOW).await.unwrap());
        accept(&*store, &profile(1), &["b"]).await;
        assert!(claim(&*store, NOW).await.is_some());
        assert_eq!(store.expire(NOW + 1, NOW + 2 * MINUTE).await.unwrap(), 1, "whoever claimed it has gone");
        let totals = totals(&*store).await;
        assert_eq!((totals.delivered, totals.dead), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_has_gone_takes_no_room() {
    each(async |store| {
        for number in 0..300 {
            let mut arrival = arrival(&profile(1), &format!("{number}"));
            arrival.body = format!(r#"{{"note":"{}"}}"#, noise(8 << 10));
            store.accept(vec![arrival], NOW).await.unwrap();
        }
        let full = store.bytes().await.unwrap();
        assert!((2 << 20..8 << 20).contains(&full), "{full}");
        store.withdraw(TENANT, &profile(1), None).await.unwrap();
        let empty = store.bytes().await.unwrap();
        assert!(empty < 1 << 20, "{empty} of {full}");
    })
    .await;
}

// What no database makes smaller.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let digit = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + (state >> 58) as u8)
    };
    (0..length).map(digit).filter(char::is_ascii_alphanumeric).collect()
}

#[tokio::test]
async fn what_was_kept_long_enough_is_forgotten_and_what_waits_is_not() {
    each(async |store| {
        accept(&*store, &profile(1), &["delivered"]).await;
        step(&*store, NOW, delivered(1)).await;
        accept(&*store, &profile(2), &["dead"]).await;
        step(&*store, NOW, dead()).await;
        accept(&*store, &profile(3), &["waits"]).await;
        assert_eq!(store.forget(NOW).await.unwrap(), 0);
        assert!(store.forget(NOW + 1).await.unwrap() >= 3);
        assert_eq!(accept(&*store, &profile(1), &["delivered"]).await, [Accepted::New]);
        assert_eq!(accept(&*store, &profile(3), &["waits"]).await, [Accepted::Known]);
        assert!(store.dead(None, 10).await.unwrap().is_empty());
        totals(&*store).await;
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_nobody_wait_for_hours() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let hour_ago = NOW - 60 * MINUTE;
        assert!(claim(&*store, hour_ago).await.is_none());
        assert_eq!(store.hasten(hour_ago + MINUTE).await.unwrap(), 1);
        assert!(claim(&*store, hour_ago + MINUTE + 1_000).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_setting_is_made_once() {
    each(async |store| {
        assert_eq!(store.setting("key", "first").await.unwrap(), "first");
        assert_eq!(store.setting("key", "second").await.unwrap(), "first");
        store.set("key", "third").await.unwrap();
        assert_eq!(store.setting("key", "fourth").await.unwrap(), "third");
        store.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    accept(&*sqlite(&folder), &profile(1), &["a"]).await;
    let again = sqlite(&folder);
    assert_eq!(accept(&*again, &profile(1), &["a"]).await, [Accepted::Known]);
    let second = Sqlite::open(&folder.path().join("relay.sqlite"), true).err().unwrap();
    assert!(second.contains("another relay serves it"), "{second}");
    assert!(Sqlite::open(&folder.path().join("relay.sqlite"), false).is_ok(), "beside it, to look at the dead");
}

#[tokio::test]
async fn a_database_of_a_newer_relay_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(sqlite(&folder));
    let file = folder.path().join("relay.sqlite");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = Sqlite::open(&file, true).err().unwrap();
    assert!(refused.contains("version 99") && refused.contains("a newer relay wrote it"), "{refused}");

    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    drop(Postgres::open(&address, None).await.unwrap());
    connect(&address).await.execute("UPDATE version SET steps = 99", &[]).await.unwrap();
    let refused = Postgres::open(&address, None).await.err().unwrap();
    assert!(refused.contains("version 99") && refused.contains("a newer relay wrote it"), "{refused}");
}
