//! A relay of a site's own, as the tracker's route `relay` expects it: many records in one request, each with its own answer.
//! Other than Omneo it promises to drop second copies, so it does, whatever the options say.

use crate::access::{Admin, own_profile};
use crate::answers::Failure;
use crate::app::App;
use crate::call::{Body, Call};
use crate::interactions::receive;
use crate::record::Copies;
use crate::work::blocking;
use axum::http::{Method, header};
use axum::routing::{MethodRouter, post};
use axum::{Json, Router};
use omneo_interactions::json::Json as Text;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};
use tower_http::decompression::RequestDecompressionLayer;

/// For the customer whose token it is.
pub fn own() -> Router<Arc<App>> {
    Router::new().route("/relay/v1/profiles/me/interactions", batch())
}

/// For any customer, with an admin token.
pub fn admin() -> Router<Arc<App>> {
    Router::new().route("/relay/v1/profiles/{profile}/interactions", batch())
}

fn batch() -> MethodRouter<Arc<App>> {
    post(create).layer(RequestDecompressionLayer::new())
}

/// Other than Omneo, a relay lets a browser say that a body is compressed.
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::CONTENT_ENCODING])
        .max_age(Duration::from_secs(7_200))
}

// `[{event_id, status, errors?}]`, in the order of the batch: 201 written, 200 a second copy, 422 no interaction.
async fn create(call: Call, body: Result<Body, Failure>) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let profile = whose(&call)?;
        let body = body?;
        let records: Vec<Text<'_>> = body.json().items().collect();
        if !(1..=MOST).contains(&records.len()) {
            let given =
                if body.json().is_array() { format!("an array of {}", records.len()) } else { "no array".into() };
            return Err(Failure::field(
                "body",
                &format!("`body` is {given}; accepted: an array of 1 to {MOST} records"),
            ));
        }
        records
            .into_iter()
            .map(|record| result(&call, &profile, record))
            .collect::<Result<Vec<_>, _>>()
            .map(Value::Array)
            .map(Json)
    })
    .await
}

fn whose(call: &Call) -> Result<String, Failure> {
    match call.part("profile") {
        None => own_profile(&call.app, &call.headers),
        Some(id) => {
            Admin::of(&call.app, &call.headers)?.may("create-interactions")?;
            Ok(call.app.store.profile(id)?.ok_or(Failure::NotFound)?.id)
        }
    }
}

fn result(call: &Call, profile: &str, record: Text<'_>) -> Result<Value, Failure> {
    let event_id = record.field("meta").and_then(|meta| meta.field("event_id")).and_then(Text::text);
    match receive(&call.app, profile, record.as_str(), Copies::Dropped) {
        Ok((_, is_new)) => Ok(json!({ "event_id": event_id, "status": if is_new { 201 } else { 200 } })),
        Err(Failure::Invalid(fields)) => {
            let errors: Map<String, Value> = fields.into_iter().map(|(field, why)| (field, json!([why]))).collect();
            Ok(json!({ "event_id": event_id, "status": 422, "errors": errors }))
        }
        Err(other) => Err(other),
    }
}

const MOST: usize = 100;
