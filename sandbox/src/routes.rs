//! The handlers.

pub mod auth;
pub mod interactions;
pub mod pages;
pub mod profiles;
pub mod records;
pub mod relay;
pub mod shop;
pub mod testing;
pub mod webhooks;
