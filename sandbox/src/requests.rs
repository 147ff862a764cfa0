//! What reached the API, for tests that must know.

use crate::app::App;
use crate::clock;
use axum::Json;
use axum::extract::{OriginalUri, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// The last requests, oldest first.
#[derive(Default)]
pub struct Requests(Mutex<VecDeque<Value>>);

impl Requests {
    fn note(&self, request: Value) {
        let mut requests = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        requests.push_back(request);
        if requests.len() > MOST {
            requests.pop_front();
        }
    }
}

/// Notes method, path, status and time of arrival of a request, never its headers or its body: those hold tokens and records.
pub async fn note(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().to_string();
    let at = clock::now().to_iso();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    app.requests.note(json!({ "method": method, "path": uri.path(), "status": status, "at": at }));
    response
}

/// `GET /_sandbox/requests`
pub async fn list(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "data": *app.requests.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) }))
}

/// `DELETE /_sandbox/requests`
pub async fn forget(State(app): State<Arc<App>>) -> StatusCode {
    app.requests.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    StatusCode::NO_CONTENT
}

const MOST: usize = 10_000;
