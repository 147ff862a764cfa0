//! Connections, and what each is told at its start.

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::TargetSessionAttrs;
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
    // Of several, the one that takes writes: after a failover that is another.
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    config.connect_timeout(PATIENCE).application_name("omneo-relay");
    // No `statement_timeout`: where it ends the wait for a standby, COMMIT succeeds all the same, on one machine only.
    let options = [config.get_options().unwrap_or_default(), OPTIONS].join(" ");
    config.options(options.trim());
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let recycling_method = RecyclingMethod::Custom(IS_PRIMARY.into());
    let manager = Manager::from_config(config, MakeRustlsConnect::new(tls), ManagerConfig { recycling_method });
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .build()
        .map_err(|error| error.to_string())
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

/// How long a connection may take, and a piece of work.
pub const PATIENCE: Duration = Duration::from_secs(8);
const CONNECTIONS: usize = 24;
const OPTIONS: &str = "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000";
/// A connection to a machine that is a standby by now is replaced.
const IS_PRIMARY: &str = "DO $$ BEGIN IF pg_is_in_recovery() THEN RAISE 'a standby'; END IF; END $$";
