//! What whoever runs the relay sees of it, and does to it: on a listener of its own, which the internet never reaches.

mod admin;
mod health;
mod key;
mod metrics;
mod status;
mod tend;

pub use tend::tend;

use crate::config::{Config, Secret};
use crate::http::{Fault, Shared};
use crate::tenant::Tenant;
use ::metrics::gauge;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use metrics_exporter_prometheus::PrometheusHandle;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Mutex;

/// What its routes share.
pub struct Ops {
    shared: Arc<Shared>,
    key: Option<Secret>,
    metrics: PrometheusHandle,
    /// The folder of the SQLite file, whose disk may fill up.
    folder: Option<PathBuf>,
    started: Instant,
    /// What the operator holds is read or changed by one at a time: what was read before a change does not undo it.
    holding: Mutex<()>,
}

impl Ops {
    /// Of these settings.
    pub fn new(config: &Config, shared: Arc<Shared>) -> Ops {
        let file = (!config.is_postgres()).then(|| PathBuf::from(&config.database));
        let folder = file.map(|file| match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        });
        Ops {
            shared,
            key: config.admin_key.clone(),
            metrics: metrics::recorder(),
            folder,
            started: Instant::now(),
            holding: Mutex::default(),
        }
    }

    fn tenant(&self, name: &str) -> Result<&Arc<Tenant>, Fault> {
        let known = self.shared.tenants.iter().find(|tenant| *tenant.name == *name);
        known.ok_or_else(|| {
            let names: Vec<&str> = self.shared.tenants.iter().map(|tenant| &*tenant.name).collect();
            Fault::Invalid(format!("`tenant` is {name:?}; accepted: {}", names.join(", ")))
        })
    }
}

/// The routes of the second listener.
pub fn router(ops: Arc<Ops>) -> Router {
    let open = Router::new()
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::metrics));
    let guarded = Router::new()
        .route("/status/", get(status::page))
        .route("/status/style.css", get(status::style))
        .route("/admin/status", get(admin::status))
        .route("/admin/dead", get(admin::dead))
        .route("/admin/replay", post(admin::replay))
        .route("/admin/erase", post(admin::erase))
        .route("/admin/pause", post(admin::pause))
        .layer(from_fn_with_state(ops.clone(), key::ask));
    open.merge(guarded)
        .fallback(async || Fault::NotFound)
        .layer(axum::middleware::from_fn(crate::http::no_store))
        .with_state(ops)
}

// What is true now, as against what happened.
fn set(name: &'static str, tenant: &Tenant, value: f64) {
    gauge!(name, "tenant" => tenant.name.to_string()).set(value);
}
