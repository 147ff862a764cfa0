//! What a customer sees and takes back of their own, with their own token.

use super::whose::Customer;
use super::{Fault, Shared};
use crate::clock;
use crate::omneo::Answer;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /relay/v1/profiles/me/interactions`: what Omneo has, page by page as Omneo has it, and in `waiting` what is on its way there.
pub async fn list(
    customer: Customer,
    State(shared): State<Arc<Shared>>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Customer { tenant, subject } = customer;
    let known = |(name, _): &(String, String)| {
        matches!(&**name, "page" | "per_page" | "limit" | "sort") || name.starts_with("filter[")
    };
    let query: Vec<_> = query.into_iter().filter(known).collect();
    let waiting = shared.store.waiting(&tenant.name, &subject).await?;
    tenant.flow.pace.turn().await;
    let (status, mut list) =
        tenant.omneo.own(Method::GET, subject.as_str(), None, &query).await.map_err(unavailable)?;
    if let (200, Some(members)) = (status, list.as_object_mut()) {
        // Omneo's own addresses are of no use to whoever is here.
        members.remove("links");
        members.insert("waiting".into(), waiting.iter().map(shown).collect());
    }
    answer(status, list)
}

/// `GET /relay/v1/profiles/me/interactions/{id}`: by Omneo's id, or, while it waits, by its `event_id`.
pub async fn read(
    customer: Customer,
    Path(id): Path<String>,
    State(shared): State<Arc<Shared>>,
) -> Result<Response, Fault> {
    let Customer { tenant, subject } = customer;
    let Ok(number) = id.parse() else {
        let waiting = shared.store.waiting(&tenant.name, &subject).await?;
        let own = waiting.iter().find(|one| one.event_id == id).ok_or(Fault::NotFound)?;
        return Ok(Json(json!({ "data": shown(own) })).into_response());
    };
    tenant.flow.pace.turn().await;
    let (status, one) =
        tenant.omneo.own(Method::GET, subject.as_str(), Some(number), &[]).await.map_err(unavailable)?;
    answer(status, one)
}

/// `DELETE /relay/v1/profiles/me/interactions/{id}`: by Omneo's id, or, while it waits, by its `event_id`.
pub async fn delete(
    customer: Customer,
    Path(id): Path<String>,
    State(shared): State<Arc<Shared>>,
) -> Result<Response, Fault> {
    let Customer { tenant, subject } = customer;
    let Ok(number) = id.parse() else {
        let dropped = shared.store.withdraw(&tenant.name, &subject, Some(&id), clock::now()).await?;
        note_withdrawn(&tenant.name, dropped);
        return if dropped > 0 { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(Fault::NotFound) };
    };
    if !tenant.omneo.may_erase() {
        return Err(Fault::Unavailable("The relay has no token to delete with at Omneo.", 3_600));
    }
    tenant.flow.pace.turn().await;
    let (status, one) =
        tenant.omneo.own(Method::DELETE, subject.as_str(), Some(number), &[]).await.map_err(unavailable)?;
    answer(status, one)
}

/// `DELETE /relay/v1/profiles/me/waiting`: consent was withdrawn, so what waits is not sent.
pub async fn withdraw(customer: Customer, State(shared): State<Arc<Shared>>) -> Result<Json<Value>, Fault> {
    let Customer { tenant, subject } = customer;
    let dropped = shared.store.withdraw(&tenant.name, &subject, None, clock::now()).await?;
    note_withdrawn(&tenant.name, dropped);
    Ok(Json(json!({ "withdrawn": dropped })))
}

fn note_withdrawn(tenant: &str, records: u64) {
    let tenant = tenant.to_owned();
    metrics::counter!("omneo_relay_records_total", "tenant" => tenant, "outcome" => "withdrawn").increment(records);
}

fn shown(waiting: &crate::store::Waiting) -> Value {
    let accepted = omneo_interactions::interaction::Instant(waiting.accepted).to_iso();
    let record: Value = serde_json::from_str(&waiting.body).unwrap_or_default();
    json!({ "event_id": waiting.event_id, "accepted_at": accepted, "record": record })
}

fn answer(status: u16, body: Value) -> Result<Response, Fault> {
    match status {
        200 | 201 => Ok(Json(body).into_response()),
        204 => Ok(StatusCode::NO_CONTENT.into_response()),
        404 => Err(Fault::NotFound),
        422 => Err(Fault::Invalid(body["message"].as_str().unwrap_or("Omneo refuses this.").into())),
        429 => Err(Fault::Unavailable("Omneo is asked too often.", 10)),
        _ => Err(Fault::Unavailable("Omneo does not answer this now.", 30)),
    }
}

fn unavailable(_: Answer) -> Fault {
    Fault::Unavailable("Omneo does not answer.", 10)
}
