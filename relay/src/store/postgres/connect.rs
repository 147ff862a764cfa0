//! Connections, and what each is told at its start.

use super::safety;
use deadpool_postgres::{Connect, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::future::BoxFuture;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::{Host, TargetSessionAttrs};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connections to the address, which may have several hosts. The password counts where the address has none.
///
/// # Errors
/// One sentence that names the setting.
pub fn pool(address: &str, password: Option<&str>) -> Result<Pool, String> {
    let mut config: Config =
        address.parse().map_err(|error: tokio_postgres::Error| format!("`database` {}", why(&error)))?;
    if let (None, Some(password)) = (config.get_password(), password) {
        config.password(password);
    }
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err("`database` names no host; accepted: postgres://user@host/database".into());
    }
    // Of several, the one that takes writes: after a failover that is another.
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    config.tcp_user_timeout(PATIENCE).application_name("omneo-relay");
    // No `statement_timeout`: where it ends the wait for a standby, COMMIT succeeds all the same, on one machine only.
    let options = [config.get_options().unwrap_or_default(), OPTIONS].join(" ");
    config.options(options.trim());
    // What is broken is not given back, and a transaction begins on a machine that takes writes or not at all.
    let settings = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Pool::builder(Manager::from_connect(config.clone(), EachHost::of(&config), settings))
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move { safety::check_server(client).await.map_err(HookError::message) })
        }))
        .build()
        .map_err(|error| error.to_string())
}

/// Asks each host in turn, beginning with the one that answered last: one that takes connections and never says a word must not use
/// up the others' time.
struct EachHost {
    hosts: Vec<Config>,
    answered: AtomicUsize,
    tls: MakeRustlsConnect,
}

impl EachHost {
    fn of(config: &Config) -> EachHost {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let many = config.get_hosts().len().max(config.get_hostaddrs().len());
        let hosts = (0..many).map(|at| one_host(config, at)).collect();
        EachHost { hosts, answered: AtomicUsize::new(0), tls: MakeRustlsConnect::new(tls) }
    }

    async fn ask(&self) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        let many = self.hosts.len();
        let first = self.answered.load(Ordering::Relaxed);
        for at in (first..first + many - 1).map(|at| at % many) {
            if let Ok(Ok(connected)) = timeout(PATIENCE / many as u32, self.connect_to(at)).await {
                return Ok(connected);
            }
        }
        self.connect_to((first + many - 1) % many).await
    }

    async fn connect_to(&self, at: usize) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        let (client, connection) = self.hosts[at].connect(self.tls.clone()).await?;
        self.answered.store(at, Ordering::Relaxed);
        // Whoever uses the connection is told why it ended.
        let task = tokio::spawn(async move { drop(connection.await) });
        Ok((client, task))
    }
}

impl Connect for EachHost {
    fn connect(&self, _: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), tokio_postgres::Error>> {
        Box::pin(self.ask())
    }
}

// The same with one of its hosts: a `Config` takes hosts, and gives none back.
fn one_host(all: &Config, at: usize) -> Config {
    let mut one = Config::new();
    match all.get_hosts().get(at) {
        Some(Host::Tcp(host)) => drop(one.host(host)),
        Some(Host::Unix(folder)) => drop(one.host_path(folder)),
        None => {}
    }
    if let Some(&address) = all.get_hostaddrs().get(at) {
        one.hostaddr(address);
    }
    if let Some(&port) = all.get_ports().get(at).or(all.get_ports().first()) {
        one.port(port);
    }
    if let Some(user) = all.get_user() {
        one.user(user);
    }
    if let Some(password) = all.get_password() {
        one.password(password);
    }
    if let Some(name) = all.get_dbname() {
        one.dbname(name);
    }
    if let Some(timeout) = all.get_connect_timeout() {
        one.connect_timeout(*timeout);
    }
    one.options(all.get_options().unwrap_or_default());
    one.application_name(all.get_application_name().unwrap_or_default());
    one.ssl_mode(all.get_ssl_mode()).ssl_negotiation(all.get_ssl_negotiation());
    one.channel_binding(all.get_channel_binding());
    one.target_session_attrs(all.get_target_session_attrs());
    one.tcp_user_timeout(PATIENCE).keepalives_idle(all.get_keepalives_idle());
    one
}

/// What an error says, with what is behind it: the outer ones say little.
pub fn why(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        text = format!("{text}: {error}");
        inner = error.source();
    }
    text
}

/// How long a piece of work may take, with the wait for a connection.
pub const PATIENCE: Duration = Duration::from_secs(8);
/// How many there are at most.
pub const CONNECTIONS: usize = 24;
const OPTIONS: &str = "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000";
