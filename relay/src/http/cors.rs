//! Pages of other origins, where the settings name them. A page of the relay's own origin needs nothing of this.

use super::{Shared, whose};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors(shared: Arc<Shared>) -> CorsLayer {
    let is_known = move |origin: &HeaderValue, parts: &Parts| {
        let brand = whose::brand(parts, &shared);
        brand.is_some_and(|brand| brand.origins.iter().any(|own| own.as_bytes() == origin.as_bytes()))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_known))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::CONTENT_ENCODING])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(7_200))
}
