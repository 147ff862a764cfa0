//! HOW a record leaves: the route it takes, the token that opens it, what an answer means, and when to try again.

mod backoff;
mod outcome;
mod route;
mod token;

pub use backoff::Backoff;
pub use outcome::{Outcome, is_before_the_work, retry_after_ms};
pub use route::Route;
pub use token::{NoToken, Token, token_in};

/// The most bytes of bodies that may be under way while a page closes. The Fetch standard lets all `keepalive` requests of a
/// page share 64 KiB, other scripts' included, so something is left for them.
pub const KEEPALIVE_BYTES: usize = 60 * 1024;

/// How long a request may be under way after it was begun, in milliseconds. The page gives up on an answer after half a minute, and
/// a `keepalive` request outlives its page: what the browsers do was measured (`npm run bench:keepalive`).
pub const UNDER_WAY_MS: i64 = 100_000;

/// The most requests under way at once: over HTTP/2 they share one connection.
pub const PARALLEL: usize = 6;
