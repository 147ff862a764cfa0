//! Create, browse, read, correct and delete interactions, on each of the three surfaces.

use crate::access::{Admin, own_profile};
use crate::answers::Failure;
use crate::app::App;
use crate::browse::browse;
use crate::profiles::{IDENTIFICATION, resolve};
use crate::record::Record;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use omneo_interactions::interaction::Interaction;
use omneo_interactions::json::{Json as Text, Object};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

type Shared = State<Arc<App>>;
type Parts = Path<HashMap<String, String>>;
type Asked = Query<Vec<(String, String)>>;

/// `…/interactions`
pub fn many() -> MethodRouter<Arc<App>> {
    get(list).post(create)
}

/// `…/interactions/{id}`
pub fn one() -> MethodRouter<Arc<App>> {
    get(read).put(correct).patch(correct).delete(delete)
}

/// Whose interactions a request is about: one profile's, or everybody's.
///
/// # Errors
/// 401 and 403 as the surface has it, 404 where the profile is not there.
fn whose(
    app: &App,
    headers: &HeaderMap,
    uri: &Uri,
    parts: &HashMap<String, String>,
    scope: &str,
) -> Result<Option<String>, Failure> {
    if uri.path().starts_with("/id/") {
        return own_profile(app, headers).map(Some);
    }
    Admin::of(app, headers)?.may(scope)?;
    match parts.get("profile") {
        Some(id) => app.store.profile(id)?.map(|profile| Some(profile.id)).ok_or(Failure::NotFound),
        None => Ok(None),
    }
}

async fn list(
    State(app): Shared,
    OriginalUri(uri): OriginalUri,
    Path(parts): Parts,
    headers: HeaderMap,
    Query(query): Asked,
) -> Result<Json<Value>, Failure> {
    let profile = whose(&app, &headers, &uri, &parts, "read-interactions")?;
    let path = format!("{}{}", app.origin(), uri.path());
    browse(&app.store, profile.as_deref(), &path, &query).map(Json)
}

async fn create(
    State(app): Shared,
    OriginalUri(uri): OriginalUri,
    Path(parts): Parts,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let profile = whose(&app, &headers, &uri, &parts, "create-interactions")?;
    let body = text(&body)?;
    // The record is looked at first, so that its mistakes are named on every surface alike.
    let interaction = Interaction::read(Text::view(&without_identification(body)))?;
    let profile = match profile {
        Some(profile) => profile,
        None => resolve(&app.store, &serde_json::from_str(body.as_str()).unwrap_or_default())?.id,
    };
    let (record, is_new) = Record::create(&app.store, &profile, &interaction)?;
    let shown = shown(&app, &record)?;
    if is_new {
        app.announce(&record.profile_id, shown.clone());
    }
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!({ "data": shown }))).into_response())
}

async fn read(
    State(app): Shared,
    OriginalUri(uri): OriginalUri,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    let profile = whose(&app, &headers, &uri, &parts, "read-interactions")?;
    let record = find(&app, &parts, profile.as_deref())?;
    Ok(Json(json!({ "data": shown(&app, &record)? })))
}

async fn correct(
    State(app): Shared,
    OriginalUri(uri): OriginalUri,
    Path(parts): Parts,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let profile = whose(&app, &headers, &uri, &parts, "update-interactions")?;
    let mut record = find(&app, &parts, profile.as_deref())?;
    let changes = without_identification(text(&body)?);
    let interaction = Interaction::read(Text::view(&overlaid(&record.record, &changes)))?;
    record.correct(&app.store.connection(), &interaction)?;
    Ok(Json(json!({ "data": shown(&app, &record)? })))
}

async fn delete(
    State(app): Shared,
    OriginalUri(uri): OriginalUri,
    Path(parts): Parts,
    headers: HeaderMap,
) -> Result<StatusCode, Failure> {
    let profile = whose(&app, &headers, &uri, &parts, "delete-interactions")?;
    let record = find(&app, &parts, profile.as_deref())?;
    app.store.connection().execute("DELETE FROM interactions WHERE id = ?1", [record.id])?;
    Ok(StatusCode::NO_CONTENT)
}

fn find(app: &App, parts: &HashMap<String, String>, profile: Option<&str>) -> Result<Record, Failure> {
    let id = parts.get("id").and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
    Record::find(&app.store, id, profile)?.ok_or(Failure::NotFound)
}

fn shown(app: &App, record: &Record) -> Result<Value, Failure> {
    Ok(record.show(app.store.profile(&record.profile_id)?.as_ref()))
}

fn text(body: &Bytes) -> Result<Text<'_>, Failure> {
    let malformed = |why: &str| Failure::field("body", &format!("`body` is {why}; accepted: JSON"));
    let text = std::str::from_utf8(body).map_err(|_| malformed("not UTF-8"))?;
    Text::parse(text).map_err(|error| malformed(&error.to_string()))
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
        if name != "location" && !IDENTIFICATION.contains(&name.as_str()) {
            kept.put(&name, value.as_str());
        }
    }
    kept.finish()
}

// Of a member that stands twice the last counts.
fn overlaid(record: &str, changes: &str) -> String {
    let mut whole = Object::new();
    for (name, value) in Text::view(record).members().chain(Text::view(changes).members()) {
        whole.put(&name.text().unwrap_or_default(), value.as_str());
    }
    whole.finish()
}
