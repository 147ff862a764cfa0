//! What a customer takes back.

use crate::support::{NOW, TENANT, accept, arrival, claim, dead, delivered, each, profile, step, totals};
use omneo_relay::store::{Accepted, Ending, Erased, Source, Store};
use omneo_relay::subject::Subject;

#[tokio::test]
async fn a_withdrawal_drops_what_browsers_handed_in_and_is_not_sent() {
    each(async |store| {
        let mut of_server = arrival(&profile(1), "server");
        of_server.source = Source::Server;
        store.accept(vec![of_server, arrival(&profile(1), "a"), arrival(&profile(1), "b")], NOW).await.unwrap();
        accept(&*store, &profile(2), &["other"]).await;
        assert_eq!(store.withdraw(TENANT, &profile(1), Some("a")).await.unwrap(), 1);
        assert_eq!(store.withdraw(TENANT, &profile(1), None).await.unwrap(), 1);
        let waiting = store.waiting(TENANT, &profile(2)).await.unwrap();
        assert_eq!(waiting[0].event_id, "other");
        let totals = totals(&*store).await;
        assert_eq!((totals.withdrawn, totals.waiting), (2, 2));
        assert_eq!(accept(&*store, &profile(1), &["a"]).await, [Accepted::Known], "it does not come back");
    })
    .await;
}

#[tokio::test]
async fn what_is_claimed_but_not_sent_is_not_sent_after_a_withdrawal() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        let claimed = claim(&*store, NOW).await.unwrap();
        assert_eq!(store.withdraw(TENANT, &profile(1), None).await.unwrap(), 1);
        assert!(!store.sent(&claimed, NOW).await.unwrap());
        assert!(!store.finish(&claimed, Ending::Dropped, NOW, NOW).await.unwrap());
        assert_eq!(totals(&*store).await.withdrawn, 1);
    })
    .await;
}

