//! Whether it lives, and whether it takes records in.

use super::Ops;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// `GET /livez`: the process answers.
pub async fn live() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: records are taken in. 503, with the reason, where they are not. That Omneo is away is no reason.
pub async fn ready(State(ops): State<Arc<Ops>>) -> (StatusCode, &'static str) {
    let shared = &ops.shared;
    if shared.is_stopping.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if shared.store.ping().await.is_err() {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    } else if !shared.has_room.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "no room for more\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
