//! The tables, and how an older file gets them.

use rusqlite::Connection;

/// Each step once, in order. `PRAGMA user_version` says how many a file has had.
const STEPS: &[&str] = &["
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
    tenant TEXT NOT NULL, subject TEXT NOT NULL, event_id TEXT NOT NULL, at INTEGER NOT NULL, omneo_id INTEGER,
    PRIMARY KEY (tenant, subject, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, subject TEXT NOT NULL, event_id TEXT NOT NULL,
    source TEXT NOT NULL, identification TEXT, body TEXT NOT NULL, accepted INTEGER NOT NULL, sent_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0, fate TEXT NOT NULL DEFAULT 'deliver'
) STRICT;
CREATE INDEX outbox_of_customer ON outbox (tenant, subject, seq);
CREATE TABLE customers (
    tenant TEXT NOT NULL, subject TEXT NOT NULL, due INTEGER NOT NULL, claim INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_due ON customers (tenant, due);
CREATE TABLE dead (
    seq INTEGER PRIMARY KEY, tenant TEXT NOT NULL, subject TEXT NOT NULL, event_id TEXT NOT NULL, source TEXT NOT NULL,
    identification TEXT, body TEXT NOT NULL, accepted INTEGER NOT NULL, sent_at INTEGER, reason TEXT NOT NULL,
    status INTEGER NOT NULL, detail TEXT NOT NULL, died_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_of_customer ON dead (tenant, subject);
CREATE INDEX dead_at ON dead (died_at);
CREATE TABLE ties (
    tenant TEXT NOT NULL, subject TEXT NOT NULL, profile TEXT NOT NULL, PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX ties_of_profile ON ties (tenant, profile);
CREATE TABLE erased (
    tenant TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE removals (
    tenant TEXT NOT NULL, omneo_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (tenant, omneo_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE counts (
    tenant TEXT NOT NULL, outcome TEXT NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (tenant, outcome)
) STRICT, WITHOUT ROWID;
"];

/// Brings a file up to date.
///
/// # Errors
/// A file that a newer relay wrote, which this one would misread; and what SQLite says.
pub fn migrate(connection: &mut Connection) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(text)?;
    let version = version as usize;
    if version > STEPS.len() {
        return Err(format!(
            "it has version {version}, and this relay knows {} at most: a newer relay wrote it; start that one",
            STEPS.len()
        ));
    }
    for (at, step) in STEPS.iter().enumerate().skip(version) {
        let transaction = connection.transaction().map_err(text)?;
        transaction.execute_batch(step).map_err(text)?;
        transaction.pragma_update(None, "user_version", at as u32 + 1).map_err(text)?;
        transaction.commit().map_err(text)?;
    }
    Ok(())
}
