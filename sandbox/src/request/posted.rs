//! What a form or a script posted.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde_json::Value;

/// The fields of a form, or what a script posted in their place.
pub struct Posted {
    fields: Value,
    /// Whether a script posted it, as JSON.
    pub is_json: bool,
}

impl Posted {
    /// The text of that field; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = BytesRejection;

    async fn from_request(request: Request, state: &S) -> Result<Posted, BytesRejection> {
        let is_json = is_json(request.headers());
        let body = Bytes::from_request(request, state).await?;
        let fields = if is_json {
            serde_json::from_slice(&body).unwrap_or_default()
        } else {
            form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), Value::from(value))).collect()
        };
        Ok(Posted { fields, is_json })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}
