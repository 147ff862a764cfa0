//! What a handler takes from a request: each an extractor, which answers what cannot be in Laravel's shapes, because axum's own
//! refusals are plain text.

mod access;
mod body;
mod path;
mod posted;
mod session;

pub use access::{Admin, Caller, Customer, Whose, claimed_profile};
pub use body::Body;
pub use path::{Named, RecordId};
pub use posted::Posted;
pub use session::{Session, SignedIn};
