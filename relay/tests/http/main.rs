//! The relay over HTTP, in front of a real sandbox.

mod auth;
mod bounds;
mod erasure;
mod forwarding;
mod intake;
mod operating;
mod own;
mod support;
