//! Answers in the shapes of a Laravel API.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use omneo_interactions::interaction::Invalid;
use serde_json::{Map, Value, json};

/// Anything but success.
#[derive(Debug)]
pub enum Failure {
    /// 401: no token, or none that is good.
    Unauthenticated,
    /// 403: the token lacks a scope.
    Forbidden,
    /// 403: who is not on this machine.
    Elsewhere,
    /// 404
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 408: a body that took too long to come.
    TooSlow,
    /// 413: more bytes than any record has.
    TooLarge,
    /// 422: the fields that cannot be, each with what is wrong.
    Invalid(Vec<(String, String)>),
    /// 429: seconds until the next request is welcome.
    TooMany(u64),
    /// 502: the relay that a request is for does not answer.
    NoRelay,
    /// 500
    Broken(String),
}

impl Failure {
    /// One field that cannot be.
    pub fn field(name: &str, message: &str) -> Failure {
        Failure::Invalid(vec![(name.to_owned(), message.to_owned())])
    }

    /// A body that cannot be read.
    pub fn malformed(why: &str) -> Failure {
        Failure::field("body", &format!("`body` is {why}; accepted: JSON"))
    }
}

impl From<Vec<Invalid>> for Failure {
    fn from(invalid: Vec<Invalid>) -> Failure {
        Failure::Invalid(invalid.into_iter().map(|one| (one.field.to_string(), one.message())).collect())
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Broken(error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Unauthenticated => message(StatusCode::UNAUTHORIZED, "Unauthenticated."),
            Failure::Forbidden => message(StatusCode::FORBIDDEN, "Invalid ability provided."),
            Failure::Elsewhere => message(StatusCode::FORBIDDEN, "The sandbox serves this machine and its pages only."),
            Failure::NotFound => message(StatusCode::NOT_FOUND, "Not found."),
            Failure::MethodNotAllowed => {
                message(StatusCode::METHOD_NOT_ALLOWED, "The method is not supported for this route.")
            }
            Failure::TooSlow => message(StatusCode::REQUEST_TIMEOUT, "The POST data took too long."),
            Failure::TooLarge => message(StatusCode::PAYLOAD_TOO_LARGE, "The POST data is too large."),
            Failure::Invalid(fields) => unprocessable(&fields),
            Failure::TooMany(seconds) => {
                let mut answer = message(StatusCode::TOO_MANY_REQUESTS, "Too Many Attempts.");
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                answer
            }
            Failure::NoRelay => message(StatusCode::BAD_GATEWAY, "The relay does not answer."),
            Failure::Broken(error) => {
                eprintln!("omneo-sandbox: {error}");
                message(StatusCode::INTERNAL_SERVER_ERROR, "Server Error")
            }
        }
    }
}

fn message(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

// Laravel's `ValidationException`: the first message, how many more there are, and all of them by field.
fn unprocessable(fields: &[(String, String)]) -> Response {
    let mut errors = Map::new();
    for (field, text) in fields {
        let texts = errors.entry(field).or_insert_with(|| json!([]));
        texts.as_array_mut().expect("made above").push(Value::from(text.as_str()));
    }
    let first = fields.first().map_or("", |(_, text)| text);
    let message = match fields.len() {
        0 | 1 => first.to_owned(),
        2 => format!("{first} (and 1 more error)"),
        many => format!("{first} (and {} more errors)", many - 1),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "message": message, "errors": errors }))).into_response()
}
