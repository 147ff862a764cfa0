//! What a request is to the faults: of which route, and for whom.

use crate::app::App;
use crate::faults::{Route, Rule};
use crate::request::{Session, claimed_profile};
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use std::convert::Infallible;
use std::sync::Arc;

/// Method, path and headers of a request.
pub struct Asked {
    method: Method,
    path: String,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Infallible> {
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, state).await?;
        Ok(Asked { method: parts.method.clone(), path: uri.path().to_owned(), headers: parts.headers.clone() })
    }
}

impl Asked {
    /// The fault that strikes it.
    pub async fn draw(self, app: &Arc<App>) -> Option<Rule> {
        let route = self.route()?;
        let matters = app.faults.plan().names_a_profile();
        let profile = if matters { self.profile(app).await } else { None };
        app.faults.plan().draw(route, profile.as_deref())
    }

    fn route(&self) -> Option<Route> {
        let Asked { method, path, .. } = self;
        let is_list = path.ends_with("/interactions");
        match *method {
            Method::OPTIONS => Some(Route::Preflights),
            _ if path.starts_with("/relay/") => Some(Route::Relay),
            _ if path.ends_with("/token") => Some(Route::Token),
            Method::POST if is_list => Some(Route::Records),
            Method::DELETE if path.contains("/interactions/") => Some(Route::Deletes),
            Method::GET if is_list && path.contains("/profiles/") => Some(Route::Looks),
            _ => None,
        }
    }

    /// The profile that the shop's session, the token or the address names.
    async fn profile(self, app: &Arc<App>) -> Option<String> {
        if self.path.ends_with("/token") {
            return Session::of(&self.headers).customer(app.clone()).await.ok()?.map(|profile| profile.id);
        }
        match self.path.split_once("/profiles/")?.1.split('/').next()? {
            "me" => claimed_profile(app, &self.headers),
            id => Some(id.to_owned()),
        }
    }
}