#[tokio::test]
async fn what_may_have_been_sent_is_looked_for_and_not_sent_again() {
    each(async |store| {
        for (id, ending, delivered, withdrawn) in [
            ("found", delivered(1), 1, 0),
            ("absent", Ending::Dropped, 1, 1),
            ("absent too", Ending::Later { is_absent: true, has_failed: false }, 1, 2),
        ] {
            accept(&*store, &profile(1), &[id]).await;
            step(&*store, NOW, Ending::Later { is_absent: false, has_failed: false }).await;
            assert_eq!(store.withdraw(TENANT, &profile(1), None).await.unwrap(), 0);
            let again = claim(&*store, NOW).await.unwrap();
            assert!(!store.sent(&again, NOW).await.unwrap(), "{id}");
            assert!(store.finish(&again, ending, NOW, NOW).await.unwrap());
            let totals = totals(&*store).await;
            assert_eq!((totals.delivered, totals.withdrawn, totals.waiting), (delivered, withdrawn, 0), "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_erasure_finds_a_customer_under_all_names() {
    each(async |store| {
        let (ada, mail, mobile) = (profile(1), Subject::from_kept("~mail"), Subject::from_kept("~mobile"));
        for (subject, id, omneo_id) in [(&mail, "m", 7), (&mobile, "t", 8)] {
            accept(&*store, subject, &[id]).await;
            let tied = Ending::Delivered { omneo_id: Some(omneo_id), profile: Some(ada.as_str().into()) };
            step(&*store, NOW, tied).await;
        }
        accept(&*store, &ada, &["p"]).await;
        step(&*store, NOW, delivered(9)).await;
        accept(&*store, &ada, &["dead"]).await;
        step(&*store, NOW, dead()).await;
        accept(&*store, &mail, &["m2"]).await;
        accept(&*store, &profile(2), &["other"]).await;
        let erased = store.erase(TENANT, std::slice::from_ref(&mobile), NOW).await.unwrap();
        assert_eq!(erased, Erased { waiting: 1, under_way: 0, dead: 1, remembered: 5, at_omneo: 3 });
        assert_eq!(store.removals(TENANT, 10).await.unwrap().len(), 3);
        store.removed(TENANT, &[7, 8]).await.unwrap();
        assert_eq!(
            (store.removals(TENANT, 10).await.unwrap(), store.removals_left(TENANT).await.unwrap()),
            (vec![9], 1)
        );
        for subject in [&ada, &mail, &mobile] {
            assert_eq!(accept(&*store, subject, &["later"]).await, [Accepted::Erased], "{subject}");
        }
        assert_eq!(accept(&*store, &profile(2), &["later"]).await, [Accepted::New]);
        let totals = totals(&*store).await;
        assert_eq!((totals.erased, totals.dead, totals.delivered, totals.waiting), (2, 0, 3, 2));
        assert_eq!(store.erase(TENANT, &[ada], NOW).await.unwrap(), Erased::default(), "nothing is left");
    })
    .await;
}

#[tokio::test]
async fn what_is_under_way_while_its_customer_is_erased_is_deleted_where_it_is_found() {
    each(async |store| {
        for (id, ending, removals) in [
            ("arrives", delivered(5), 1),
            ("found later", Ending::Erased { omneo_id: Some(6) }, 2),
            ("absent", Ending::Dropped, 2),
            ("refused", dead(), 2),
        ] {
            let customer = Subject::from_kept(&format!("~{id}"));
            accept(&*store, &customer, &[id]).await;
            let under_way = claim(&*store, NOW).await.unwrap();
            assert!(store.sent(&under_way, NOW).await.unwrap());
            let erased = store.erase(TENANT, &[customer], NOW).await.unwrap();
            assert_eq!((erased.under_way, erased.waiting), (1, 0), "{id}");
            assert!(store.finish(&under_way, ending, NOW, NOW).await.unwrap(), "{id}");
            assert_eq!(store.removals_left(TENANT).await.unwrap(), removals, "{id}");
        }
        let totals = totals(&*store).await;
        assert_eq!((totals.erased, totals.waiting, totals.dead), (4, 0, 0));
        assert!(store.dead(None, 10).await.unwrap().is_empty(), "nobody keeps what is erased");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_erased_customer_is_left_in_the_file_or_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::support::sqlite(&folder);
    let secret = "a-name-that-only-this-customer-has";
    for number in 0..50 {
        accept(&*store, &profile(1), &[&format!("{secret}-{number}")]).await;
        accept(&*store, &profile(2), &[&format!("other-{number}")]).await;
    }
    let holds = || {
        let files = ["relay.sqlite", "relay.sqlite-wal"].map(|name| folder.path().join(name));
        files
            .iter()
            .filter_map(|file| std::fs::read(file).ok())
            .any(|bytes| bytes.windows(secret.len()).any(|window| window == secret.as_bytes()))
    };
    assert!(holds());
    assert_eq!(store.erase(TENANT, &[profile(1)], NOW).await.unwrap().waiting, 50);
    assert!(!holds());
    assert_eq!(totals(&*store).await.waiting, 50);
}

#[tokio::test]
async fn what_may_be_at_omneo_of_an_erased_customer_is_looked_for_however_long_that_takes() {
    each(async |store| {
        accept(&*store, &profile(1), &["a"]).await;
        step(&*store, NOW, Ending::Later { is_absent: false, has_failed: false }).await;
        store.erase(TENANT, &[profile(1)], NOW).await.unwrap();
        assert_eq!(store.expire(NOW + 1, NOW + 1).await.unwrap(), 0);
        step_to_look(&*store, Ending::Erased { omneo_id: Some(5) }).await;
        assert_eq!(store.removals(TENANT, 10).await.unwrap(), [5]);
        let totals = totals(&*store).await;
        assert_eq!((totals.erased, totals.waiting), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn who_turns_out_to_be_an_erased_customer_is_erased_too() {
    each(async |store| {
        let (ada, mail) = (profile(1), Subject::from_kept("~mail"));
        accept(&*store, &mail, &["a", "b"]).await;
        let under_way = claim(&*store, NOW).await.unwrap();
        assert!(store.sent(&under_way, NOW).await.unwrap());
        // Whose address it is, nobody knows yet.
        assert_eq!(store.erase(TENANT, std::slice::from_ref(&ada), NOW).await.unwrap(), Erased::default());
        let answer = Ending::Delivered { omneo_id: Some(5), profile: Some(ada.as_str().into()) };
        assert!(store.finish(&under_way, answer, NOW, NOW).await.unwrap());
        assert_eq!(store.removals(TENANT, 10).await.unwrap(), [5]);
        assert_eq!(accept(&*store, &mail, &["c"]).await, [Accepted::Erased]);
        let totals = totals(&*store).await;
        assert_eq!((totals.erased, totals.delivered, totals.waiting), (2, 0, 0));
        assert!(claim(&*store, NOW).await.is_none());
    })
    .await;
}

async fn step_to_look(store: &dyn Store, ending: Ending) {
    let claim = claim(store, NOW).await.expect("something is due");
    assert!(!store.sent(&claim, NOW).await.unwrap(), "it is not sent again");
    assert!(store.finish(&claim, ending, NOW, NOW).await.unwrap());
}
