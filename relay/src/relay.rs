//! The whole, from its settings to its end.

use crate::config::{Config, Secret};
use crate::forward::forward;
use crate::http::{self, Shared};
use crate::ops::{self, Ops};
use crate::remove::remove;
use crate::store::{Postgres, Sqlite, Store};
use crate::tenant::Tenant;
use axum_server::Handle;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A relay that holds its ports and its database, and has yet to serve.
pub struct Relay {
    config: Config,
    shared: Arc<Shared>,
    ops: Arc<Ops>,
    public: TcpListener,
    admin: TcpListener,
}

/// Opens the database of the settings: for a relay that serves, or beside one.
///
/// # Errors
/// One sentence that names it.
pub async fn open_store(config: &Config, serves: bool) -> Result<Arc<dyn Store>, String> {
    if config.is_postgres() {
        let password = config.database_password.as_ref().map(Secret::expose);
        return Ok(Arc::new(Postgres::open(&config.database, password).await?));
    }
    Ok(Arc::new(Sqlite::open(Path::new(&config.database), serves)?))
}

impl Relay {
    /// Takes the ports and opens the database.
    ///
    /// # Errors
    /// One sentence that names the port, the file or the setting.
    pub async fn open(config: Config) -> Result<Relay, String> {
        // A process has one provider of cryptography; whether somebody chose it before does not matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let public = listen("listen", config.listen)?;
        let admin = listen("admin_listen", config.admin_listen)?;
        let store = open_store(&config, true).await?;
        let tenants = Tenant::all(&config, &*store).await?;
        let shared = Arc::new(Shared::new(&config, store, tenants));
        let ops = Arc::new(Ops::new(&config, shared.clone()));
        Ok(Relay { config, shared, ops, public, admin })
    }

    /// Where browsers and servers reach it.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.public.local_addr()
    }

    /// Where its operator does.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn admin_address(&self) -> std::io::Result<SocketAddr> {
        self.admin.local_addr()
    }

    /// Serves until `end`. Then it takes no more in, ends what is under way, and returns within 25 seconds; what waits, waits on disk.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn serve(self, end: impl Future<Output = ()>) -> Result<(), String> {
        let Relay { config, shared, ops, public, admin } = self;
        let (stop, stopped) = watch::channel(false);
        let mut workers = JoinSet::new();
        // What its operator holds must not begin to leave before that is known.
        ops.note_held().await;
        for tenant in &shared.tenants {
            workers.spawn(remove(tenant.clone(), shared.store.clone(), stopped.clone()));
            workers.spawn(forward(tenant.clone(), shared.store.clone(), config.limits.clone(), stopped.clone()));
        }
        workers.spawn(ops::tend(ops.clone(), stopped));
        let (public_handle, admin_handle) = (Handle::new(), Handle::new());
        let mut listeners = JoinSet::new();
        let (tls, limits) = (config.tls.clone(), config.limits.clone());
        let (router, handle) = (http::router(shared.clone()), public_handle.clone());
        listeners.spawn(async move { http::serve(public, router, tls.as_ref(), &limits, handle).await });
        let (router, handle, limits) = (ops::router(ops), admin_handle.clone(), config.limits.clone());
        listeners.spawn(async move { http::serve(admin, router, None, &limits, handle).await });

        tokio::select! {
            () = end => {}
            Some(ended) = listeners.join_next() => {
                let why = ended.map_err(|error| error.to_string())?.map_err(|error| error.to_string());
                return why.and(Err("a listener ended by itself".into()));
            }
        }
        tracing::info!("stopping: what is under way is ended");
        shared.is_stopping.store(true, Ordering::Relaxed);
        stop.send_replace(true);
        public_handle.graceful_shutdown(Some(GRACE));
        let all = async { while workers.join_next().await.is_some() {} };
        let in_time = tokio::time::timeout(GRACE, all).await.is_ok();
        admin_handle.graceful_shutdown(Some(Duration::from_secs(1)));
        while let Some(ended) = listeners.join_next().await {
            ended.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        }
        tracing::info!(in_time, "stopped");
        Ok(())
    }
}

fn listen(setting: &str, address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|error| format!("cannot listen on {address} ({error}); `{setting}` says where"))
}

/// How long what is under way may take at the end: longer than Omneo may take for a request.
const GRACE: Duration = Duration::from_secs(23);
