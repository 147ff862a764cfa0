//! A body of JSON, read within its bounds.

use super::{Fault, Shared};
use crate::admit::{Encoding, TooLarge, inflate};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use omneo_interactions::interaction::{Value, json};

/// Reads a body of JSON, compressed or not.
///
/// # Errors
/// What it is in place of that.
pub async fn read(shared: &Shared, headers: &HeaderMap, body: Body) -> Result<Value, Fault> {
    let encoding = encoding(headers)?;
    let limits = &shared.limits;
    let too_large = || {
        let (body, inflated) = (limits.body_bytes, limits.inflated_bytes);
        Fault::TooLarge(format!("The body is larger than {body} bytes, or than {inflated} once it is inflated."))
    };
    let collected = Limited::new(body, limits.body_bytes).collect();
    let bytes = match tokio::time::timeout(limits.body(), collected).await {
        Err(_) => return Err(Fault::TooSlow),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
        Ok(Err(_)) => return Err(Fault::Malformed("The body broke off.".into())),
        Ok(Ok(collected)) => collected.to_bytes().to_vec(),
    };
    let text = inflate(bytes, encoding, limits.inflated_bytes).map_err(|why| match why {
        TooLarge::Yes => too_large(),
        TooLarge::Broken => Fault::Malformed("The body is not gzip, as its `Content-Encoding` says.".into()),
    })?;
    json::read(text).map_err(|error| Fault::Malformed(format!("The body is not JSON ({error}).")))
}

fn encoding(headers: &HeaderMap) -> Result<Encoding, Fault> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim().to_lowercase();
    let kind = text(header::CONTENT_TYPE);
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(Fault::OtherType(format!("`Content-Type` is {kind:?}; accepted: application/json")));
    }
    match text(header::CONTENT_ENCODING).as_str() {
        "" | "identity" => Ok(Encoding::Identity),
        "gzip" | "x-gzip" => Ok(Encoding::Gzip),
        other => Err(Fault::OtherType(format!("`Content-Encoding` is {other:?}; accepted: gzip"))),
    }
}
