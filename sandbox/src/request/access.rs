//! Who calls, and what they may do.

use super::Named;
use crate::answers::Failure;
use crate::app::App;
use crate::store::Profile;
use crate::work::blocking;
use crate::{tenant, tokens};
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use std::convert::Infallible;
use std::sync::Arc;

/// The holder of the request's admin token: 401 without one, 429 where its requests are used up.
pub struct Admin {
    scopes: &'static [&'static str],
}

impl Admin {
    /// # Errors
    /// 403 where the token lacks the scope.
    pub fn may(&self, scope: &str) -> Result<(), Failure> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Failure::Forbidden) }
    }
}

impl FromRequestParts<Arc<App>> for Admin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Admin, Failure> {
        let token = bearer(&parts.headers)?;
        let scopes = tenant::scopes(token);
        if scopes.is_empty() {
            return Err(Failure::Unauthenticated);
        }
        app.limit.count(token)?;
        Ok(Admin { scopes })
    }
}

/// The namespace of the integration whose token the request has; `None` for a customer's own token.
pub struct Caller(pub Option<&'static str>);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Infallible> {
        Ok(Caller(bearer(&parts.headers).ok().and_then(tenant::namespace)))
    }
}

/// The customer of the request's ID token: 401 without one, 404 for an anonymous one, 429 where its requests are used up.
pub struct Customer(pub Profile);

impl FromRequestParts<Arc<App>> for Customer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Customer, Failure> {
        let token = bearer(&parts.headers)?;
        let id = tokens::profile(&app.secret, token).ok_or(Failure::Unauthenticated)?;
        app.limit.count(token)?;
        profile(app, id).await.map(Customer)
    }
}

/// Whose interactions a request is about: one profile's, or everybody's. 401 and 403 as the surface has it, 404 where the profile
/// is not there.
pub struct Whose(pub Option<String>);

impl FromRequestParts<Arc<App>> for Whose {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Whose, Failure> {
        let named = Named::from_request_parts(parts, app).await?;
        if is_customers_own(parts, app).await {
            let Customer(own) = Customer::from_request_parts(parts, app).await?;
            return Ok(Whose(Some(own.id)));
        }
        Admin::from_request_parts(parts, app).await?.may(scope(&parts.method))?;
        match named.get("profile") {
            Some(id) => Ok(Whose(Some(profile(app, id.to_owned()).await?.id))),
            None => Ok(Whose(None)),
        }
    }
}

/// The profile that the request's ID token names, whatever else is wrong with the request.
pub fn claimed_profile(app: &App, headers: &HeaderMap) -> Option<String> {
    tokens::profile(&app.secret, bearer(headers).ok()?)
}

/// Whether the token says whose interactions they are.
async fn is_customers_own(parts: &mut Parts, app: &Arc<App>) -> bool {
    let OriginalUri(uri) = OriginalUri::from_request_parts(parts, app).await.unwrap_or_else(|never| match never {});
    ["/id/", "/relay/v1/profiles/me/"].iter().any(|own| uri.path().starts_with(own))
}

/// The scope that a request to the interactions needs.
fn scope(method: &Method) -> &'static str {
    match *method {
        Method::POST => "create-interactions",
        Method::PUT | Method::PATCH => "update-interactions",
        Method::DELETE => "delete-interactions",
        _ => "read-interactions",
    }
}

async fn profile(app: &Arc<App>, id: String) -> Result<Profile, Failure> {
    let app = app.clone();
    blocking(move || app.store.profile(&id)?.ok_or(Failure::NotFound)).await
}

fn bearer(headers: &HeaderMap) -> Result<&str, Failure> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    authorization.and_then(|text| text.strip_prefix("Bearer ")).ok_or(Failure::Unauthenticated)
}
