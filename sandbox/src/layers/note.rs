//! Notes what reaches the API.

use crate::app::App;
use crate::clock;
use axum::extract::{OriginalUri, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;

/// Notes method, path, status and time of arrival of a request, never its headers or its body: those hold tokens and records.
/// It is noted as it arrives, so that one whose client goes before the answer is seen too.
pub async fn note(
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (method, at) = (request.method().as_str(), clock::now().to_iso());
    let number = app.requests.begin(json!({ "method": method, "path": uri.path(), "status": null, "at": at }));
    let response = next.run(request).await;
    app.requests.end(number, response.status());
    response
}
