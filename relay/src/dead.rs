//! Records that were given up, for whoever runs the relay: `omneo-relay dead …`.

use crate::clock;
use crate::config::Config;
use crate::store::{Result, Store};
use omneo_interactions::interaction::Instant;
use serde_json::{Value, json};
use std::fmt::Write;

/// A line each, without what they say.
///
/// # Errors
/// What the store says.
pub async fn list(store: &dyn Store, tenant: Option<&str>) -> Result<String> {
    let dead = store.dead(tenant, MOST).await?;
    let mut text = String::new();
    for one in &dead {
        let at = Instant(one.died_at).to_iso();
        let _ = writeln!(
            text,
            "{}\t{}\t{at}\t{}\t{}\t{}\t{}",
            one.seq, one.tenant, one.reason, one.status, one.event_id, one.detail
        );
    }
    if dead.is_empty() {
        text.push_str("No record is dead.\n");
    }
    Ok(text)
}

/// Puts them back.
///
/// # Errors
/// What the store says.
pub async fn replay(store: &dyn Store, config: &Config, tenant: Option<&str>, seq: Option<i64>) -> Result<String> {
    let mut replayed = 0;
    for name in config.tenants.keys().filter(|name| tenant.is_none_or(|own| own == *name)) {
        replayed += store.replay(name, seq, clock::now()).await?;
    }
    Ok(format!("{replayed} put back.\n"))
}

/// A line of JSON each, with the record.
///
/// # Errors
/// What the store says.
pub async fn export(store: &dyn Store, tenant: Option<&str>) -> Result<String> {
    let mut text = String::new();
    for one in store.dead(tenant, u32::MAX >> 1).await? {
        let record: Value = serde_json::from_str(&one.body).unwrap_or_default();
        let mut line = json!(one);
        line["record"] = record;
        let _ = writeln!(text, "{line}");
    }
    Ok(text)
}

const MOST: u32 = 10_000;
