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
use std::sync::{Arc, Mutex, MutexGuard};

/// The last requests, in the order of their arrival.
#[derive(Default)]
pub struct Requests(Mutex<Log>);

#[derive(Default)]
struct Log {
    /// How many came before the first that is kept.
    forgotten: usize,
    kept: VecDeque<Value>,
}

impl Requests {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Log {
    /// Notes a request that has yet to be answered, and gives it a number.
    fn begin(&mut self, request: Value) -> usize {
        self.kept.push_back(request);
        if self.kept.len() > MOST {
            self.forget(1);
        }
        self.forgotten + self.kept.len() - 1
    }

    fn end(&mut self, number: usize, status: StatusCode) {
        let request = number.checked_sub(self.forgotten).and_then(|at| self.kept.get_mut(at));
        if let Some(request) = request {
            request["status"] = json!(status.as_u16());
        }
    }

    fn forget(&mut self, count: usize) {
        self.forgotten += self.kept.drain(..count).count();
    }
}

/// Notes method, path, status and time of arrival of a request, never its headers or its body: those hold tokens and records.
/// It is noted as it arrives, so that one whose client goes before the answer is seen too.
pub async fn note(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (method, at) = (request.method().as_str(), clock::now().to_iso());
    let noted = json!({ "method": method, "path": uri.path(), "status": null, "at": at });
    let number = app.requests.log().begin(noted);
    let response = next.run(request).await;
    app.requests.log().end(number, response.status());
    response
}

/// `GET /_sandbox/requests`
pub async fn list(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "data": app.requests.log().kept }))
}

/// `DELETE /_sandbox/requests`
pub async fn forget(State(app): State<Arc<App>>) -> StatusCode {
    let mut log = app.requests.log();
    let all = log.kept.len();
    log.forget(all);
    StatusCode::NO_CONTENT
}

const MOST: usize = 10_000;
