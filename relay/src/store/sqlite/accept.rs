//! What is taken in.

use super::keep::count;
use crate::store::{Accepted, Arrival};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Keeps each that is neither known nor of somebody who was erased.
pub fn accept(connection: &Connection, arrivals: &[Arrival], now: i64) -> rusqlite::Result<Vec<Accepted>> {
    let mut erased = connection.prepare_cached("SELECT 1 FROM erased WHERE tenant = ?1 AND subject = ?2")?;
    let mut see = connection.prepare_cached("INSERT OR IGNORE INTO seen VALUES (?1, ?2, ?3, ?4, NULL)")?;
    let mut put = connection.prepare_cached(
        "INSERT INTO outbox (tenant, subject, event_id, source, identification, body, accepted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut accepted = Vec::with_capacity(arrivals.len());
    // A batch is one customer's as a rule, and what concerns the customer is done once. How many records of each are new.
    let mut customers = BTreeMap::<(&str, &str), Option<i64>>::new();
    for Arrival { tenant, subject, event_id, source, identification, body } in arrivals {
        let subject = subject.as_str();
        let new = match customers.entry((tenant, subject)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(first) => first.insert((!erased.exists(params![tenant, subject])?).then_some(0)),
        };
        let Some(new) = new else {
            accepted.push(Accepted::Erased);
            continue;
        };
        if see.execute(params![tenant, subject, event_id, now])? == 0 {
            accepted.push(Accepted::Known);
            continue;
        }
        put.execute(params![tenant, subject, event_id, source.as_str(), identification, body, now])?;
        *new += 1;
        accepted.push(Accepted::New);
    }
    for ((tenant, subject), new) in customers {
        note(connection, tenant, subject, new.unwrap_or_default(), now)?;
    }
    Ok(accepted)
}

fn note(connection: &Connection, tenant: &str, subject: &str, new: i64, now: i64) -> rusqlite::Result<()> {
    if new == 0 {
        return Ok(());
    }
    // Of whom something waits already, that comes first, whenever it is due.
    connection
        .prepare_cached("INSERT OR IGNORE INTO customers (tenant, subject, due) VALUES (?1, ?2, ?3)")?
        .execute(params![tenant, subject, now])?;
    count(connection, tenant, "accepted", new)
}
