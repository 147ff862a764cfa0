//! Tokens for a profile.

use crate::answers::Failure;
use crate::app::App;
use crate::identify::{asked_for, identified, invalid};
use crate::request::{Admin, Body};
use crate::tenant::SHOPIFY_SECRET;
use crate::work::blocking;
use axum::Json;
use axum::extract::State;
use hmac::{Hmac, KeyInit, Mac};
use omneo_interactions::interaction::Value;
use serde_json::json;
use sha2::Sha256;
use std::sync::Arc;

/// `POST /id/api/v1/auth/token`: a token for a profile, by its id or by an identifier and its handle; without an id, an
/// anonymous one.
pub async fn mint(_: Admin, State(app): State<Arc<App>>, Body(body): Body) -> Result<Json<serde_json::Value>, Failure> {
    blocking(move || {
        let profile = asked_for(&app.store, &body)?.map_or_else(|| "null".to_owned(), |profile| profile.id);
        let (token, exp) = app.mint(&profile);
        Ok(Json(json!({ "data": { "token": token, "exp": exp } })))
    })
    .await
}

/// `POST /shopify/api/v1/auth/token`: a token for a Shopify customer, whose id the storefront signed.
pub async fn mint_for_shopify(
    State(app): State<Arc<App>>,
    Body(body): Body,
) -> Result<Json<serde_json::Value>, Failure> {
    blocking(move || {
        let id = body.get("id").and_then(Value::text_or_number);
        let id = id.ok_or_else(|| invalid("id", body.get("id"), "the id of a Shopify customer"))?;
        let signature = body.get("signature").and_then(Value::text).and_then(|text| hex::decode(text).ok());
        let mut mac = Hmac::<Sha256>::new_from_slice(SHOPIFY_SECRET.as_bytes()).expect("any length of key will do");
        mac.update(id.as_bytes());
        mac.verify_slice(&signature.unwrap_or_default()).map_err(|_| Failure::Unauthenticated)?;
        let profile = identified(&app.store, &id, Some("shopify"))?.ok_or(Failure::NotFound)?;
        let (token, _) = app.mint(&profile.id);
        Ok(Json(json!({ "token": token })))
    })
    .await
}
