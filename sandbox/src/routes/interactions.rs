//! Create, browse, read, correct and delete interactions, on each of the three surfaces.

use crate::answers::Failure;
use crate::app::App;
use crate::arrival::Arrival;
use crate::browse::browse;
use crate::identify::{IDENTIFICATION, resolve};
use crate::request::{Body, Caller, RecordId, Whose};
use crate::store::Record;
use crate::work::blocking;
use axum::Json;
use axum::extract::{OriginalUri, Query, State};
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use omneo_interactions::interaction::{Interaction, Map, Value};
use serde_json::json;
use std::sync::Arc;

/// `…/interactions`
pub fn many() -> MethodRouter<Arc<App>> {
    get(list).post(create)
}

/// `…/interactions/{id}`
pub fn one() -> MethodRouter<Arc<App>> {
    get(read).put(correct).patch(correct).delete(delete)
}

async fn list(
    Whose(profile): Whose,
    State(app): State<Arc<App>>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Json<serde_json::Value>, Failure> {
    blocking(move || {
        let path = format!("{}{}", app.origin, uri.path());
        browse(&app.store, profile.as_deref(), &path, &query).map(Json)
    })
    .await
}

async fn create(
    Whose(profile): Whose,
    Caller(caller): Caller,
    State(app): State<Arc<App>>,
    Body(body): Body,
) -> Result<(StatusCode, Json<serde_json::Value>), Failure> {
    blocking(move || {
        let (identification, record) = without_identification(body);
        let arrival = Arrival::from(record);
        let profile = match profile {
            Some(profile) => profile,
            None => {
                // The record is looked at first, so that its mistakes are named on every surface alike.
                arrival.check()?;
                resolve(&app.store, &identification)?.id
            }
        };
        let (shown, is_new) = arrival.keep(&app, &profile, caller)?;
        let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(json!({ "data": shown }))))
    })
    .await
}

async fn read(
    Whose(profile): Whose,
    RecordId(id): RecordId,
    State(app): State<Arc<App>>,
) -> Result<Json<serde_json::Value>, Failure> {
    blocking(move || {
        let record = Record::find(&app.store.connection(), id, profile.as_deref())?;
        Ok(Json(json!({ "data": record.ok_or(Failure::NotFound)?.show() })))
    })
    .await
}

async fn correct(
    Whose(profile): Whose,
    RecordId(id): RecordId,
    State(app): State<Arc<App>>,
    body: Result<Body, Failure>,
) -> Result<Json<serde_json::Value>, Failure> {
    blocking(move || {
        // One lock from reading to writing, so that of two corrections neither undoes the other's fields.
        let connection = app.store.connection();
        let record = Record::find(&connection, id, profile.as_deref())?;
        let mut record = record.ok_or(Failure::NotFound)?;
        let Body(body) = body?;
        let (_, changes) = without_identification(body);
        let interaction = Interaction::try_from(overlaid(&record.interaction, changes))?;
        record.correct(&connection, interaction)?;
        Ok(Json(json!({ "data": record.show() })))
    })
    .await
}

async fn delete(
    Whose(profile): Whose,
    RecordId(id): RecordId,
    State(app): State<Arc<App>>,
) -> Result<StatusCode, Failure> {
    blocking(move || {
        let there = Record::delete(&app.store.connection(), id, profile.as_deref())?;
        if there { Ok(StatusCode::NO_CONTENT) } else { Err(Failure::NotFound) }
    })
    .await
}

/// What says whose the record of a body is, and the record: also without the `location` that the official SDK's type has beside
/// `location_id`.
fn without_identification(body: Value) -> (Value, Value) {
    let Value::Map(members) = body else { return (Value::Null, body) };
    let (identification, record): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(name, value)| IDENTIFICATION.contains(&&**name) || is_location(name, value));
    (Value::Map(identification.into_iter().collect()), Value::Map(record.into_iter().collect()))
}

fn is_location(name: &str, value: &Value) -> bool {
    name == "location" && matches!(value, Value::Null | Value::Map(_))
}

/// The interaction with what is changed in its place, so that what is replaced does not count towards the size of the whole.
fn overlaid(interaction: &Interaction, changes: Value) -> Value {
    let Value::Map(changes) = changes else { return changes };
    let own = interaction.fields().map(|(name, value)| (Box::from(name), value));
    Value::Map(own.chain(changes).collect::<Map>())
}
