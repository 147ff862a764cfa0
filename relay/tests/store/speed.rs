//! How much a PostgreSQL takes in: `cargo test -p omneo-relay --release --test store -- --ignored --nocapture speed`.

use crate::postgres::Cluster;
use crate::support::{NOW, arrival, postgres, profile, totals};
use omneo_relay::store::Store;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it measures, and takes ten seconds"]
async fn what_postgresql_takes_in() {
    let Some(cluster) = Cluster::shared() else { return };
    let store = Arc::new(postgres(cluster).await);
    let start = Instant::now();
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let store = store.clone();
        callers.spawn(async move {
            let mut longest = Duration::ZERO;
            for batch in 0.. {
                if start.elapsed() > TIME {
                    break;
                }
                let customer = profile(caller * 1_000 + batch % 125);
                let one = |at| {
                    let mut arrival = arrival(&customer, &format!("{caller}-{batch}-{at}"));
                    arrival.body = format!(r#"{{"name":"Viewed","description":"{}"}}"#, "a product ".repeat(40));
                    arrival
                };
                let since = Instant::now();
                store.accept((0..BATCH).map(one).collect(), NOW).await.unwrap();
                longest = longest.max(since.elapsed());
            }
            longest
        });
    }
    let longest = callers.join_all().await.into_iter().max().unwrap();
    let took = start.elapsed();
    let accepted = totals(&*store).await.accepted as f64;
    println!(
        "{:.0} records/s in batches of {BATCH} by {CALLERS} callers; the longest took {longest:?}",
        accepted / took.as_secs_f64()
    );
    assert!(accepted > 0.0);
}

const CALLERS: u32 = 16;
const BATCH: u32 = 20;
const TIME: Duration = Duration::from_secs(8);
