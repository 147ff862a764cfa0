//! A relay of a site's own, as the tracker's route `relay` expects it: many records in one request, each with its own answer.
//! Other than Omneo it promises to drop second copies, so it does, whatever the options say.

use crate::answers::Failure;
use crate::app::App;
use crate::arrival::Arrival;
use crate::request::{Body, Whose};
use crate::store::Copies;
use crate::work::blocking;
use axum::extract::State;
use axum::http::{Method, header};
use axum::routing::{MethodRouter, post};
use axum::{Json, Router};
use omneo_interactions::interaction;
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
async fn create(Whose(profile): Whose, State(app): State<Arc<App>>, Body(body): Body) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let profile = profile.ok_or(Failure::NotFound)?;
        let results = records(body)?.into_iter().map(|record| result(&app, &profile, record));
        results.collect::<Result<Vec<_>, _>>().map(Value::Array).map(Json)
    })
    .await
}

fn records(body: interaction::Value) -> Result<Vec<interaction::Value>, Failure> {
    let given = match body {
        interaction::Value::List(records) if (1..=MOST).contains(&records.len()) => return Ok(records),
        interaction::Value::List(records) => format!("an array of {}", records.len()),
        _ => "no array".to_owned(),
    };
    Err(Failure::field("body", &format!("`body` is {given}; accepted: an array of 1 to {MOST} records")))
}

fn result(app: &App, profile: &str, record: interaction::Value) -> Result<Value, Failure> {
    let arrival = Arrival::from(without_kind(record));
    let event_id = arrival.event_id.clone();
    match arrival.keep(app, profile, Copies::Dropped) {
        Ok((_, is_new)) => Ok(json!({ "event_id": event_id, "status": if is_new { 201 } else { 200 } })),
        Err(Failure::Invalid(fields)) => {
            let errors: Map<String, Value> = fields.into_iter().map(|(field, why)| (field, json!([why]))).collect();
            Ok(json!({ "event_id": event_id, "status": 422, "errors": errors }))
        }
        Err(other) => Err(other),
    }
}

// What sort of thing a record tells of is for a relay's policy. It has none here, and it is no field of an interaction.
fn without_kind(record: interaction::Value) -> interaction::Value {
    match record {
        interaction::Value::Map(members) => {
            interaction::Value::Map(members.into_iter().filter(|(name, _)| **name != *"kind").collect())
        }
        other => other,
    }
}

const MOST: usize = 100;
