//! What an erasure left to be deleted at Omneo: beside what is forwarded, at the same pace, so that neither waits for the other's end.

use crate::omneo::Answer;
use crate::store::Store;
use crate::tenant::Tenant;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Deletes until it is told to stop. It goes on after a failure and after a restart.
pub async fn remove(tenant: Arc<Tenant>, store: Arc<dyn Store>, mut stop: watch::Receiver<bool>) {
    while tenant.omneo.may_erase() && !*stop.borrow() {
        let has_removed = remove_some(&tenant, &*store, &stop).await;
        if !has_removed {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

// Whether there was anything that Omneo deleted.
async fn remove_some(tenant: &Tenant, store: &dyn Store, stop: &watch::Receiver<bool>) -> bool {
    let mut has_removed = false;
    for id in store.removals(&tenant.name, MOST).await.unwrap_or_default() {
        if *stop.borrow() {
            break;
        }
        tenant.flow.pace.turn().await;
        match tenant.omneo.delete(id).await {
            Answer::Has(_) => has_removed |= store.removed(&tenant.name, &[id]).await.is_ok(),
            Answer::Status { status: 429, retry_after, .. } => {
                tenant.flow.pace.slow_down(retry_after);
                return false;
            }
            _ => return false,
        }
    }
    has_removed
}

const IDLE: Duration = Duration::from_secs(1);
const MOST: u32 = 20;
