//! The tables, and how an older database gets them.

use super::connect::why;
use deadpool_postgres::Client;

/// Each step once, in order. The table `version` says how many a database has had.
const STEPS: &[&str] = &["
CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE seen (
    tenant text NOT NULL, subject text NOT NULL, event_id text NOT NULL, at bigint NOT NULL, omneo_id bigint,
    PRIMARY KEY (tenant, subject, event_id)
);
CREATE INDEX seen_at ON seen (at);
CREATE TABLE outbox (
    seq bigserial PRIMARY KEY, tenant text NOT NULL, subject text NOT NULL, event_id text NOT NULL, source text NOT NULL,
    identification text, body text NOT NULL, accepted bigint NOT NULL, sent_at bigint,
    failures integer NOT NULL DEFAULT 0, fate text NOT NULL DEFAULT 'deliver'
);
CREATE INDEX outbox_of_customer ON outbox (tenant, subject, seq);
CREATE TABLE customers (
    tenant text NOT NULL, subject text NOT NULL, due bigint NOT NULL, claim bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, subject)
);
CREATE INDEX customers_due ON customers (tenant, due);
CREATE TABLE dead (
    seq bigint PRIMARY KEY, tenant text NOT NULL, subject text NOT NULL, event_id text NOT NULL, source text NOT NULL,
    identification text, body text NOT NULL, accepted bigint NOT NULL, sent_at bigint, reason text NOT NULL,
    status integer NOT NULL, detail text NOT NULL, died_at bigint NOT NULL
);
CREATE INDEX dead_of_customer ON dead (tenant, subject);
CREATE INDEX dead_at ON dead (died_at);
CREATE TABLE ties (tenant text NOT NULL, subject text NOT NULL, profile text NOT NULL, PRIMARY KEY (tenant, subject));
CREATE INDEX ties_of_profile ON ties (tenant, profile);
CREATE TABLE erased (tenant text NOT NULL, subject text NOT NULL, at bigint NOT NULL, PRIMARY KEY (tenant, subject));
CREATE TABLE removals (
    tenant text NOT NULL, omneo_id bigint NOT NULL, at bigint NOT NULL, PRIMARY KEY (tenant, omneo_id)
);
-- Rows are only added, and added up now and then: one row that all nodes write would make each wait for the others.
CREATE TABLE counts (tenant text NOT NULL, outcome text NOT NULL, records bigint NOT NULL);
"];

/// Brings a database up to date; of several nodes that start at once, one does, and the others wait.
///
/// # Errors
/// A database that a newer relay wrote, which this one would misread; and what PostgreSQL says.
pub async fn migrate(client: &mut Client) -> Result<(), String> {
    let steps = async {
        let transaction = client.transaction().await?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
        transaction.batch_execute("CREATE TABLE IF NOT EXISTS version (steps integer NOT NULL)").await?;
        let row = transaction.query_one("SELECT coalesce(max(steps), 0) FROM version", &[]).await?;
        let version = row.try_get::<_, i32>(0)?.unsigned_abs() as usize;
        for step in STEPS.iter().skip(version) {
            transaction.batch_execute(step).await?;
        }
        if version < STEPS.len() {
            transaction.execute("DELETE FROM version", &[]).await?;
            transaction.execute("INSERT INTO version VALUES ($1)", &[&(STEPS.len() as i32)]).await?;
        }
        transaction.commit().await?;
        Ok::<_, tokio_postgres::Error>(version)
    };
    let version = steps.await.map_err(|error| format!("the tables of the database cannot be made: {}", why(&error)))?;
    if version > STEPS.len() {
        return Err(format!(
            "the database has version {version}, and this relay knows {} at most: a newer relay wrote it; start that one",
            STEPS.len()
        ));
    }
    Ok(())
}

/// Any number that no other program takes: "omneo" in ASCII.
const LOCK: i64 = 0x6f_6d6e_656f;
