//! What a handler is given: whom and what the request is about, and its body. What cannot be read is answered in Laravel's
//! shapes here, because axum's own refusals are plain text.

use crate::answers::Failure;
use crate::app::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use omneo_interactions::json::Json;
use std::collections::HashMap;
use std::sync::Arc;

/// A request to one of the surfaces, without its body.
pub struct Call {
    pub app: Arc<App>,
    pub headers: HeaderMap,
    /// The whole path, with the surface's part of it.
    pub path: String,
    parts: HashMap<String, String>,
}

impl Call {
    /// The part of the path that the route calls so.
    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.get(name).map(String::as_str)
    }
}

impl FromRequestParts<Arc<App>> for Call {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Call, Failure> {
        let uri = OriginalUri::from_request_parts(parts, app).await.unwrap_or_else(|never| match never {});
        // A path that is not UTF-8 names nothing that is there.
        let path = Path::from_request_parts(parts, app).await.map_err(|_| Failure::NotFound)?;
        Ok(Call { app: app.clone(), headers: parts.headers.clone(), path: uri.path().to_owned(), parts: path.0 })
    }
}

/// A body of JSON, as it is written: numbers keep their digits. Its `Content-Type` does not matter.
pub struct Body(String);

impl Body {
    /// What was sent.
    pub fn json(&self) -> Json<'_> {
        Json::view(&self.0)
    }
}

impl FromRequest<Arc<App>> for Body {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Body, Failure> {
        let bytes = Bytes::from_request(request, app).await.map_err(|refused| {
            let refused = refused.into_response().status();
            if refused == StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { malformed("cut off") }
        })?;
        let text = String::from_utf8(bytes.into()).map_err(|_| malformed("not UTF-8"))?;
        Json::parse(&text).map_err(|error| malformed(&error.to_string()))?;
        Ok(Body(text))
    }
}

fn malformed(why: &str) -> Failure {
    Failure::field("body", &format!("`body` is {why}; accepted: JSON"))
}
