//! The admin key.

use super::Ops;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Lets in whoever has the key: as a bearer token, or as the password that a browser asks for (RFC 7617).
pub async fn ask(State(ops): State<Arc<Ops>>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(read);
    let is_right = match (&ops.key, given) {
        // Hashes are of one length, so that the comparison does not tell the key's.
        (Some(key), Some(given)) => bool::from(Sha256::digest(key.expose()).ct_eq(&Sha256::digest(given))),
        _ => false,
    };
    // A page of another site has the browser's password, but no way to say that it is this one.
    let is_foreign =
        request.headers().get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    match is_right {
        true if is_foreign => StatusCode::FORBIDDEN.into_response(),
        true => next.run(request).await,
        false => {
            let mut answer = (StatusCode::UNAUTHORIZED, "The admin key is asked for.\n").into_response();
            let ways = HeaderValue::from_static("Basic realm=\"omneo-relay\", charset=\"UTF-8\"");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, ways);
            answer
        }
    }
}

fn read(authorization: &str) -> Option<String> {
    let (scheme, given) = authorization.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(given.trim().to_owned()),
        "basic" => {
            let text = String::from_utf8(STANDARD.decode(given.trim()).ok()?).ok()?;
            text.split_once(':').map(|(_, password)| password.to_owned())
        }
        _ => None,
    }
}
