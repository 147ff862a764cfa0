//! What a customer sees and takes back of their own, with their own token.

use super::welcome::welcome;
use super::whose::Customer;
use super::{Fault, Shared};
use crate::subject::Subject;
use crate::tenant::Tenant;
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
    let (status, mut list) = ask(&tenant, &subject, Method::GET, None, &query).await?;
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
    let (status, one) = ask(&tenant, &subject, Method::GET, Some(number), &[]).await?;
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
        let dropped = shared.store.withdraw(&tenant.name, &subject, Some(&id)).await?;
        note_withdrawn(&tenant.name, dropped);
        return if dropped > 0 { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(Fault::NotFound) };
    };
    if !tenant.omneo.may_erase() {
        return Err(Fault::Unavailable("The relay has no token to delete with at Omneo.", 3_600));
    }
    let (status, one) = ask(&tenant, &subject, Method::DELETE, Some(number), &[]).await?;
    answer(status, one)
}

/// `DELETE /relay/v1/profiles/me/waiting`: consent was withdrawn, so what waits is not sent.
pub async fn withdraw(customer: Customer, State(shared): State<Arc<Shared>>) -> Result<Json<Value>, Fault> {
    let Customer { tenant, subject } = customer;
    let dropped = shared.store.withdraw(&tenant.name, &subject, None).await?;
    note_withdrawn(&tenant.name, dropped);
    Ok(Json(json!({ "withdrawn": dropped })))
}

// At the pace of all that goes to Omneo: so one customer may ask no oftener than hand in.
async fn ask(
    tenant: &Tenant,
    subject: &Subject,
    method: Method,
    id: Option<u64>,
    query: &[(String, String)],
) -> Result<(u16, Value), Fault> {
    welcome(tenant, subject, 1)?;
    tenant.flow.pace.turn().await;
    let answered = tenant.omneo.own(method, subject.as_str(), id, query).await;
    answered.map_err(|_| Fault::Unavailable("Omneo does not answer.", 10))
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
