//! The way to the relay of a brand, as a web server in front of a shop passes it on: pages reach it at their own origin.

use crate::answers::Failure;
use crate::app::App;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use std::sync::Arc;

/// All that a relay answers.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/relay/{*path}", any(pass_on))
}

async fn pass_on(State(app): State<Arc<App>>, request: Request) -> Result<Response, Failure> {
    let relay = app.relay.as_ref().ok_or(Failure::NotFound)?;
    relay.ask(request).await.ok_or(Failure::NoRelay)
}
