//! `/_sandbox/…`: what tests see of the server, and what they have it do.

use crate::answers::Failure;
use crate::app::App;
use crate::faults::Plan;
use crate::store::{delivery, ledger};
use crate::work::blocking;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/_sandbox/requests", get(requests).delete(forget_requests))
        .route("/_sandbox/faults", get(faults).post(set_faults).delete(clear_faults))
        .route("/_sandbox/ledger", get(arrivals).delete(forget_arrivals))
        .route("/_sandbox/deliveries", get(deliveries).delete(forget_deliveries))
}

async fn requests(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "data": app.requests.list() }))
}

async fn forget_requests(State(app): State<Arc<App>>) -> StatusCode {
    app.requests.forget();
    StatusCode::NO_CONTENT
}

async fn faults(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!(*app.faults.plan()))
}

/// These faults and no others from now on.
async fn set_faults(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Failure> {
    let plan: Plan = serde_json::from_slice(&body).map_err(|error| Failure::field("faults", &error.to_string()))?;
    plan.check()?;
    let shown = json!(plan);
    *app.faults.plan() = plan;
    Ok(Json(shown))
}

async fn clear_faults(State(app): State<Arc<App>>) -> StatusCode {
    *app.faults.plan() = Plan::default();
    StatusCode::NO_CONTENT
}

async fn arrivals(State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    blocking(move || Ok(Json(ledger::show(&app.store.connection())?))).await
}

async fn forget_arrivals(State(app): State<Arc<App>>) -> Result<StatusCode, Failure> {
    blocking(move || {
        ledger::forget(&app.store.connection())?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

async fn deliveries(State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    blocking(move || Ok(Json(json!({ "data": delivery::log(&app.store.connection())? })))).await
}

async fn forget_deliveries(State(app): State<Arc<App>>) -> Result<StatusCode, Failure> {
    blocking(move || {
        delivery::forget(&app.store.connection())?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
