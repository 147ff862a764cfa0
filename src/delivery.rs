//! HOW a record leaves: the route it takes, the token that opens it, what an answer means, and when to try again.

mod backoff;
mod outcome;
mod route;
mod token;

pub use backoff::Backoff;
pub use outcome::{Outcome, retry_after_ms};
pub use route::Route;
pub use token::{NoToken, Token};

/// The most bytes of bodies that may be under way while a page closes. The Fetch standard lets all `keepalive` requests of a
/// page share 64 KiB, other scripts' included, so something is left for them.
pub const KEEPALIVE_BYTES: usize = 60 * 1024;

/// The most requests under way at once: over HTTP/2 they share one connection.
pub const PARALLEL: usize = 6;
