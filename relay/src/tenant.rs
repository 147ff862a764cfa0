//! A brand, as the relay works with it.

use crate::auth::Door;
use crate::config::{self, Config, Limits, Secret};
use crate::flow::Flow;
use crate::omneo::Omneo;
use crate::store::{Result, Store};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use omneo_interactions::interaction::json;
use omneo_interactions::privacy::Policy;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Notify;

/// A brand: who may hand in records for it, what is kept of them, and its Omneo.
pub struct Tenant {
    /// Its name in the settings.
    pub name: Box<str>,
    /// The names under which its shop is reached; all where it has none.
    pub hosts: Vec<String>,
    /// The origins whose pages may call.
    pub origins: Vec<String>,
    /// Who may call.
    pub door: Door,
    /// What may be kept of a browser's record.
    pub policy: Policy,
    /// What may be kept of a server's record.
    pub server_policy: Option<Policy>,
    /// What identifiers are hashed with.
    pub identifier_key: Vec<u8>,
    /// Its Omneo.
    pub omneo: Omneo,
    /// How its records flow to Omneo.
    pub flow: Flow,
    /// How many records of one customer are welcome.
    pub customers: DefaultKeyedRateLimiter<Box<str>>,
    /// Told of each batch that was kept.
    pub news: Notify,
}

impl Tenant {
    /// All of the settings' tenants.
    ///
    /// # Errors
    /// A sentence that names the setting, and what the store has against it.
    pub async fn all(config: &Config, store: &dyn Store) -> std::result::Result<Vec<Arc<Tenant>>, String> {
        let mut tenants = Vec::new();
        for (name, own) in &config.tenants {
            let key = identifier_key(name, own, store).await.map_err(|error| error.to_string())?;
            tenants.push(Arc::new(Tenant::new(name, own, key, &config.limits)?));
        }
        Ok(tenants)
    }

    /// Whether they could be, without a store.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn check_all(config: &Config) -> std::result::Result<(), String> {
        let mut tenants = config.tenants.iter();
        tenants.try_for_each(|(name, own)| Tenant::new(name, own, Vec::new(), &config.limits).map(drop))
    }

    fn new(
        name: &str,
        own: &config::Tenant,
        identifier_key: Vec<u8>,
        limits: &Limits,
    ) -> std::result::Result<Tenant, String> {
        let path = |setting: &str| format!("tenants.{name}.{setting}");
        let policy = |setting: &str, file: &Option<_>| {
            file.as_deref().map(read_policy).transpose().map_err(|why| format!("`{}` {why}", path(setting)))
        };
        let omneo = Omneo::new(name, own)?;
        Ok(Tenant {
            name: name.into(),
            hosts: own.hosts.iter().map(|host| host.to_lowercase()).collect(),
            origins: own.origins.clone(),
            door: Door::new(own, omneo.clone()).map_err(|(setting, why)| format!("`{}` {why}", path(&setting)))?,
            policy: policy("policy", &own.policy)?.unwrap_or_else(default_policy),
            server_policy: policy("server_policy", &own.server_policy)?,
            identifier_key,
            omneo,
            flow: Flow::new(own.rate, limits.unconfirmed()),
            customers: RateLimiter::keyed(
                Quota::per_second(at_least_one(limits.customer_rate)).allow_burst(at_least_one(limits.customer_burst)),
            ),
            news: Notify::new(),
        })
    }

    /// Whether a request to that host is for this brand.
    pub fn is_at(&self, host: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|own| *own == host)
    }
}

// Without a key of its own, a tenant's is made once, and kept where the records are, so that all nodes have the same.
async fn identifier_key(name: &str, own: &config::Tenant, store: &dyn Store) -> Result<Vec<u8>> {
    if let Some(key) = own.identifier_key.as_ref().map(Secret::expose) {
        return Ok(key.as_bytes().to_vec());
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).expect("the operating system has randomness");
    let key = store.setting(&format!("identifier-key:{name}"), &hex::encode(random)).await?;
    Ok(key.into_bytes())
}

fn read_policy(file: &Path) -> std::result::Result<Policy, String> {
    let named = |why: String| format!("is {}; {why}", file.display());
    let text = std::fs::read(file).map_err(|error| named(format!("it cannot be read ({error})")))?;
    let value = json::read(text).map_err(|error| named(format!("it is not JSON ({error})")))?;
    Policy::read(&value).map_err(|invalid| named(invalid.message()))
}

fn default_policy() -> Policy {
    Policy::read(&omneo_interactions::interaction::Value::Map(Default::default())).expect("the default rules are rules")
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}
