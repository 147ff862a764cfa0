//! Omneo's Interactions API on your own machine: the three surfaces that Omneo documents, a real SQLite file, and the demo
//! storefront of a brand that uses them.
//!
//! Every record is checked by the tracker crate's own [`omneo_interactions::interaction`], so the sandbox and the tracker
//! say the same of the same mistake.

mod access;
mod answers;
mod app;
mod asked;
mod bounds;
mod browse;
mod call;
mod clock;
mod faults;
mod filters;
mod guard;
mod interactions;
mod ledger;
mod limit;
mod options;
mod pages;
mod paginate;
mod password;
mod plan;
mod profiles;
mod record;
mod relay;
mod requests;
mod schema;
mod serve;
mod shop;
mod store;
mod tenant;
mod tokens;
mod value;
mod work;

pub use app::Sandbox;
pub use options::Options;
pub use tenant::{ADMIN_TOKEN, READ_ONLY_TOKEN, SHOPIFY_SECRET};
