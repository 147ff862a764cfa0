//! What browsers and servers reach.

mod body;
mod busy;
mod connections;
mod cors;
mod fault;
mod hang_up;
mod intake;
mod own;
mod unread;
mod welcome;
mod whose;

pub use connections::serve;
pub use fault::{Fault, no_store};

use crate::config::{Config, Limits};
use crate::store::Store;
use crate::tenant::Tenant;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use ipnet::IpNet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;

/// What all requests share.
pub struct Shared {
    /// Where records are kept.
    pub store: Arc<dyn Store>,
    /// The brands.
    pub tenants: Vec<Arc<Tenant>>,
    /// Bounds.
    pub limits: Limits,
    /// Whether there is room for more.
    pub has_room: AtomicBool,
    /// Whether the relay is about to stop.
    pub is_stopping: AtomicBool,
    trusted_proxies: Vec<IpNet>,
    in_work: Semaphore,
}

impl Shared {
    /// Of these settings.
    pub fn new(config: &Config, store: Arc<dyn Store>, tenants: Vec<Arc<Tenant>>) -> Shared {
        Shared {
            store,
            tenants,
            limits: config.limits.clone(),
            has_room: AtomicBool::new(true),
            is_stopping: AtomicBool::new(false),
            trusted_proxies: config.trusted_proxies.clone(),
            in_work: Semaphore::new(config.limits.requests),
        }
    }

    /// How many requests are in work.
    pub fn in_work(&self) -> usize {
        self.limits.requests - self.in_work.available_permits()
    }

    fn has_room(&self) -> bool {
        self.has_room.load(Ordering::Relaxed)
    }
}

/// The routes of the first listener.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/relay/v1/profiles/me/interactions", post(intake::of_customer).get(own::list))
        .route("/relay/v1/profiles/me/interactions/{id}", get(own::read).delete(own::delete))
        .route("/relay/v1/profiles/me/waiting", delete(own::withdraw))
        .route("/relay/v1/profiles/{profile}/interactions", post(intake::of_profile))
        .route("/relay/v1/interactions", post(intake::of_identified))
        .fallback(async || Fault::NotFound)
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(from_fn_with_state(shared.clone(), busy::bound))
        // Around what may be refused, so that a page reads why.
        .layer(cors::cors(shared.clone()))
        .layer(from_fn(no_store))
        .layer(from_fn_with_state(shared.clone(), unread::discard))
        .with_state(shared)
}
