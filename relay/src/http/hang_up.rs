//! Closing a connection without an answer, where every answer would say more than is known.

use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower::Service;

#[derive(Clone)]
struct Marked;

/// A response that is not to be sent.
pub fn marked() -> Response {
    let mut response = ().into_response();
    response.extensions_mut().insert(Marked);
    response
}

/// The service around all others: its error makes hyper close the connection.
#[derive(Clone)]
pub struct HangUp<S>(pub S);

impl<S, Q> Service<Q> for HangUp<S>
where
    S: Service<Q, Response = Response, Error = std::convert::Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, io::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        self.0.poll_ready(context).map_err(|never| match never {})
    }

    fn call(&mut self, request: Q) -> Self::Future {
        let answer = self.0.call(request);
        Box::pin(async move {
            let Ok(answer) = answer.await;
            let is_marked = answer.extensions().get::<Marked>().is_some();
            if is_marked { Err(io::Error::other("whether it was written is not known")) } else { Ok(answer) }
        })
    }
}
