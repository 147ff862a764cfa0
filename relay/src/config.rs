//! What whoever runs the relay says of it: one TOML file, the environment, or both.
//!
//! A variable of the environment is `OMNEO_RELAY_` and the setting's name, with `__` between levels:
//! `OMNEO_RELAY_TENANTS__ACME__OMNEO`. It comes before the file. A secret stands in the file, or in a file of its own that
//! `…_file` names.

mod limits;
mod secret;
mod shown;
mod tenant;

pub use limits::Limits;
pub use secret::Secret;
pub use shown::shown;
pub use tenant::{Algorithm, Jwt, Key, Scope, Tenant};

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// All settings, as they are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where browsers and servers reach the relay.
    #[serde(default = "listen", deserialize_with = "address")]
    pub listen: SocketAddr,
    /// Where its operator does: metrics, health, administration and the status page. Never open this to the internet.
    #[serde(default = "admin_listen", deserialize_with = "address")]
    pub admin_listen: SocketAddr,
    /// The path of a SQLite file, or `postgres://…`.
    #[serde(default = "database")]
    pub database: String,
    /// The password of the PostgreSQL user, where the address has none.
    pub database_password: Option<Secret>,
    /// The file that has it.
    pub database_password_file: Option<PathBuf>,
    /// What `/admin` and `/status` ask for.
    pub admin_key: Option<Secret>,
    /// The file that has it.
    pub admin_key_file: Option<PathBuf>,
    /// The proxies whose `X-Forwarded-For` counts.
    #[serde(default, deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// The certificate to serve HTTPS with; plain HTTP, for a proxy in front, without it.
    pub tls: Option<Tls>,
    /// Bounds of what is taken in and kept.
    #[serde(default)]
    pub limits: Limits,
    /// The brands, by name.
    pub tenants: BTreeMap<String, Tenant>,
}

/// The files of a certificate, in PEM.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The chain of certificates, its own first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

impl Config {
    /// Reads the file and the environment. Without either it is the demo's, which serves this machine's sandbox.
    ///
    /// # Errors
    /// A sentence a mistake, each with the setting, what it is and what is accepted.
    pub fn read(file: Option<&Path>) -> Result<Config, Vec<String>> {
        let figment = figment(file).map_err(|mistake| vec![mistake])?;
        let mut config: Config =
            figment.extract().map_err(|error| error.into_iter().map(|error| error.to_string()).collect::<Vec<_>>())?;
        let mut mistakes = config.read_secrets();
        mistakes.extend(config.check());
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }

    /// Whether the records are kept in PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        ["postgres://", "postgresql://"].iter().any(|scheme| self.database.starts_with(scheme))
    }

    fn read_secrets(&mut self) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut read = |name: &str, own: &mut Option<Secret>, file: &Option<PathBuf>| {
            if let Some(file) = file {
                match Secret::of_file(file) {
                    Ok(secret) => *own = Some(secret),
                    Err(why) => mistakes.push(format!("`{name}_file` is {}; {why}", file.display())),
                }
            }
        };
        read("database_password", &mut self.database_password, &self.database_password_file);
        read("admin_key", &mut self.admin_key, &self.admin_key_file);
        for (name, tenant) in &mut self.tenants {
            let path = |own: &str| format!("tenants.{name}.{own}");
            read(&path("omneo_token"), &mut tenant.omneo_token, &tenant.omneo_token_file);
            read(&path("omneo_erase_token"), &mut tenant.omneo_erase_token, &tenant.omneo_erase_token_file);
            read(&path("identifier_key"), &mut tenant.identifier_key, &tenant.identifier_key_file);
            for (at, jwt) in tenant.jwt.iter_mut().enumerate() {
                read(&path(&format!("jwt[{at}].key")), &mut jwt.key, &jwt.key_file);
            }
        }
        mistakes
    }

    fn check(&self) -> Vec<String> {
        let mut mistakes = self.limits.check();
        if self.tenants.is_empty() {
            mistakes.push("`tenants` is empty; accepted: one `[tenants.NAME]` or more".into());
        }
        if self.admin_key.is_none() {
            mistakes.push("`admin_key` is missing; accepted: a key, or `admin_key_file`".into());
        }
        if self.is_postgres() && self.database.parse::<tokio_postgres::Config>().is_err() {
            mistakes.push("`database` is no address of PostgreSQL; accepted: postgres://user@host/database".into());
        }
        for (name, tenant) in &self.tenants {
            mistakes.extend(tenant.check(&format!("tenants.{name}"), self.tenants.len() > 1));
        }
        mistakes
    }
}

/// What the settings are read from.
fn figment(file: Option<&Path>) -> Result<Figment, String> {
    let environment = Env::prefixed(PREFIX).ignore(&["config"]).split("__");
    let is_given = file.is_some() || environment.iter().next().is_some();
    let figment = match file {
        Some(file) if !file.is_file() => {
            return Err(format!("`--config` is {}; there is no such file", file.display()));
        }
        Some(file) => Figment::from(Toml::file_exact(file)),
        None if is_given => Figment::new(),
        None => Figment::from(Toml::string(DEMO)),
    };
    Ok(figment.merge(environment))
}

/// Whether nothing is configured, so that the demo's settings count.
pub fn is_demo(file: Option<&Path>) -> bool {
    file.is_none() && Env::prefixed(PREFIX).ignore(&["config"]).iter().next().is_none()
}

// The standard library says that an address is none, and not which, or what is one.
fn address<'de, D: Deserializer<'de>>(given: D) -> Result<SocketAddr, D::Error> {
    parse(&String::deserialize(given)?, "an address and a port, such as 127.0.0.1:8790")
}

fn networks<'de, D: Deserializer<'de>>(given: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(given)?;
    texts.iter().map(|text| parse(text, "networks, such as 127.0.0.1/32")).collect()
}

fn parse<T: FromStr, E: serde::de::Error>(text: &str, accepted: &str) -> Result<T, E> {
    text.parse().map_err(|_| E::custom(format!("it is {text:?}; accepted: {accepted}")))
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8790))
}

fn admin_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8791))
}

fn database() -> String {
    "omneo-relay.sqlite".into()
}

const PREFIX: &str = "OMNEO_RELAY_";

/// The demo's settings: everybody knows these keys, and they open this machine's sandbox only.
pub const DEMO: &str = include_str!("../demo.toml");

#[cfg(test)]
mod tests;
