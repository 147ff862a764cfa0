//! Why a whole request is not taken.
//!
//! A tracker gives a batch up after 400, 403, 404, 415 and 422, and halves it after 413. So whatever is the relay's own fault is
//! answered 503, which makes it wait.

use crate::auth::Refusal;
use crate::store::StoreError;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is not taken.
#[derive(Debug)]
pub enum Fault {
    /// 400: the body is not what it says it is.
    Malformed(String),
    /// 401
    Unauthenticated(&'static str),
    /// 403
    Forbidden(&'static str),
    /// 404
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 408
    TooSlow,
    /// 413
    TooLarge(String),
    /// 415
    OtherType(String),
    /// 422
    Invalid(String),
    /// 429, with the seconds to wait.
    TooMany(u64),
    /// 503, with the seconds to wait.
    Unavailable(&'static str, u64),
    /// Whether it was written nobody knows, and no status says so: the connection is closed without an answer.
    Unknown,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        match refusal {
            Refusal::Unauthenticated(why) => Fault::Unauthenticated(why),
            Refusal::Forbidden(why) => Fault::Forbidden(why),
            Refusal::Unavailable(why) => Fault::Unavailable(why, 5),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        tracing::error!(%error, "the database failed");
        match error {
            StoreError::NotWritten(_) => Fault::Unavailable("The relay cannot write now.", 5),
            StoreError::Unknown(_) => Fault::Unknown,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let told = |status: StatusCode, message: &str| (status, Json(json!({ "message": message }))).into_response();
        let later = |status, message: &str, seconds: u64| {
            let mut answer = told(status, message);
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            answer
        };
        match self {
            Fault::Malformed(why) => told(StatusCode::BAD_REQUEST, &why),
            Fault::Unauthenticated(why) => {
                let mut answer = told(StatusCode::UNAUTHORIZED, why);
                answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                answer
            }
            Fault::Forbidden(why) => told(StatusCode::FORBIDDEN, why),
            Fault::NotFound => told(StatusCode::NOT_FOUND, "There is nothing here."),
            Fault::MethodNotAllowed => told(StatusCode::METHOD_NOT_ALLOWED, "This method is not known here."),
            Fault::TooSlow => told(StatusCode::REQUEST_TIMEOUT, "The body took too long."),
            Fault::TooLarge(why) => told(StatusCode::PAYLOAD_TOO_LARGE, &why),
            Fault::OtherType(why) => told(StatusCode::UNSUPPORTED_MEDIA_TYPE, &why),
            Fault::Invalid(why) => told(StatusCode::UNPROCESSABLE_ENTITY, &why),
            Fault::TooMany(seconds) => {
                later(StatusCode::TOO_MANY_REQUESTS, "Too many records of this customer.", seconds)
            }
            Fault::Unavailable(why, seconds) => later(StatusCode::SERVICE_UNAVAILABLE, why, seconds),
            Fault::Unknown => super::hang_up::marked(),
        }
    }
}

/// No cache keeps what is one customer's, and no browser guesses at its type.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}
