//! Which profile is meant, and tokens for it.

use crate::access::{Admin, own_profile};
use crate::answers::Failure;
use crate::app::App;
use crate::store::{Profile, Store};
use crate::{tenant, tokens};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::Arc;

/// The names under which the global route takes a profile.
pub const IDENTIFICATION: [&str; 5] = ["profile_id", "identifier", "email", "mobile_phone", "mobile"];

/// The profile that a body of the global route means.
///
/// # Errors
/// 422 that names the field, where none is given or none is found.
pub fn resolve(store: &Store, body: &Value) -> Result<Profile, Failure> {
    let given = IDENTIFICATION
        .iter()
        .find_map(|name| body.get(name).filter(|value| !value.is_null()).map(|value| (*name, value)));
    let Some((name, value)) = given else {
        return Err(Failure::field(
            "profile_id",
            "`profile_id` is missing; accepted: one of profile_id, identifier, email, mobile_phone",
        ));
    };
    let found = match (name, value) {
        ("profile_id", Value::String(id)) => store.profile(id)?,
        ("email", Value::String(email)) => store.profile_where("email = lower(?1)", email)?,
        ("mobile_phone" | "mobile", Value::String(number)) => store.profile_where("mobile_phone = ?1", number)?,
        ("identifier", Value::String(id)) => identified(store, id, None)?,
        ("identifier", Value::Object(pair)) => {
            match (pair.get("id").and_then(as_identifier), pair.get("handle").and_then(Value::as_str)) {
                (Some(id), Some(handle)) => identified(store, &id, Some(handle))?,
                _ => None,
            }
        }
        _ => None,
    };
    found.ok_or_else(|| Failure::field(name, &format!("`{name}` is {value}; accepted: one that a profile has")))
}

/// `POST /id/api/v1/auth/token`: a token for a profile, by its id or by an identifier and its handle; without an id, an
/// anonymous one.
pub async fn mint(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Failure> {
    Admin::of(&app, &headers)?;
    let handle = body.get("id_handle").and_then(Value::as_str);
    let profile = match body.get("id").and_then(as_identifier) {
        None => "null".to_owned(),
        Some(id) => {
            let found = if handle.is_some() { identified(&app.store, &id, handle)? } else { app.store.profile(&id)? };
            found.ok_or_else(|| Failure::field("id", &format!("`id` is {id:?}; accepted: one that a profile has")))?.id
        }
    };
    let (token, exp) = tokens::mint(&app.secret, &profile);
    Ok(Json(json!({ "data": { "token": token, "exp": exp } })))
}

/// `POST /shopify/api/v1/auth/token`: a token for a Shopify customer, whose id the storefront signed.
pub async fn mint_for_shopify(State(app): State<Arc<App>>, Json(body): Json<Value>) -> Result<Json<Value>, Failure> {
    let id = body
        .get("id")
        .and_then(as_identifier)
        .ok_or_else(|| Failure::field("id", "`id` is missing; accepted: the id of a Shopify customer"))?;
    let signature = body.get("signature").and_then(Value::as_str).and_then(|text| hex::decode(text).ok());
    let mut mac = Hmac::<Sha256>::new_from_slice(tenant::SHOPIFY_SECRET.as_bytes()).expect("any length of key will do");
    mac.update(id.as_bytes());
    mac.verify_slice(&signature.unwrap_or_default()).map_err(|_| Failure::Unauthenticated)?;
    let profile = identified(&app.store, &id, Some("shopify"))?.ok_or(Failure::NotFound)?;
    let (token, _) = tokens::mint(&app.secret, &profile.id);
    Ok(Json(json!({ "token": token })))
}

/// `GET /id/api/v1/profiles/me`
pub async fn own(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Value>, Failure> {
    let id = own_profile(&app, &headers)?;
    Ok(Json(json!({ "data": app.store.profile(&id)?.ok_or(Failure::NotFound)? })))
}

/// `GET /api/v3/profiles/{profile}`
pub async fn one(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    Admin::of(&app, &headers)?;
    Ok(Json(json!({ "data": app.store.profile(&id)?.ok_or(Failure::NotFound)? })))
}

fn identified(store: &Store, id: &str, handle: Option<&str>) -> Result<Option<Profile>, Failure> {
    let by = match handle {
        None => "id IN (SELECT profile_id FROM identities WHERE identifier = ?1)".to_owned(),
        // A handle is a system's short name; anything else cannot be one, and must not become part of a statement.
        Some(handle) if handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') => {
            format!("id IN (SELECT profile_id FROM identities WHERE identifier = ?1 AND handle = '{handle}')")
        }
        Some(_) => return Ok(None),
    };
    Ok(store.profile_where(&by, id)?)
}

fn as_identifier(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
