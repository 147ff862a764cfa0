//! The storefront's own back end: what a brand would have.

use crate::answers::Failure;
use crate::app::App;
use crate::store::Profile;
use crate::work::blocking;
use crate::{password, tenant};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use rusqlite::params;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

/// `/shop/…` and `/omneo/token`
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/shop/login", post(login))
        .route("/shop/logout", post(logout))
        .route("/shop/session", get(session))
        .route("/shop/newsletter", post(newsletter))
        .route("/shop/catalogue", get(async || Json(tenant::catalogue())))
        .route("/shop/events", get(events))
        .route("/omneo/token", get(token))
}

async fn login(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Result<Response, Failure> {
    blocking(move || {
        let given = fields(&headers, &body);
        let email = given.get("email").and_then(Value::as_str).unwrap_or_default();
        let password = given.get("password").and_then(Value::as_str).unwrap_or_default();
        let profile = app.store.profile_where("email = lower(?1)", [email])?;
        let profile = profile.filter(|profile| is_password(&app, profile, password));
        let profile = profile.ok_or_else(|| Failure::field("email", "These credentials do not match our records."))?;
        let session = random_id();
        app.store.connection().execute("INSERT INTO sessions VALUES (?1, ?2)", params![kept(&session), profile.id])?;
        let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax");
        Ok(([(header::SET_COOKIE, cookie)], Json(json!({ "profile": shown(&profile) }))).into_response())
    })
    .await
}

async fn logout(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    blocking(move || {
        if let Some(session) = cookie(&headers) {
            app.store.connection().execute("DELETE FROM sessions WHERE id = ?1", [kept(session)])?;
        }
        let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
    })
    .await
}

async fn session(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let profile = signed_in(app, headers).await?;
    let answer = match profile {
        Some(profile) => Json(json!({ "profile": shown(&profile) })).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

// The endpoint that every site with this tracker needs: the customer's own short-lived token, by the site's own session.
async fn token(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let profile = signed_in(app.clone(), headers).await?.ok_or(Failure::Unauthenticated)?;
    let (token, exp) = app.mint(&profile.id);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json!({ "token": token, "exp": exp }))).into_response())
}

async fn newsletter(headers: HeaderMap, body: Bytes) -> Result<Response, Failure> {
    let given = fields(&headers, &body);
    let email = given.get("email").and_then(Value::as_str).unwrap_or_default();
    if !email.contains('@') {
        return Err(Failure::field("email", "The email field must be a valid email address."));
    }
    // A demonstration: nobody is subscribed to anything, so the address is not kept.
    if is_json(&headers) {
        Ok(Json(json!({ "subscribed": true })).into_response())
    } else {
        Ok(Redirect::to("/newsletter/thanks.html").into_response())
    }
}

async fn events(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let own = signed_in(app.clone(), headers).await?.ok_or(Failure::Unauthenticated)?.id;
    let stream = BroadcastStream::new(app.created.subscribe()).filter_map(move |created| {
        let (profile, record) = created.ok()?;
        (profile == own).then(|| Ok(Event::default().event("interaction.created").data(record.to_string())))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

/// The customer of the request's session.
///
/// # Errors
/// Only what the database says.
pub async fn signed_in(app: Arc<App>, headers: HeaderMap) -> Result<Option<Profile>, Failure> {
    blocking(move || {
        let Some(session) = cookie(&headers) else { return Ok(None) };
        Ok(app.store.profile_where("id = (SELECT profile_id FROM sessions WHERE sessions.id = ?1)", [kept(session)])?)
    })
    .await
}

/// What a page may know of the customer: no more than it greets them with.
fn shown(profile: &Profile) -> Value {
    let Profile { id, first_name, last_name, email, .. } = profile;
    json!({ "id": id, "first_name": first_name, "last_name": last_name, "email": email })
}

fn is_password(app: &App, profile: &Profile, given: &str) -> bool {
    let own = app
        .store
        .connection()
        .query_row("SELECT password FROM profiles WHERE id = ?1", [&profile.id], |row| row.get::<_, Vec<u8>>(0));
    own.is_ok_and(|own| password::is_right(&app.secret, &profile.id, given, &own))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split("; ").find_map(|cookie| cookie.strip_prefix(COOKIE)?.strip_prefix('='))
}

/// What a form or a script posted.
fn fields(headers: &HeaderMap, body: &Bytes) -> Value {
    if is_json(headers) {
        return serde_json::from_slice(body).unwrap_or_default();
    }
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), Value::from(value))).collect()
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// What is kept of a session's id: its hash. So neither the file gives sessions away, nor the time that a look for one takes.
fn kept(session: &str) -> String {
    hex::encode(Sha256::digest(session))
}

fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    hex::encode(bytes)
}

const COOKIE: &str = "shop_session";
