//! Create, browse, read, correct and delete interactions, on each of the three surfaces.

use crate::access::{Admin, own_profile};
use crate::answers::Failure;
use crate::app::App;
use crate::browse::browse;
use crate::call::{Body, Call};
use crate::ledger::{Fate, note};
use crate::profiles::{IDENTIFICATION, resolve};
use crate::record::{Copies, Record};
use crate::work::blocking;
use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use omneo_interactions::interaction::Interaction;
use omneo_interactions::json::{Json as Text, Object};
use serde_json::{Value, json};
use std::sync::Arc;

/// `…/interactions`
pub fn many() -> MethodRouter<Arc<App>> {
    get(list).post(create)
}

/// `…/interactions/{id}`
pub fn one() -> MethodRouter<Arc<App>> {
    get(read).put(correct).patch(correct).delete(delete)
}

async fn list(call: Call, Query(query): Query<Vec<(String, String)>>) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let profile = whose(&call, "read-interactions")?;
        let path = format!("{}{}", call.app.origin(), call.path);
        browse(&call.app.store, profile.as_deref(), &path, &query).map(Json)
    })
    .await
}

async fn create(call: Call, body: Result<Body, Failure>) -> Result<(StatusCode, Json<Value>), Failure> {
    blocking(move || {
        let profile = whose(&call, "create-interactions")?;
        let body = body?;
        let record = without_identification(body.json());
        let profile = match profile {
            Some(profile) => profile,
            None => {
                // The record is looked at first, so that its mistakes are named on every surface alike.
                Interaction::read(Text::view(&record))?;
                resolve(&call.app.store, body.json())?.id
            }
        };
        let (shown, is_new) = receive(&call.app, &profile, &record, call.app.copies)?;
        let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(json!({ "data": shown }))))
    })
    .await
}

/// Checks and keeps a record of that profile, and notes in the ledger what became of it. Answers it as it is shown, and whether
/// it is new.
///
/// # Errors
/// 422 that names its mistakes.
pub fn receive(app: &App, profile: &str, record: &str, copies: Copies) -> Result<(Value, bool), Failure> {
    let text = Text::view(record);
    let event_id = text.field("meta").and_then(|meta| meta.field("event_id")).and_then(Text::text);
    let connection = app.store.connection();
    let noted = |fate| event_id.as_deref().map_or(Ok(()), |id| note(&connection, id, profile, fate));
    let interaction = match Interaction::read(text) {
        Ok(interaction) => interaction,
        Err(invalid) => {
            noted(Fate::Refused)?;
            return Err(invalid.into());
        }
    };
    let (record, fate) = Record::create(&connection, profile, &interaction, copies)?;
    noted(fate)?;
    let is_new = fate.is_written();
    let shown = record.show();
    if is_new {
        app.announce(profile, shown.clone());
    }
    Ok((shown, is_new))
}

async fn read(call: Call) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let profile = whose(&call, "read-interactions")?;
        let record = Record::find(&call.app.store.connection(), id(&call)?, profile.as_deref())?;
        Ok(Json(json!({ "data": record.ok_or(Failure::NotFound)?.show() })))
    })
    .await
}

async fn correct(call: Call, body: Result<Body, Failure>) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let profile = whose(&call, "update-interactions")?;
        // One lock from reading to writing, so that of two corrections neither undoes the other's fields.
        let connection = call.app.store.connection();
        let record = Record::find(&connection, id(&call)?, profile.as_deref())?;
        let mut record = record.ok_or(Failure::NotFound)?;
        let changes = without_identification(body?.json());
        let interaction = Interaction::read(Text::view(&overlaid(&record.record, &changes)))?;
        record.correct(&connection, &interaction)?;
        Ok(Json(json!({ "data": record.show() })))
    })
    .await
}

async fn delete(call: Call) -> Result<StatusCode, Failure> {
    blocking(move || {
        let profile = whose(&call, "delete-interactions")?;
        let there = Record::delete(&call.app.store.connection(), id(&call)?, profile.as_deref())?;
        if there { Ok(StatusCode::NO_CONTENT) } else { Err(Failure::NotFound) }
    })
    .await
}

/// Whose interactions a request is about: one profile's, or everybody's.
///
/// # Errors
/// 401 and 403 as the surface has it, 404 where the profile is not there.
fn whose(call: &Call, scope: &str) -> Result<Option<String>, Failure> {
    if call.path.starts_with("/id/") {
        return own_profile(&call.app, &call.headers).map(Some);
    }
    Admin::of(&call.app, &call.headers)?.may(scope)?;
    match call.part("profile") {
        Some(id) => call.app.store.profile(id)?.map(|profile| Some(profile.id)).ok_or(Failure::NotFound),
        None => Ok(None),
    }
}

fn id(call: &Call) -> Result<i64, Failure> {
    call.part("id").and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)
}

/// The body without what says whose it is, and without the `location` that the official SDK's type has beside `location_id`.
/// Its text stays as it was written, so that a mistake in it is shown as it was given.
fn without_identification(body: Text<'_>) -> String {
    if !body.is_object() {
        return body.as_str().to_owned();
    }
    let mut kept = Object::new();
    for (name, value) in body.members() {
        let name = name.text().unwrap_or_default();
        let is_location = *name == *"location" && (value.is_null() || value.is_object());
        if !is_location && !IDENTIFICATION.contains(&&*name) {
            kept.put(&name, value.as_str());
        }
    }
    kept.finish().into()
}

// What is replaced is left out, so that it does not count towards the size of the whole.
fn overlaid(record: &str, changes: &str) -> String {
    let changes = Text::view(changes);
    if !changes.is_object() {
        return changes.as_str().to_owned();
    }
    let mut whole = Object::new();
    let kept = Text::view(record)
        .members()
        .filter(|(name, _)| !changes.members().any(|(changed, _)| changed.text() == name.text()));
    for (name, value) in kept.chain(changes.members()) {
        whole.put(&name.text().unwrap_or_default(), value.as_str());
    }
    whole.finish().into()
}
