//! Which profile is meant, and tokens for it.

use crate::access::{Admin, own_profile};
use crate::answers::Failure;
use crate::call::{Body, Call};
use crate::store::{Profile, Store};
use crate::tenant;
use crate::work::blocking;
use hmac::{Hmac, KeyInit, Mac};
use omneo_interactions::interaction::Invalid;
use omneo_interactions::json::Json;
use serde_json::{Value, json};
use sha2::Sha256;

/// The names under which the global route takes a profile; where several are given, the first of them counts.
pub const IDENTIFICATION: [&str; 5] = ["profile_id", "identifier", "email", "mobile_phone", "mobile"];

/// The profile that a body of the global route means.
///
/// # Errors
/// 422 that names the field, where none is given or none is found.
pub fn resolve(store: &Store, body: Json<'_>) -> Result<Profile, Failure> {
    let given = IDENTIFICATION
        .iter()
        .find_map(|name| body.field(name).filter(|value| !value.is_null()).map(|value| (*name, value)));
    let Some((name, value)) = given else {
        return Err(invalid("profile_id", None, "one of profile_id, identifier, email, mobile_phone"));
    };
    let text = value.text();
    let (found, accepted) = match (name, text) {
        ("profile_id", Some(id)) => (store.profile(&id)?, "the id of a profile"),
        ("email", Some(email)) => {
            (store.profile_where("email = lower(?1)", [email])?, "the e-mail address of a profile")
        }
        ("mobile_phone" | "mobile", Some(number)) => {
            (store.profile_where("mobile_phone = ?1", [number])?, "the mobile number of a profile")
        }
        ("identifier", Some(id)) => (identified(store, &id, None)?, "an identifier of a profile"),
        ("identifier", None) => {
            let pair = (value.field("id").and_then(Json::text_or_number), value.field("handle").and_then(Json::text));
            let found = match pair {
                (Some(id), Some(handle)) => identified(store, &id, Some(&handle))?,
                _ => None,
            };
            (found, "an identifier of a profile, as text or as {id, handle}")
        }
        _ => (None, "text"),
    };
    found.ok_or_else(|| invalid(name, Some(value), accepted))
}

/// `POST /id/api/v1/auth/token`: a token for a profile, by its id or by an identifier and its handle; without an id, an
/// anonymous one.
pub async fn mint(call: Call, body: Result<Body, Failure>) -> Result<axum::Json<Value>, Failure> {
    blocking(move || {
        Admin::of(&call.app, &call.headers)?;
        let body = body?;
        let profile = asked_for(&call.app.store, body.json())?.map_or_else(|| "null".to_owned(), |profile| profile.id);
        let (token, exp) = call.app.mint(&profile);
        Ok(axum::Json(json!({ "data": { "token": token, "exp": exp } })))
    })
    .await
}

// A mistaken id is refused: it must not be answered with an anonymous token, which looks like success.
fn asked_for(store: &Store, body: Json<'_>) -> Result<Option<Profile>, Failure> {
    if !body.is_object() {
        return Err(invalid("body", Some(body), "an object with id, and id_handle where it is not a profile's"));
    }
    let given = |name: &str| body.field(name).filter(|value| !value.is_null());
    let handle = given("id_handle");
    let handle =
        handle.map(|value| value.text().ok_or_else(|| invalid("id_handle", Some(value), "text"))).transpose()?;
    let Some(value) = given("id") else { return Ok(None) };
    let found = match (value.text_or_number(), handle) {
        (Some(id), None) => store.profile(&id)?,
        (Some(id), Some(handle)) => identified(store, &id, Some(&handle))?,
        (None, _) => None,
    };
    found
        .map(Some)
        .ok_or_else(|| invalid("id", Some(value), "the id of a profile, or an identifier with its id_handle"))
}

/// `POST /shopify/api/v1/auth/token`: a token for a Shopify customer, whose id the storefront signed.
pub async fn mint_for_shopify(call: Call, body: Body) -> Result<axum::Json<Value>, Failure> {
    blocking(move || {
        let body = body.json();
        let id = body.field("id").and_then(Json::text_or_number);
        let id = id.ok_or_else(|| invalid("id", body.field("id"), "the id of a Shopify customer"))?;
        let signature = body.field("signature").and_then(Json::text).and_then(|text| hex::decode(&*text).ok());
        let mut mac =
            Hmac::<Sha256>::new_from_slice(tenant::SHOPIFY_SECRET.as_bytes()).expect("any length of key will do");
        mac.update(id.as_bytes());
        mac.verify_slice(&signature.unwrap_or_default()).map_err(|_| Failure::Unauthenticated)?;
        let profile = identified(&call.app.store, &id, Some("shopify"))?.ok_or(Failure::NotFound)?;
        let (token, _) = call.app.mint(&profile.id);
        Ok(axum::Json(json!({ "token": token })))
    })
    .await
}

/// `GET /id/api/v1/profiles/me`
pub async fn own(call: Call) -> Result<axum::Json<Value>, Failure> {
    blocking(move || {
        let id = own_profile(&call.app, &call.headers)?;
        Ok(axum::Json(json!({ "data": call.app.store.profile(&id)?.ok_or(Failure::NotFound)? })))
    })
    .await
}

/// `GET /api/v3/profiles/{profile}`
pub async fn one(call: Call) -> Result<axum::Json<Value>, Failure> {
    blocking(move || {
        Admin::of(&call.app, &call.headers)?;
        let id = call.part("profile").ok_or(Failure::NotFound)?;
        Ok(axum::Json(json!({ "data": call.app.store.profile(id)?.ok_or(Failure::NotFound)? })))
    })
    .await
}

fn identified(store: &Store, id: &str, handle: Option<&str>) -> Result<Option<Profile>, Failure> {
    let condition = "id IN (SELECT profile_id FROM identities WHERE identifier = ?1 AND (?2 IS NULL OR handle = ?2))";
    Ok(store.profile_where(condition, (id, handle))?)
}

fn invalid(field: &str, given: Option<Json<'_>>, accepted: &str) -> Failure {
    Failure::from(vec![Invalid::new(field, given, accepted)])
}
