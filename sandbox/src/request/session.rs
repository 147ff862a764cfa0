//! The shop's sessions: an id in a cookie, and its hash in the database.

use crate::answers::Failure;
use crate::app::App;
use crate::store::{Profile, Store};
use crate::work::blocking;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use rusqlite::params;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::sync::Arc;

/// The session that a request names in its cookie, whether or not there is such a one.
pub struct Session(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Session, Infallible> {
        Ok(Session::of(&parts.headers))
    }
}

impl Session {
    /// The session that these headers name.
    pub fn of(headers: &HeaderMap) -> Session {
        let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
        let own = cookies.split("; ").find_map(|cookie| cookie.strip_prefix(COOKIE)?.strip_prefix('='));
        Session(own.map(str::to_owned))
    }

    /// Begins a session of that profile; returns the cookie that says so.
    ///
    /// # Errors
    /// Only what the database says.
    pub fn begin(store: &Store, profile: &str) -> rusqlite::Result<String> {
        let id = random_id();
        store.connection().execute("INSERT INTO sessions VALUES (?1, ?2)", params![kept(&id), profile])?;
        Ok(format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Lax"))
    }

    /// Ends it, where there is one; returns the cookie that says so.
    ///
    /// # Errors
    /// Only what the database says.
    pub fn end(&self, store: &Store) -> rusqlite::Result<String> {
        if let Session(Some(id)) = self {
            store.connection().execute("DELETE FROM sessions WHERE id = ?1", [kept(id)])?;
        }
        Ok(format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
    }

    /// Whose it is.
    ///
    /// # Errors
    /// Only what the database says.
    pub async fn customer(self, app: Arc<App>) -> Result<Option<Profile>, Failure> {
        let Session(Some(id)) = self else { return Ok(None) };
        let condition = "id = (SELECT profile_id FROM sessions WHERE sessions.id = ?1)";
        blocking(move || Ok(app.store.profile_where(condition, [kept(&id)])?)).await
    }
}

/// The customer of the request's session, where somebody is signed in.
pub struct SignedIn(pub Option<Profile>);

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<SignedIn, Failure> {
        Session::of(&parts.headers).customer(app.clone()).await.map(SignedIn)
    }
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
