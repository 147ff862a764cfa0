//! Who calls, and what they may do.

use crate::answers::Failure;
use crate::app::App;
use crate::{tenant, tokens};
use axum::http::{HeaderMap, header};

/// A holder of an admin token.
#[derive(Clone, Copy, Debug)]
pub struct Admin {
    scopes: &'static [&'static str],
}

impl Admin {
    /// The holder of the request's admin token.
    ///
    /// # Errors
    /// 401 without one, 429 where its requests are used up.
    pub fn of(app: &App, headers: &HeaderMap) -> Result<Admin, Failure> {
        let token = bearer(headers)?;
        let scopes = tenant::scopes(token);
        if scopes.is_empty() {
            return Err(Failure::Unauthenticated);
        }
        app.limit.count(token)?;
        Ok(Admin { scopes })
    }

    /// # Errors
    /// 403 where the token lacks the scope.
    pub fn may(self, scope: &str) -> Result<(), Failure> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Failure::Forbidden) }
    }
}

/// The profile of the request's ID token.
///
/// # Errors
/// 401 without one, 404 for an anonymous one, 429 where its requests are used up.
pub fn own_profile(app: &App, headers: &HeaderMap) -> Result<String, Failure> {
    let token = bearer(headers)?;
    let profile = tokens::profile(&app.secret, token).ok_or(Failure::Unauthenticated)?;
    app.limit.count(token)?;
    app.store.profile(&profile)?.map(|profile| profile.id).ok_or(Failure::NotFound)
}

/// The profile that the request's ID token names, whatever else is wrong with the request.
pub fn claimed_profile(app: &App, headers: &HeaderMap) -> Option<String> {
    tokens::profile(&app.secret, bearer(headers).ok()?)
}

fn bearer(headers: &HeaderMap) -> Result<&str, Failure> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    authorization.and_then(|text| text.strip_prefix("Bearer ")).ok_or(Failure::Unauthenticated)
}
