//! Records that are handed in: each is answered once it is on disk.

use super::welcome::welcome;
use super::whose::{Bearer, Brand, Customer};
use super::{Fault, Shared, body};
use crate::admit::{Refused, admit};
use crate::clock;
use crate::config::Scope;
use crate::store::{Accepted, Arrival, Source};
use crate::subject::Subject;
use crate::tenant::Tenant;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use omneo_interactions::interaction::Value;
use serde_json::{Map, json};
use std::sync::Arc;

/// `POST /relay/v1/profiles/me/interactions`: a customer's browser, with the customer's token.
pub async fn of_customer(
    customer: Customer,
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Fault> {
    let Customer { tenant, subject } = customer;
    let given = read(&shared, request).await?;
    let records = shared.limits.records.min(given.len()) as u32;
    welcome(&tenant, &subject, records)?;
    take_in(&shared, &tenant, Source::Browser, Some(&subject), given).await
}

/// `POST /relay/v1/profiles/{uuid}/interactions`: a server that knows the profile.
pub async fn of_profile(
    Brand(tenant): Brand,
    Bearer(key): Bearer,
    Path(profile): Path<String>,
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Fault> {
    tenant.door.server(&key, Scope::Profiles)?;
    let subject = Subject::profile(&profile).ok_or(Fault::NotFound)?;
    let given = read(&shared, request).await?;
    take_in(&shared, &tenant, Source::Server, Some(&subject), given).await
}

/// `POST /relay/v1/interactions`: a server that knows an identifier, an e-mail address or a mobile number, which each record has.
pub async fn of_identified(
    Brand(tenant): Brand,
    Bearer(key): Bearer,
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Fault> {
    tenant.door.server(&key, Scope::Identifiers)?;
    let given = read(&shared, request).await?;
    take_in(&shared, &tenant, Source::Server, None, given).await
}

/// What was handed in: a batch, or one record.
enum Given {
    Batch(Vec<Value>),
    One(Value),
}

impl Given {
    fn len(&self) -> usize {
        match self {
            Given::Batch(records) => records.len(),
            Given::One(_) => 1,
        }
    }
}

async fn read(shared: &Shared, request: Request) -> Result<Given, Fault> {
    if !shared.has_room() {
        return Err(Fault::Unavailable("The relay has no room for more.", 60));
    }
    let (parts, body) = request.into_parts();
    match body::read(shared, &parts.headers, body).await? {
        Value::List(records) if records.is_empty() => {
            Err(Fault::Invalid("`body` is an empty array; accepted: one record, or an array of one or more".into()))
        }
        Value::List(records) => Ok(Given::Batch(records)),
        record @ Value::Map(_) => Ok(Given::One(record)),
        _ => Err(Fault::Invalid(
            "`body` is neither an object nor an array; accepted: one record, or an array of them".into(),
        )),
    }
}

// A batch that is too long is taken up to its bound; what is left is not answered, and comes again.
async fn take_in(
    shared: &Shared,
    tenant: &Tenant,
    source: Source,
    subject: Option<&Subject>,
    given: Given,
) -> Result<Response, Fault> {
    let (records, is_batch) = match given {
        Given::Batch(records) => (records, true),
        Given::One(record) => (vec![record], false),
    };
    let (now, most) = (clock::now(), shared.limits.record_bytes);
    let records = records.into_iter().take(shared.limits.records);
    let judged: Vec<_> = records.map(|record| admit(tenant, source, subject, record, now, most)).collect();
    let arrivals: Vec<Arrival> = judged.iter().filter_map(|one| one.as_ref().ok().cloned()).collect();
    let mut kept = Vec::new();
    if !arrivals.is_empty() {
        kept = shared.store.accept(arrivals, now).await?;
        tenant.news.notify_one();
    }
    let mut kept = kept.into_iter();
    let mut answers: Vec<_> = judged.into_iter().map(|one| answer(tenant, one, &mut kept)).collect();
    for (status, outcome) in [(202, "accepted"), (200, "known"), (422, "refused")] {
        note(tenant, outcome, answers.iter().filter(|answer| answer["status"] == status).count());
    }
    let answer = if is_batch { serde_json::Value::Array(answers) } else { answers.swap_remove(0) };
    Ok(Json(answer).into_response())
}

fn answer(
    tenant: &Tenant,
    judged: Result<Arrival, Refused>,
    kept: &mut impl Iterator<Item = Accepted>,
) -> serde_json::Value {
    let arrival = match judged {
        Ok(arrival) => arrival,
        Err(refused) => return refusal(tenant, refused),
    };
    let status = match kept.next() {
        Some(Accepted::New) => 202,
        Some(Accepted::Known) => 200,
        Some(Accepted::Erased) | None => {
            let errors =
                vec![("profile".into(), "This customer was erased; nothing is recorded of them for a while.".into())];
            return refusal(tenant, Refused { event_id: Some(arrival.event_id), rule: "erased".into(), errors });
        }
    };
    json!({ "event_id": arrival.event_id, "status": status })
}

fn refusal(tenant: &Tenant, Refused { event_id, rule, errors }: Refused) -> serde_json::Value {
    metrics::counter!("omneo_relay_refused_total", "tenant" => tenant.name.to_string(), "rule" => rule.to_string())
        .increment(1);
    let errors: Map<_, _> = errors.into_iter().map(|(field, why)| (field, json!([why]))).collect();
    json!({ "event_id": event_id, "status": 422, "rule": rule, "errors": errors })
}

// Once a batch: to find a counter takes longer than to count.
fn note(tenant: &Tenant, outcome: &'static str, records: usize) {
    if records > 0 {
        metrics::counter!("omneo_relay_records_total", "tenant" => tenant.name.to_string(), "outcome" => outcome)
            .increment(records as u64);
    }
}
