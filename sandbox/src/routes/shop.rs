//! The storefront's own back end: what a brand would have.

use crate::answers::Failure;
use crate::app::App;
use crate::request::{Posted, Session, SignedIn};
use crate::store::{Profile, awards};
use crate::work::blocking;
use crate::{password, tenant};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
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
        .route("/shop/points", get(points))
        .route("/shop/newsletter", post(newsletter))
        .route("/shop/catalogue", get(async || Json(tenant::catalogue())))
        .route("/shop/events", get(events))
        .route("/omneo/token", get(token))
}

async fn login(State(app): State<Arc<App>>, posted: Posted) -> Result<Response, Failure> {
    blocking(move || {
        let profile = app.store.profile_where("email = lower(?1)", [posted.text("email")])?;
        let profile = profile.filter(|profile| is_password(&app, profile, posted.text("password")));
        let profile = profile.ok_or_else(|| Failure::field("email", "These credentials do not match our records."))?;
        let cookie = Session::begin(&app.store, &profile.id)?;
        Ok(([(header::SET_COOKIE, cookie)], Json(json!({ "profile": shown(&profile) }))).into_response())
    })
    .await
}

async fn logout(session: Session, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    blocking(move || {
        let cookie = session.end(&app.store)?;
        Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
    })
    .await
}

async fn session(SignedIn(profile): SignedIn) -> Response {
    let answer = match profile {
        Some(profile) => Json(json!({ "profile": shown(&profile) })).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    };
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

// The endpoint that every site with this tracker needs: the customer's own short-lived token, by the site's own session.
async fn token(SignedIn(profile): SignedIn, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let (token, exp) = app.mint(&profile.ok_or(Failure::Unauthenticated)?.id);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json!({ "token": token, "exp": exp }))).into_response())
}

async fn points(SignedIn(profile): SignedIn, State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let profile = profile.ok_or(Failure::Unauthenticated)?;
    blocking(move || {
        let connection = app.store.connection();
        let (points, awards) = (awards::balance(&connection, &profile.id)?, awards::of(&connection, &profile.id)?);
        let answer = Json(json!({ "points": points, "awards": awards }));
        Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
    })
    .await
}

async fn newsletter(posted: Posted) -> Result<Response, Failure> {
    if !posted.text("email").contains('@') {
        return Err(Failure::field("email", "The email field must be a valid email address."));
    }
    // A demonstration: nobody is subscribed to anything, so the address is not kept.
    if posted.is_json {
        Ok(Json(json!({ "subscribed": true })).into_response())
    } else {
        Ok(Redirect::to("/newsletter/thanks.html").into_response())
    }
}

async fn events(
    SignedIn(profile): SignedIn,
    State(app): State<Arc<App>>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let own = profile.ok_or(Failure::Unauthenticated)?.id;
    let stream = BroadcastStream::new(app.listen()).filter_map(move |created| {
        let (profile, record) = created.ok()?;
        (profile == own).then(|| Ok(Event::default().event("interaction.created").data(record.to_string())))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
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
