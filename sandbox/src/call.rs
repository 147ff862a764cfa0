//! What a handler is given: whom and what the request is about, and its body. What cannot be read is answered in Laravel's
//! shapes here, because axum's own refusals are plain text.

use crate::answers::Failure;
use crate::app::App;
use axum::body::BodyDataStream;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Path, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use omneo_interactions::json::Json;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_stream::StreamExt;

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
        let bytes = read(request.into_body().into_data_stream()).await?;
        let text = String::from_utf8(bytes).map_err(|_| malformed("not UTF-8"))?;
        Json::parse(&text).map_err(|error| malformed(&error.to_string()))?;
        Ok(Body(text))
    }
}

// What is too large is read to its end as well, unless that is far off: a server that closes with bytes unread resets the
// connection, and the client may never see the answer (RFC 9112, section 9.6).
async fn read(mut stream: BodyDataStream) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut size = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| malformed("cut off"))?;
        size += chunk.len();
        if size <= MOST_BYTES {
            bytes.extend_from_slice(&chunk);
        } else if size > FAR_OFF_BYTES {
            break;
        }
    }
    if size > MOST_BYTES { Err(Failure::TooLarge) } else { Ok(bytes) }
}

const MOST_BYTES: usize = 2 << 20;
const FAR_OFF_BYTES: usize = 64 << 20;

fn malformed(why: &str) -> Failure {
    Failure::field("body", &format!("`body` is {why}; accepted: JSON"))
}
