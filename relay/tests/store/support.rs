//! Stores to test with, and records to keep in them.

use crate::postgres::{Cluster, database};
use omneo_relay::store::{Accepted, Arrival, Claim, DeadReason, Ending, Postgres, Source, Sqlite, Store, Totals};
use omneo_relay::subject::Subject;
use std::sync::Arc;
use tempfile::TempDir;

pub const TENANT: &str = "acme";
pub const MINUTE: i64 = 60_000;

/// Some moment, as far as the tests are concerned.
pub const NOW: i64 = 1_790_000_000_000;

/// Runs the test with each store.
pub async fn each<F: Future<Output = ()>>(test: impl Fn(Arc<dyn Store>) -> F) {
    let folder = tempfile::tempdir().unwrap();
    test(sqlite(&folder)).await;
    if let Some(cluster) = Cluster::shared() {
        test(Arc::new(postgres(cluster).await)).await;
    }
}

pub fn sqlite(folder: &TempDir) -> Arc<dyn Store> {
    Arc::new(Sqlite::open(&folder.path().join("relay.sqlite"), true).unwrap())
}

/// A store in a database of its own.
pub async fn postgres(cluster: &Cluster) -> Postgres {
    Postgres::open(&database(cluster).await, None).await.unwrap()
}

pub fn profile(number: u32) -> Subject {
    Subject::profile(&format!("00000000-0000-4000-8000-{number:012}")).unwrap()
}

pub fn arrival(subject: &Subject, event_id: &str) -> Arrival {
    Arrival {
        tenant: TENANT.into(),
        subject: subject.clone(),
        event_id: event_id.into(),
        source: Source::Browser,
        identification: None,
        body: format!(r#"{{"meta":{{"event_id":"{event_id}"}}}}"#),
    }
}

pub async fn accept(store: &dyn Store, subject: &Subject, ids: &[&str]) -> Vec<Accepted> {
    store.accept(ids.iter().map(|id| arrival(subject, id)).collect(), NOW).await.unwrap()
}

/// Claims whoever is due, for a minute.
pub async fn claim(store: &dyn Store, now: i64) -> Option<Claim> {
    store.claim(TENANT, now, now + MINUTE).await.unwrap()
}

/// The totals, whose balance is always 0.
pub async fn totals(store: &dyn Store) -> Totals {
    let totals = store.totals(TENANT).await.unwrap();
    assert_eq!(totals.balance(), 0, "{totals:?}");
    totals
}

pub fn delivered(omneo_id: i64) -> Ending {
    Ending::Delivered { omneo_id: Some(omneo_id), profile: None }
}

pub fn dead() -> Ending {
    Ending::Dead { reason: DeadReason::Rejected, status: 422, detail: "name".into() }
}

/// Sends the first that is due, as a relay does, and ends it so.
pub async fn step(store: &dyn Store, now: i64, ending: Ending) -> Claim {
    let claim = claim(store, now).await.expect("something is due");
    assert!(store.sent(&claim, now).await.unwrap());
    assert!(store.finish(&claim, ending, now, now).await.unwrap());
    claim
}
