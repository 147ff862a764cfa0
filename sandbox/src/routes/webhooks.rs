//! `/api/v3/webhooks`: which events are delivered where.

use crate::answers::Failure;
use crate::app::App;
use crate::identify::invalid;
use crate::request::{Admin, Body, RecordId};
use crate::store::Webhook;
use crate::subscription::Subscription;
use crate::work::blocking;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use omneo_interactions::interaction::Value;
use serde_json::json;
use std::sync::Arc;

/// `/webhooks`
pub fn many() -> MethodRouter<Arc<App>> {
    get(list).post(create)
}

/// `/webhooks/{id}`
pub fn one() -> MethodRouter<Arc<App>> {
    get(read).put(correct).patch(correct).delete(delete)
}

async fn list(admin: Admin, State(app): State<Arc<App>>) -> Result<Json<serde_json::Value>, Failure> {
    admin.may("read-webhooks")?;
    blocking(move || {
        let webhooks = Webhook::all(&app.store.connection())?;
        Ok(Json(json!({ "data": webhooks.iter().map(Webhook::show).collect::<Vec<_>>() })))
    })
    .await
}

async fn create(
    admin: Admin,
    State(app): State<Arc<App>>,
    Body(body): Body,
) -> Result<(StatusCode, Json<serde_json::Value>), Failure> {
    admin.may("create-webhooks")?;
    blocking(move || {
        if body.map().is_none() {
            return Err(invalid("body", Some(&body), "an object"));
        }
        let subscription = Subscription::read(&body)?;
        let created = Webhook::create(&app.store.connection(), &subscription)?;
        Ok((StatusCode::CREATED, shown(&created.ok_or_else(|| taken(&subscription))?)))
    })
    .await
}

async fn read(
    admin: Admin,
    RecordId(id): RecordId,
    State(app): State<Arc<App>>,
) -> Result<Json<serde_json::Value>, Failure> {
    admin.may("read-webhooks")?;
    blocking(move || Ok(shown(&Webhook::find(&app.store.connection(), id)?.ok_or(Failure::NotFound)?))).await
}

async fn correct(
    admin: Admin,
    RecordId(id): RecordId,
    State(app): State<Arc<App>>,
    Body(changes): Body,
) -> Result<Json<serde_json::Value>, Failure> {
    admin.may("update-webhooks")?;
    blocking(move || {
        // One lock from reading to writing, so that of two corrections neither undoes the other's members.
        let mut connection = app.store.connection();
        let transaction = connection.transaction()?;
        let webhook = Webhook::find(&transaction, id)?.ok_or(Failure::NotFound)?;
        let subscription = webhook.subscription.changed(&changes)?;
        let corrected = webhook.correct(&transaction, &subscription)?.ok_or_else(|| taken(&subscription))?;
        transaction.commit()?;
        Ok(shown(&corrected))
    })
    .await
}

async fn delete(admin: Admin, RecordId(id): RecordId, State(app): State<Arc<App>>) -> Result<StatusCode, Failure> {
    admin.may("delete-webhooks")?;
    blocking(move || {
        let mut connection = app.store.connection();
        let transaction = connection.transaction()?;
        let there = Webhook::delete(&transaction, id)?;
        transaction.commit()?;
        if there { Ok(StatusCode::NO_CONTENT) } else { Err(Failure::NotFound) }
    })
    .await
}

fn shown(webhook: &Webhook) -> Json<serde_json::Value> {
    Json(json!({ "data": webhook.show() }))
}

fn taken(subscription: &Subscription) -> Failure {
    let url = Value::from(subscription.url.as_str());
    invalid("url", Some(&url), "one that no other webhook of this trigger has")
}
