//! Work that waits for the disk.

use crate::answers::Failure;

/// Does the work on a thread that may block, so that a slow disk holds up nobody else's request.
///
/// # Errors
/// The work's own; [`Failure::Broken`] where it panicked.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Failure::Broken(error.to_string())))
}
