//! Claims, and how they end.

use crate::support::{MINUTE, NOW, TENANT, accept, claim, dead, delivered, each, profile, sqlite, step, totals};
use omneo_relay::store::{Accepted, DeadReason, Ending};

#[tokio::test]
async fn a_customer_s_records_come_in_order_and_one_at_a_time() {
    each(async |store| {
        accept(&*store, &profile(1), &["a", "b"]).await;
        accept(&*store, &profile(2), &["c"]).await;
        let first = claim(&*store, NOW).await.unwrap();
        let second = claim(&*store, NOW).await.unwrap();
        assert_ne!(first.subject, second.subject);
        assert!(claim(&*store, NOW).await.is_none(), "both customers are claimed");
        let of_ada = if &*first.event_id == "a" { &first } else { &second };
        assert!(store.sent(of_ada, NOW).await.unwrap());
        assert!(store.finish(of_ada, delivered(1), NOW, NOW).await.unwrap());
        assert_eq!(&*claim(&*store, NOW).await.unwrap().event_id, "b");
        assert_eq!(totals(&*store).await.delivered, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_just_been_served_comes_after_the_others() {
    each(async |store| {
        accept(&*store, &profile(1), &["a1", "a2"]).await;
        store.accept(vec![crate::support::arrival(&profile(2), "b1")], NOW + 1).await.unwrap();
        let first = step(&*store, NOW + 2, delivered(1)).await;
        let second = step(&*store, NOW + 3, delivered(2)).await;
        assert_eq!([&*first.event_id, &*second.event_id], ["a1", "b1"]);
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_was_lost_changes_nothing() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let slept = claim(&*store, NOW).await.unwrap();
        assert!(claim(&*store, NOW + MINUTE - 1_000).await.is_none(), "it lasts a minute");
        let later = NOW + MINUTE + 1_000;
        let taken = claim(&*store, later).await.unwrap();
        assert_eq!(taken.seq, slept.seq);
        assert!(!store.sent(&slept, later).await.unwrap());
        assert!(!store.finish(&slept, dead(), later, later).await.unwrap());
        assert!(store.sent(&taken, later).await.unwrap());
        assert!(store.finish(&taken, delivered(1), later, later).await.unwrap());
        assert!(!store.finish(&taken, delivered(1), later, later).await.unwrap(), "not twice either");
        let totals = totals(&*store).await;
        assert_eq!((totals.delivered, totals.dead), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_relay_had_claimed_is_not_held_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = sqlite(&folder);
    accept(&*store, &profile(1), &["a"]).await;
    let slept = claim(&*store, NOW).await.unwrap();
    drop(store);
    let store = sqlite(&folder);
    assert!(claim(&*store, NOW).await.is_some(), "only one relay serves a file, so nobody else has it");
    assert!(!store.sent(&slept, NOW).await.unwrap());
}

#[tokio::test]
async fn what_may_be_at_omneo_stays_marked_until_that_is_known() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let sent = step(&*store, NOW, Ending::Later { is_absent: false, has_failed: true }).await;
        assert_eq!((sent.sent_at, sent.failures), (None, 0));
        let again = claim(&*store, NOW).await.unwrap();
        assert_eq!((again.sent_at, again.failures), (Some(NOW), 1));
        assert!(
            store
                .finish(&again, Ending::Later { is_absent: true, has_failed: false }, NOW, NOW + MINUTE)
                .await
                .unwrap()
        );
        assert!(claim(&*store, NOW).await.is_none(), "not before its time");
        assert_eq!(store.next_due(TENANT).await.unwrap(), Some(NOW + MINUTE));
        let absent = claim(&*store, NOW + MINUTE).await.unwrap();
        assert_eq!((absent.sent_at, absent.failures), (None, 1));
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_before_the_clock_was_set_back_is_not_waited_for() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let sent = claim(&*store, NOW).await.unwrap();
        assert!(store.sent(&sent, NOW).await.unwrap());
        let hour_ago = NOW - 60 * MINUTE;
        let later = Ending::Later { is_absent: false, has_failed: false };
        assert!(store.finish(&sent, later, hour_ago, hour_ago + MINUTE).await.unwrap());
        assert_eq!(claim(&*store, hour_ago + MINUTE).await.unwrap().sent_at, Some(hour_ago));
    })
    .await;
}

#[tokio::test]
async fn what_was_never_sent_is_not_marked_by_being_put_off() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let first = claim(&*store, NOW).await.unwrap();
        let later = Ending::Later { is_absent: false, has_failed: true };
        assert!(store.finish(&first, later, NOW, NOW).await.unwrap());
        assert_eq!(claim(&*store, NOW).await.unwrap().sent_at, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_dead_holds_nobody_up() {
    each(async |store| {
        accept(&*store, &profile(1), &["a", "b"]).await;
        step(&*store, NOW, dead()).await;
        let next = step(&*store, NOW, delivered(1)).await;
        assert_eq!(&*next.event_id, "b");
        let dead = store.dead(None, 10).await.unwrap();
        assert_eq!((&*dead[0].reason, dead[0].status, &*dead[0].detail), (DeadReason::Rejected.as_str(), 422, "name"));
        let totals = totals(&*store).await;
        assert_eq!((totals.delivered, totals.dead, totals.waiting), (1, 1, 0));
        assert_eq!(accept(&*store, &profile(1), &["a"]).await, [Accepted::Known], "it is known all the same");
    })
    .await;
}

#[tokio::test]
async fn what_comes_while_the_last_is_under_way_is_not_forgotten() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let under_way = claim(&*store, NOW).await.unwrap();
        assert!(store.sent(&under_way, NOW).await.unwrap());
        accept(&*store, &profile(1), &["b"]).await;
        assert!(store.finish(&under_way, delivered(1), NOW, NOW).await.unwrap());
        assert_eq!(&*claim(&*store, NOW).await.unwrap().event_id, "b");
    })
    .await;
}
