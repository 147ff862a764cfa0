//! Omneo's Interactions API on your own machine: the three surfaces that Omneo documents, a real SQLite file, and the demo
//! storefront of a brand that uses them.
//!
//! Every record is checked by the tracker crate's own [`omneo_interactions::interaction`], so the sandbox and the tracker
//! say the same of the same mistake.
//!
//! A request goes through the `layers`, which say whom the sandbox serves and break what a test wants broken, to its handler in
//! `routes`. What the handler needs of the request, the extractors in `request` take from it; what handlers share is the `app`,
//! which knows none of them; what is kept, the `store` keeps. What a new interaction sets off is an `event`: `reactions` answer it at
//! once, and webhooks by rows of the store, which `deliver` brings to their receivers.

mod answers;
mod app;
mod arrival;
mod bounds;
mod browse;
mod clock;
mod condition;
mod deliver;
mod event;
mod faults;
mod here;
mod identify;
mod layers;
mod limit;
mod options;
mod password;
mod reactions;
mod relay;
mod request;
mod requests;
mod router;
mod routes;
mod sandbox;
mod serve;
mod store;
mod story;
mod subscription;
mod tenant;
mod tokens;
mod work;

pub use options::Options;
pub use sandbox::Sandbox;
pub use tenant::{ADMIN_NAMESPACE, ADMIN_TOKEN, READ_ONLY_TOKEN, SHOPIFY_SECRET, WEBHOOK_SECRET};
