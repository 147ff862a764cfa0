//! What a request goes through before its handler.

mod asked;
pub mod guard;
pub mod note;
pub mod strike;
pub mod take_in;
