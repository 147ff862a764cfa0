//! What is taken in.

use super::keep::count;
use crate::store::{Accepted, Arrival};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Keeps each that is neither known nor of somebody who was erased.
pub fn accept(connection: &Connection, arrivals: &[Arrival], now: i64) -> rusqlite::Result<Vec<Accepted>> {
    let accepted =
        arrivals.iter().map(|arrival| accept_one(connection, arrival, now)).collect::<Result<Vec<_>, _>>()?;
    let mut new = BTreeMap::<&str, i64>::new();
    for (arrival, accepted) in arrivals.iter().zip(&accepted) {
        *new.entry(&arrival.tenant).or_default() += i64::from(*accepted == Accepted::New);
    }
    for (tenant, records) in new {
        count(connection, tenant, "accepted", records)?;
    }
    Ok(accepted)
}

fn accept_one(connection: &Connection, arrival: &Arrival, now: i64) -> rusqlite::Result<Accepted> {
    let Arrival { tenant, subject, event_id, source, identification, body } = arrival;
    let subject = subject.as_str();
    let mut erased = connection.prepare_cached("SELECT 1 FROM erased WHERE tenant = ?1 AND subject = ?2")?;
    if erased.exists(params![tenant, subject])? {
        return Ok(Accepted::Erased);
    }
    let mut see = connection.prepare_cached("INSERT OR IGNORE INTO seen VALUES (?1, ?2, ?3, ?4, NULL)")?;
    if see.execute(params![tenant, subject, event_id, now])? == 0 {
        return Ok(Accepted::Known);
    }
    connection
        .prepare_cached(
            "INSERT INTO outbox (tenant, subject, event_id, source, identification, body, accepted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![tenant, subject, event_id, source.as_str(), identification, body, now])?;
    // Of whom something waits already, that comes first, whenever it is due.
    connection
        .prepare_cached("INSERT OR IGNORE INTO customers (tenant, subject, due) VALUES (?1, ?2, ?3)")?
        .execute(params![tenant, subject, now])?;
    Ok(Accepted::New)
}
