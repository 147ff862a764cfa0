//! From the outbox to Omneo: each customer's records in order, one at a time; nobody waits for another.
//!
//! | what Omneo says | what becomes of the record |
//! | --- | --- |
//! | 2xx | delivered |
//! | 404, 422, and other 4xx that no repetition changes | dead, with the reason |
//! | 401, 403 | it waits, and so does the whole tenant, until a probe gets through |
//! | 425, 429 | it waits; 429 halves the rate, `Retry-After` counts |
//! | 408, 5xx, a redirect, no answer | *unconfirmed*: after a minute it is looked for, and sent again only where it is absent |
//! | no connection | it waits: nothing was sent |
//!
//! That a record is about to be sent is on disk before its first byte leaves. So a relay that was killed finds every record
//! that may have arrived marked, and looks for it. One window no lease closes: a process that is stopped between its last look at its
//! claim and the first byte of the request, and goes on after the claim has ended. On SQLite
//! there is no other node that could have sent it.

mod step;

use crate::clock;
use crate::config::Limits;
use crate::flow::Flow;
use crate::omneo::PATIENCE;
use crate::store::Store;
use crate::tenant::Tenant;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Forwards a tenant's records until it is told to stop; then what is under way is ended.
pub async fn forward(tenant: Arc<Tenant>, store: Arc<dyn Store>, limits: Limits, mut stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let mut steps = JoinSet::new();
    while !*stop.borrow() {
        let ready = async {
            wait_until_open(&tenant.flow).await;
            let slot = slots.clone().acquire_owned().await.expect("it is never closed");
            tenant.flow.pace.turn().await;
            slot
        };
        let slot = tokio::select! {
            slot = ready => slot,
            _ = stop.changed() => break,
        };
        while steps.try_join_next().is_some() {}
        // It may have been held while a turn was waited for.
        if tenant.flow.is_held.load(Ordering::Relaxed) {
            tenant.flow.breaker.not_asked();
            continue;
        }
        let (now, claimed_at) = (clock::now(), Instant::now());
        match store.claim(&tenant.name, now, now + LEASE.as_millis() as i64).await {
            Ok(Some(claim)) => {
                let (tenant, store, age_ms) = (tenant.clone(), store.clone(), limits.age_ms());
                steps.spawn(async move {
                    step::step(&tenant, &*store, claim, claimed_at, age_ms).await;
                    drop(slot);
                    // The customer's next record may be due.
                    tenant.news.notify_one();
                });
            }
            Ok(None) => {
                drop(slot);
                tenant.flow.breaker.not_asked();
                tokio::select! {
                    () = idle(&tenant, &*store) => {}
                    _ = stop.changed() => break,
                }
            }
            Err(error) => {
                tracing::warn!(tenant = %tenant.name, %error, "nothing could be claimed");
                tokio::time::sleep(IDLE).await;
            }
        }
    }
    while steps.join_next().await.is_some() {}
}

async fn wait_until_open(flow: &Flow) {
    loop {
        if flow.is_held.load(Ordering::Relaxed) {
            tokio::time::sleep(IDLE).await;
        } else if let Some(until) = flow.breaker.closed_until() {
            tokio::time::sleep_until(until).await;
        } else if flow.is_refused.load(Ordering::Relaxed) {
            // One at a time finds out whether the token is taken again.
            return tokio::time::sleep(REFUSED).await;
        } else {
            return;
        }
    }
}

// Until something new comes, or something old is due. Other nodes' records are found within a second.
async fn idle(tenant: &Tenant, store: &dyn Store) {
    let due = store.next_due(&tenant.name).await.ok().flatten();
    let wait = due.map_or(IDLE, |due| Duration::from_millis((due - clock::now()).max(0) as u64).min(IDLE));
    let _ = tokio::time::timeout(wait, tenant.news.notified()).await;
}

/// How long a claim lasts: longer than a look of several pages, and twice what a request may take.
const LEASE: Duration = Duration::from_secs(60);
/// How long before its end a claim is not used any more to begin a request.
const MARGIN: Duration = Duration::from_secs(PATIENCE.as_secs() + 5);
/// How many customers are served side by side.
const SIDE_BY_SIDE: usize = 32;
const IDLE: Duration = Duration::from_secs(1);
const REFUSED: Duration = Duration::from_secs(15);
