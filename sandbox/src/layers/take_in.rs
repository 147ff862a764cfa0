//! How long a body may take to come.

use crate::answers::Failure;
use crate::bounds::read;
use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::time::timeout;

/// Reads the body before anything else is done, so that no client holds a handler up, and what a fault delays needs the client no
/// more.
pub async fn take_in(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read_within(LONGEST, body.into_data_stream()).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(failure) => failure.into_response(),
    }
}

async fn read_within(longest: Duration, stream: BodyDataStream) -> Result<Vec<u8>, Failure> {
    timeout(longest, read(stream)).await.unwrap_or(Err(Failure::TooSlow))
}

const LONGEST: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use std::convert::Infallible;
    use tokio_stream::StreamExt;

    #[tokio::test]
    async fn a_body_that_never_ends_is_refused_though_it_drips() {
        let drops = tokio_stream::iter(std::iter::repeat(Ok::<_, Infallible>(Bytes::from_static(b" "))));
        let body = Body::from_stream(drops.throttle(Duration::from_millis(1)));
        let refused = read_within(Duration::from_millis(50), body.into_data_stream()).await.unwrap_err();
        assert_eq!(refused.into_response().status(), 408);
    }
}
