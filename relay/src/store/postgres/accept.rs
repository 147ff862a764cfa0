//! What is taken in.

use crate::store::{Accepted, Arrival};
use deadpool_postgres::Client;
use std::collections::{BTreeSet, HashSet};
use tokio_postgres::{Error, Row};

/// Keeps each that is neither known nor of somebody who was erased: in two statements, however many there are.
pub async fn accept(client: &Client, arrivals: &[Arrival], now: i64, due: i64) -> Result<Vec<Accepted>, Error> {
    let column = |of: fn(&Arrival) -> &str| arrivals.iter().map(of).collect::<Vec<_>>();
    let (tenants, subjects) = (column(|one| &one.tenant), column(|one| one.subject.as_str()));
    lock(client, &tenants, &subjects, due).await?;
    let identifications: Vec<Option<&str>> = arrivals.iter().map(|one| one.identification.as_deref()).collect();
    let keep = client.prepare_cached(KEEP).await?;
    let rows = client
        .query(
            &keep,
            &[
                &tenants,
                &subjects,
                &column(|one| &one.event_id),
                &column(|one| one.source.as_str()),
                &identifications,
                &column(|one| &one.body),
                &now,
            ],
        )
        .await?;
    let mut new = HashSet::new();
    let mut erased = HashSet::new();
    for row in &rows {
        let (key, is_erased) = read(row)?;
        if is_erased {
            erased.insert((key.0, key.1))
        } else {
            new.insert(key)
        };
    }
    let accepted = arrivals.iter().map(|one| {
        let (tenant, subject) = (one.tenant.to_string(), one.subject.as_str().to_owned());
        if erased.contains(&(tenant.clone(), subject.clone())) {
            Accepted::Erased
        } else if new.remove(&(tenant, subject, one.event_id.to_string())) {
            Accepted::New
        } else {
            Accepted::Known
        }
    });
    Ok(accepted.collect())
}

// In one order, so that two batches never wait for each other.
async fn lock(client: &Client, tenants: &[&str], subjects: &[&str], due: i64) -> Result<(), Error> {
    let customers: BTreeSet<(&str, &str)> = tenants.iter().copied().zip(subjects.iter().copied()).collect();
    let (tenants, subjects): (Vec<_>, Vec<_>) = customers.into_iter().unzip();
    let lock = client.prepare_cached(LOCK).await?;
    client.execute(&lock, &[&tenants, &subjects, &due]).await.map(drop)
}

type Key = (String, String, String);

fn read(row: &Row) -> Result<(Key, bool), Error> {
    Ok(((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?), row.try_get(3)?))
}

// Of whom something waits already, that comes first, whenever it is due.
const LOCK: &str = "
INSERT INTO customers (tenant, subject, due)
SELECT tenant, subject, $3 FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (tenant, subject, place)
ORDER BY place
ON CONFLICT (tenant, subject) DO UPDATE SET due = customers.due";

const KEEP: &str = "
WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
        WITH ORDINALITY AS given (tenant, subject, event_id, source, identification, body, place)
), gone AS (
    SELECT DISTINCT tenant, subject FROM given JOIN erased USING (tenant, subject)
), new AS (
    INSERT INTO seen (tenant, subject, event_id, at)
    SELECT tenant, subject, event_id, $7 FROM given
    WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.tenant = given.tenant AND gone.subject = given.subject)
    ON CONFLICT DO NOTHING
    RETURNING tenant, subject, event_id
), first AS (
    SELECT DISTINCT ON (tenant, subject, event_id) given.* FROM given JOIN new USING (tenant, subject, event_id)
    ORDER BY tenant, subject, event_id, place
), kept AS (
    INSERT INTO outbox (tenant, subject, event_id, source, identification, body, accepted)
    SELECT tenant, subject, event_id, source, identification, body, $7 FROM first ORDER BY place
), counted AS (
    INSERT INTO counts SELECT tenant, 'accepted', count(*) FROM new GROUP BY tenant
)
SELECT tenant, subject, event_id, false FROM new
UNION ALL
SELECT tenant, subject, '', true FROM gone";
