//! What is done now and then.

use super::Ops;
use crate::clock::{self, Watch};
use crate::omneo::{LONGEST_WAIT, PATIENCE};
use crate::store;
use crate::tenant::Tenant;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

/// Looks after room, age and what the operator said, until it is told to stop.
pub async fn tend(ops: Arc<Ops>, mut stop: watch::Receiver<bool>) {
    let mut round: u64 = 0;
    let mut clock = Watch::start();
    while !*stop.borrow() {
        note_room(&ops).await;
        ops.note_held().await;
        if clock.was_set_back() {
            hasten(&ops).await;
        }
        if round.is_multiple_of(ROUNDS_A_SWEEP) {
            sweep(&ops).await;
        }
        ops.metrics.run_upkeep();
        round += 1;
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn note_room(ops: &Ops) {
    let shared = &ops.shared;
    let limits = &shared.limits;
    let free = ops.folder.as_deref().and_then(free_bytes);
    let bytes = shared.store.bytes().await.unwrap_or_default();
    let has_room = free.is_none_or(|free| free >= limits.free_disk_bytes) && bytes <= limits.outbox_bytes;
    if shared.has_room.swap(has_room, Ordering::Relaxed) != has_room {
        tracing::warn!(has_room, ?free, bytes, "room for records changed");
    }
    if let Some(free) = free {
        metrics::gauge!("omneo_relay_disk_free_bytes").set(free as f64);
    }
    metrics::gauge!("omneo_relay_outbox_bytes").set(bytes as f64);
}

fn free_bytes(folder: &Path) -> Option<u64> {
    let volume = rustix::fs::statvfs(folder).ok()?;
    Some(volume.f_bavail * volume.f_frsize)
}

impl Ops {
    /// Holds a tenant's records, or lets them go; on each node that has the same store.
    ///
    /// # Errors
    /// The store cannot be written to.
    pub async fn hold(&self, tenant: &Tenant, is_held: bool) -> store::Result<()> {
        let _alone = self.holding.lock().await;
        self.shared.store.set(&held(&tenant.name), if is_held { "yes" } else { "no" }).await?;
        tenant.flow.is_held.store(is_held, Ordering::Relaxed);
        Ok(())
    }

    /// Reads which tenants the operator holds, whichever node was told.
    pub async fn note_held(&self) {
        let _alone = self.holding.lock().await;
        for tenant in &self.shared.tenants {
            if let Ok(value) = self.shared.store.setting(&held(&tenant.name), "no").await {
                tenant.flow.is_held.store(value == "yes", Ordering::Relaxed);
            }
        }
    }
}

async fn sweep(ops: &Ops) {
    let (store, limits, now) = (&ops.shared.store, &ops.shared.limits, clock::now());
    // A clock that was set back makes nothing wait longer than Omneo can ask for.
    let latest = now + LONGEST_WAIT.as_millis() as i64 + limits.unconfirmed_seconds as i64 * 1_000 + 60_000;
    let swept = async {
        store.hasten(latest).await?;
        while store.expire(now - limits.age_ms(), now).await? == 1_000 {}
        while store.forget(now - limits.known_ms()).await? >= 1_000 {}
        Ok::<(), crate::store::StoreError>(())
    };
    if let Err(error) = swept.await {
        tracing::warn!(%error, "what is old was not swept");
    }
    for tenant in &ops.shared.tenants {
        tenant.customers.retain_recent();
    }
}

// What was due by the earlier time would wait until that comes again.
async fn hasten(ops: &Ops) {
    tracing::warn!("this machine's clock was set back");
    if let Err(error) = ops.shared.store.hasten(clock::now() + SOON_MS).await {
        tracing::warn!(%error, "what waits may wait longer");
    }
}

/// The setting that says whether the operator holds a tenant.
fn held(tenant: &str) -> String {
    format!("held:{tenant}")
}

const ROUND: Duration = Duration::from_secs(2);
const ROUNDS_A_SWEEP: u64 = 15;
/// Longer than a request to Omneo takes, as what is claimed gets due too.
const SOON_MS: i64 = PATIENCE.as_millis() as i64 + 5_000;
