//! What is kept, for how long, and how much of it there is.

use crate::store::{Dead, DeadReason, Totals, Waiting};
use crate::subject::Subject;
use rusqlite::{Connection, params};

/// Counts records of that outcome.
pub fn count(connection: &Connection, tenant: &str, outcome: &str, records: i64) -> rusqlite::Result<()> {
    if records == 0 {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO counts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET records = records + excluded.records",
        )?
        .execute(params![tenant, outcome, records])
        .map(drop)
}

/// Moves a record from the outbox to the dead.
pub fn bury(
    connection: &Connection,
    seq: i64,
    reason: &str,
    status: u16,
    detail: &str,
    now: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO dead SELECT seq, tenant, subject, event_id, source, identification, body, accepted, sent_at,
                ?2, ?3, ?4, ?5 FROM outbox WHERE seq = ?1",
        )?
        .execute(params![seq, reason, status, detail, now])?;
    let tenant: String = connection
        .prepare_cached("DELETE FROM outbox WHERE seq = ?1 RETURNING tenant")?
        .query_row([seq], |row| row.get(0))?;
    count(connection, &tenant, "dead", 1)
}

/// Forgets a customer of whom nothing waits.
pub fn leave(connection: &Connection, tenant: &str, subject: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM customers WHERE tenant = ?1 AND subject = ?2
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE tenant = ?1 AND subject = ?2)",
        )?
        .execute(params![tenant, subject])
        .map(drop)
}

/// A customer's own that wait.
pub fn waiting(connection: &Connection, tenant: &str, subject: &Subject) -> rusqlite::Result<Vec<Waiting>> {
    let mut statement = connection.prepare_cached(
        "SELECT event_id, body, accepted FROM outbox
         WHERE tenant = ?1 AND subject = ?2 AND source = 'browser' AND fate = 'deliver' ORDER BY seq LIMIT 1000",
    )?;
    let rows = statement.query_map(params![tenant, subject.as_str()], |row| {
        Ok(Waiting { event_id: row.get(0)?, body: row.get(1)?, accepted: row.get(2)? })
    })?;
    rows.collect()
}

/// The dead, the newest first.
pub fn dead(connection: &Connection, tenant: Option<&str>, most: u32) -> rusqlite::Result<Vec<Dead>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, tenant, event_id, reason, status, detail, died_at, subject, body FROM dead
         WHERE ?1 IS NULL OR tenant = ?1 ORDER BY died_at DESC, seq DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![tenant, most], |row| {
        Ok(Dead {
            seq: row.get(0)?,
            tenant: row.get(1)?,
            event_id: row.get(2)?,
            reason: row.get(3)?,
            status: row.get(4)?,
            detail: row.get(5)?,
            died_at: row.get(6)?,
            subject: row.get(7)?,
            body: row.get(8)?,
        })
    })?;
    rows.collect()
}

/// Puts dead records back. What may be at Omneo is looked for first, as before.
pub fn replay(connection: &Connection, tenant: &str, seq: Option<i64>, now: i64) -> rusqlite::Result<u64> {
    let own = "tenant = ?1 AND (?2 IS NULL OR seq = ?2)";
    connection.execute(
        &format!(
            "INSERT INTO outbox (seq, tenant, subject, event_id, source, identification, body, accepted, sent_at)
             SELECT seq, tenant, subject, event_id, source, identification, body, ?3, sent_at FROM dead WHERE {own}"
        ),
        params![tenant, seq, now],
    )?;
    connection.execute(
        &format!(
            "INSERT OR IGNORE INTO customers (tenant, subject, due) SELECT tenant, subject, ?3 FROM dead WHERE {own}"
        ),
        params![tenant, seq, now],
    )?;
    let replayed = connection.execute(&format!("DELETE FROM dead WHERE {own}"), params![tenant, seq])?;
    count(connection, tenant, "dead", -(replayed as i64))?;
    Ok(replayed as u64)
}

/// Gives up what waits too long and is in nobody's hands. Of what was withdrawn, nothing is kept. Of an erased customer, what may be at
/// Omneo is looked for however long that takes.
pub fn expire(connection: &Connection, before: i64, now: i64) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, tenant, fate = 'deliver' FROM outbox
         WHERE seq <= (SELECT min(seq) + 100000 FROM outbox) AND accepted < ?1 AND fate <> 'erase' AND NOT EXISTS (
            SELECT 1 FROM customers WHERE customers.tenant = outbox.tenant AND customers.subject = outbox.subject
            AND claim <> 0 AND due > ?2
         ) LIMIT 1000",
    )?;
    let old = statement.query_map([before, now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let old: Vec<(i64, String, bool)> = old.collect::<Result<_, _>>()?;
    for (seq, tenant, is_to_deliver) in &old {
        if *is_to_deliver {
            bury(connection, *seq, DeadReason::TooOld.as_str(), 0, "", now)?;
        } else {
            connection.execute("DELETE FROM outbox WHERE seq = ?1", [seq])?;
            count(connection, tenant, "withdrawn", 1)?;
        }
    }
    Ok(old.len() as u64)
}

/// Forgets what was kept long enough.
pub fn forget(connection: &Connection, before: i64) -> rusqlite::Result<u64> {
    // An id is known as long as its record waits.
    let seen = connection.execute(
        "DELETE FROM seen WHERE (tenant, subject, event_id) IN
            (SELECT tenant, subject, event_id FROM seen WHERE at < ?1 AND NOT EXISTS
                (SELECT 1 FROM outbox WHERE outbox.tenant = seen.tenant AND outbox.subject = seen.subject
                 AND outbox.event_id = seen.event_id) LIMIT 1000)",
        [before],
    )?;
    let dead = connection.execute("DELETE FROM dead WHERE died_at < ?1", [before])?;
    let erased = connection.execute("DELETE FROM erased WHERE at < ?1", [before])?;
    Ok((seen + dead + erased) as u64)
}

/// A tenant's figures.
pub fn totals(connection: &Connection, tenant: &str) -> rusqlite::Result<Totals> {
    let mut totals = Totals::default();
    let mut statement = connection.prepare_cached("SELECT outcome, records FROM counts WHERE tenant = ?1")?;
    for row in statement.query_map([tenant], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))? {
        let (outcome, records) = row?;
        match outcome.as_str() {
            "accepted" => totals.accepted = records,
            "delivered" => totals.delivered = records,
            "dead" => totals.dead = records,
            "erased" => totals.erased = records,
            "withdrawn" => totals.withdrawn = records,
            _ => {}
        }
    }
    let count = "SELECT count(*) FROM outbox WHERE tenant = ?1";
    totals.waiting = connection.prepare_cached(count)?.query_row([tenant], |row| row.get(0))?;
    // In the order in which they came, so that this looks at no more than a few of other tenants.
    let oldest = "SELECT accepted FROM outbox NOT INDEXED WHERE tenant = ?1 ORDER BY seq LIMIT 1";
    totals.oldest = match connection.prepare_cached(oldest)?.query_row([tenant], |row| row.get(0)) {
        Err(rusqlite::Error::QueryReturnedNoRows) => None,
        other => Some(other?),
    };
    Ok(totals)
}
