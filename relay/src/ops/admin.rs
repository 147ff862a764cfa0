//! What the operator asks for, in JSON.

use super::{Ops, health};
use crate::clock;
use crate::http::Fault;
use crate::store::{Dead, Erased};
use crate::subject::{Identification, Subject};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// `GET /admin/status`: what waits, what is dead, and the balance, by tenant.
pub async fn status(State(ops): State<Arc<Ops>>) -> Result<Json<Value>, Fault> {
    let mut tenants = BTreeMap::new();
    for tenant in &ops.shared.tenants {
        let totals = ops.shared.store.totals(&tenant.name).await?;
        let flow = &tenant.flow;
        tenants.insert(
            tenant.name.to_string(),
            json!({
                "totals": totals,
                "balance": totals.balance(),
                "rate": flow.pace.rate(),
                "breaker_open": flow.breaker.is_open(),
                "token_refused": flow.is_refused.load(Ordering::Relaxed),
                "paused": flow.is_held.load(Ordering::Relaxed),
            }),
        );
    }
    let (status, _) = health::ready(State(ops)).await;
    Ok(Json(json!({ "ready": status.is_success(), "tenants": tenants })))
}

/// Of which tenant; all without it.
#[derive(Deserialize)]
pub struct OfTenant {
    tenant: Option<String>,
}

/// `GET /admin/dead?tenant=`: records that were given up, without what they say.
pub async fn dead(State(ops): State<Arc<Ops>>, Query(of): Query<OfTenant>) -> Result<Json<Vec<Dead>>, Fault> {
    Ok(Json(ops.shared.store.dead(of.tenant.as_deref(), MOST).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replay {
    tenant: String,
    seq: Option<i64>,
}

/// `POST /admin/replay {tenant, seq?}`: puts dead records back.
pub async fn replay(State(ops): State<Arc<Ops>>, body: Bytes) -> Result<Json<Value>, Fault> {
    let Replay { tenant, seq } = read(&body)?;
    let tenant = ops.tenant(&tenant)?;
    let replayed = ops.shared.store.replay(&tenant.name, seq, clock::now()).await?;
    tenant.news.notify_one();
    Ok(Json(json!({ "replayed": replayed })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    tenant: String,
    paused: bool,
}

/// `POST /admin/pause {tenant, paused}`: holds what goes to Omneo, or lets it go. Records are taken in all the same.
pub async fn pause(State(ops): State<Arc<Ops>>, body: Bytes) -> Result<Json<Value>, Fault> {
    let Pause { tenant, paused } = read(&body)?;
    let tenant = ops.tenant(&tenant)?;
    ops.hold(tenant, paused).await?;
    Ok(Json(json!({ "paused": paused })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Erase {
    tenant: String,
    profile: Option<String>,
    #[serde(default)]
    identifiers: Vec<Value>,
}

/// `POST /admin/erase {tenant, profile?, identifiers?}`: erases a customer under all these names, here and at Omneo, and says what
/// remains. What cannot be deleted at Omneo within some seconds is deleted in the background; to ask again tells how far it is.
pub async fn erase(State(ops): State<Arc<Ops>>, body: Bytes) -> Result<Json<Value>, Fault> {
    let Erase { tenant, profile, identifiers } = read(&body)?;
    let tenant = ops.tenant(&tenant)?;
    let mut subjects = Vec::new();
    if let Some(profile) = profile {
        let refused = || Fault::Invalid(format!("`profile` is {profile:?}; accepted: the UUID of a profile"));
        subjects.push(Subject::profile(&profile).ok_or_else(refused)?);
    }
    for (at, given) in identifiers.iter().enumerate() {
        let read = Identification::read(given).ok_or_else(|| {
            let accepted = "a text, or {\"id\", \"handle\"}";
            Fault::Invalid(format!("`identifiers[{at}]` is {given}; accepted: {accepted}"))
        })?;
        subjects.push(Subject::identified(&tenant.identifier_key, &tenant.name, &read));
    }
    if subjects.is_empty() {
        return Err(Fault::Invalid(
            "`profile` and `identifiers` are both missing; accepted: one of them or both".into(),
        ));
    }
    let store = &ops.shared.store;
    let erased = store.erase(&tenant.name, &subjects, clock::now()).await?;
    tenant.news.notify_one();
    let mut left = store.removals_left(&tenant.name).await?;
    let until = tokio::time::Instant::now() + PATIENCE;
    while left > 0 && tenant.omneo.may_erase() && tokio::time::Instant::now() < until {
        tokio::time::sleep(LOOK).await;
        left = store.removals_left(&tenant.name).await?;
    }
    tracing::info!(tenant = %tenant.name, ?erased, left, "a customer was erased");
    Ok(Json(
        json!({ "erased": erased, "left_at_omneo": left, "remains": remains(&erased, left, tenant.omneo.may_erase(), ops.shared.limits.known_days) }),
    ))
}

fn remains(erased: &Erased, left: u64, may_erase: bool, days: u32) -> Vec<String> {
    let mut remains = Vec::new();
    if left > 0 && may_erase {
        remains.push(format!("{left} records at Omneo are still being deleted, of this and other erasures."));
    } else if left > 0 {
        remains.push(format!("{left} records at Omneo stay: the relay has no `omneo_erase_token`."));
    }
    if erased.under_way > 0 {
        remains.push(format!(
            "{} records may be at Omneo: they are looked for, and deleted where they are found.",
            erased.under_way
        ));
    }
    remains
        .push(format!("Records that reached Omneo by another way, or more than {days} days ago, are not known here."));
    remains.push(format!("That this customer was erased is kept for {days} days; their records are refused as long."));
    remains
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::Invalid(format!("`body` is not what is accepted here: {error}")))
}

const MOST: u32 = 1_000;
const PATIENCE: Duration = Duration::from_secs(8);
const LOOK: Duration = Duration::from_millis(100);
