//! Requests that are in work.

use super::{Fault, Shared};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Answers 503 where too many are in work, and logs each request: by its route, never by its address.
pub async fn bound(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    // Whoever sends many over one connection without waiting for an answer waits behind everybody else before each.
    tokio::task::yield_now().await;
    let route = request.extensions().get::<MatchedPath>().map_or("none".into(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let answer = match shared.in_work.try_acquire() {
        _ if shared.is_stopping.load(Ordering::Relaxed) => {
            Fault::Unavailable("The relay stops; another takes over.", 1).into_response()
        }
        Ok(_permit) => match tokio::time::timeout(shared.limits.request(), next.run(request)).await {
            Ok(answer) => answer,
            // It may be written by now, so nothing is said.
            Err(_) => Fault::Unknown.into_response(),
        },
        Err(_) => Fault::Unavailable("Too many requests are in work.", 1).into_response(),
    };
    metrics::histogram!("omneo_relay_intake_seconds").record(start.elapsed());
    tracing::debug!(%method, %route, status = answer.status().as_u16(), ms = start.elapsed().as_millis() as u64, "answered");
    answer
}
