//! What a request may cost: how large its body may be, and how long it may take to come.

use crate::answers::Failure;
use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::time::timeout;
use tokio_stream::StreamExt;

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

/// The bytes of a body.
///
/// What is too large is read to its end as well, unless that is far off: a server that closes with bytes unread resets the
/// connection, and the client may never see the answer (RFC 9112, section 9.6).
///
/// # Errors
/// 413 where it is too large, 422 where it breaks off.
pub async fn read(mut stream: BodyDataStream) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut size = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Failure::malformed("cut off"))?;
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
const LONGEST: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use std::convert::Infallible;

    #[tokio::test]
    async fn a_body_that_never_ends_is_refused_though_it_drips() {
        let drops = tokio_stream::iter(std::iter::repeat(Ok::<_, Infallible>(Bytes::from_static(b" "))));
        let body = Body::from_stream(drops.throttle(Duration::from_millis(1)));
        let refused = read_within(Duration::from_millis(50), body.into_data_stream()).await.unwrap_err();
        assert_eq!(refused.into_response().status(), 408);
    }
}
