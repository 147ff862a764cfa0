//! Profiles, as their owner and an admin read them.

use crate::answers::Failure;
use crate::app::App;
use crate::request::{Admin, Customer, Named};
use crate::work::blocking;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /id/api/v1/profiles/me`
pub async fn own(Customer(own): Customer) -> Json<Value> {
    Json(json!({ "data": own }))
}

/// `GET /api/v3/profiles/{profile}`
pub async fn one(named: Named, _: Admin, State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let id = named.get("profile").ok_or(Failure::NotFound)?;
        Ok(Json(json!({ "data": app.store.profile(id)?.ok_or(Failure::NotFound)? })))
    })
    .await
}
