//! For which brand a request is, and whose token it carries.

use super::{Fault, Shared};
use crate::subject::Subject;
use crate::tenant::Tenant;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The brand at whose host the request is.
pub struct Brand(pub Arc<Tenant>);

impl FromRequestParts<Arc<Shared>> for Brand {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Brand, Fault> {
        brand(parts, shared).map(Brand).ok_or(Fault::NotFound)
    }
}

/// A customer, by the token.
pub struct Customer {
    /// The brand.
    pub tenant: Arc<Tenant>,
    /// Whose token it is.
    pub subject: Subject,
}

impl FromRequestParts<Arc<Shared>> for Customer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Customer, Fault> {
        let Brand(tenant) = Brand::from_request_parts(parts, shared).await?;
        let Bearer(token) = Bearer::from_request_parts(parts, shared).await?;
        let subject = tenant.door.customer(&token).await?;
        Ok(Customer { tenant, subject })
    }
}

/// A bearer token (RFC 6750). Nothing else opens the relay, and it is in no log.
pub struct Bearer(pub String);

impl FromRequestParts<Arc<Shared>> for Bearer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Shared>) -> Result<Bearer, Fault> {
        let text = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match text.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Bearer(token.trim().to_owned())),
            _ => Err(Fault::Unauthenticated("There is no bearer token.")),
        }
    }
}

/// The brand at whose host a request is.
pub fn brand(parts: &Parts, shared: &Shared) -> Option<Arc<Tenant>> {
    let host = host(parts, shared).unwrap_or_default();
    shared.tenants.iter().find(|tenant| tenant.is_at(&host)).cloned()
}

// Without its port, in lower case. What a proxy says of it counts only where the proxy is trusted.
fn host(parts: &Parts, shared: &Shared) -> Option<String> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let is_trusted = |peer: IpAddr| shared.trusted_proxies.iter().any(|net| net.contains(&peer));
    let forwarded = parts.headers.get("x-forwarded-host").filter(|_| peer.is_some_and(is_trusted));
    let given = forwarded.or_else(|| parts.headers.get(header::HOST)).and_then(|value| value.to_str().ok());
    let authority = given.map(str::to_owned).or_else(|| parts.uri.authority().map(ToString::to_string))?;
    let authority: axum::http::uri::Authority = authority.trim().parse().ok()?;
    Some(authority.host().to_lowercase())
}
