//! What a client still sends when it is answered.
//!
//! A connection that is closed over it is reset, and the answer is lost (RFC 9112, section 9.6): behind a proxy a 401 or a 413 is
//! then a 502, and a tracker asks again in place of halving its batch. So it is read, to a bound, and thrown away.

use super::Shared;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, Limited};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// Reads what is left of the body before the answer leaves.
pub async fn discard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    // A client that asks first sends nothing to one that does not read.
    let asks_first = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body));
    let answer = next.run(Request::from_parts(parts, Body::new(Lent(body.clone())))).await;
    let was_slow = answer.status() == StatusCode::REQUEST_TIMEOUT;
    if let Some(body) = Arc::into_inner(body).filter(|_| !asks_first && !was_slow) {
        let rest = Limited::new(body.into_inner().unwrap_or_else(PoisonError::into_inner), MOST_BYTES);
        // Whether it ended, broke off or was too much: the answer is the same.
        let _ = tokio::time::timeout(shared.limits.body(), drained(rest)).await;
    }
    answer
}

async fn drained(mut body: Limited<Body>) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// The body while the request is answered.
struct Lent(Arc<Mutex<Body>>);

impl Lent {
    fn with<T>(&self, read: impl FnOnce(Pin<&mut Body>) -> T) -> T {
        read(Pin::new(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.with(|body| body.poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.with(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.with(|body| body.size_hint())
    }
}

const MOST_BYTES: usize = 8 << 20;
