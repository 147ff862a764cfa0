//! How large a body may be.

use crate::answers::Failure;
use axum::body::BodyDataStream;
use tokio_stream::StreamExt;

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
