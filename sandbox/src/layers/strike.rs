//! Faults on demand: what goes wrong in the world goes wrong here, as often as a test says, and the same way every time.

use super::asked::Asked;
use crate::app::App;
use crate::faults::{Rule, Writes};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tokio_stream::StreamExt;

/// Lets the request through, or does to it what the faults in force say.
pub async fn strike(State(app): State<Arc<App>>, asked: Asked, request: Request, next: Next) -> Response {
    match asked.draw(&app).await {
        Some(rule) => suffer(rule, request, next).await,
        None => next.run(request).await,
    }
}

/// As [`strike`], for the preflights, which CORS answers further out. None of them is remembered, so that each request has one.
pub async fn strike_preflight(State(app): State<Arc<App>>, asked: Asked, request: Request, next: Next) -> Response {
    let rule = if request.method() == Method::OPTIONS { asked.draw(&app).await } else { None };
    let Some(rule) = rule else { return next.run(request).await };
    let mut response = suffer(rule, request, next).await;
    response.headers_mut().insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("0"));
    response
}

async fn suffer(rule: Rule, request: Request, next: Next) -> Response {
    // A task of its own: what a receiver has begun it ends, whether or not the client stays to hear of it.
    let response = tokio::spawn(work(rule.clone(), request, next)).await.unwrap_or_default();
    if rule.hang {
        return std::future::pending().await;
    }
    if rule.drop.is_some() {
        close_connection();
    }
    match (rule.status, response) {
        (None, Some(response)) => slowed(response, Duration::from_millis(rule.slow_body_ms)).await,
        _ => faulty(&rule),
    }
}

async fn work(rule: Rule, request: Request, next: Next) -> Option<Response> {
    let delay = sleep(Duration::from_millis(rule.latency_ms));
    match rule.writes() {
        Some(Writes::Arrival) => {
            let response = next.run(request).await;
            delay.await;
            Some(response)
        }
        Some(Writes::End) => {
            delay.await;
            Some(next.run(request).await)
        }
        None => {
            delay.await;
            None
        }
    }
}

// Each connection is a task of its own, so unwinding ends that one and nothing else; without the hook nothing is printed.
fn close_connection() -> ! {
    std::panic::resume_unwind(Box::new("a fault on demand"))
}

fn faulty(rule: &Rule) -> Response {
    let status = rule.status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(json!({ "message": "A fault on demand." }))).into_response();
    let mut put = |name: HeaderName, text: &Option<String>| {
        if let Some(value) = text.as_ref().and_then(|text| HeaderValue::from_str(text).ok()) {
            response.headers_mut().insert(name, value);
        }
    };
    put(header::RETRY_AFTER, &rule.retry_after);
    put(header::LOCATION, &rule.location);
    response
}

async fn slowed(response: Response, delay: Duration) -> Response {
    if delay.is_zero() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let late = tokio_stream::once(bytes).then(move |bytes: Bytes| async move {
        sleep(delay).await;
        Ok::<Bytes, Infallible>(bytes)
    });
    Response::from_parts(parts, Body::from_stream(late))
}
