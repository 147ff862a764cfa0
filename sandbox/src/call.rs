//! What a handler is given: whom and what the request is about, and its body. What cannot be read is answered in Laravel's
//! shapes here, because axum's own refusals are plain text.

use crate::answers::Failure;
use crate::app::App;
use crate::bounds;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Path, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
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

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Body, Failure> {
        let bytes = bounds::read(request.into_body().into_data_stream()).await?;
        let text = String::from_utf8(bytes).map_err(|_| Failure::malformed("not UTF-8"))?;
        Json::parse(&text).map_err(|error| Failure::malformed(&error.to_string()))?;
        Ok(Body(text))
    }
}
