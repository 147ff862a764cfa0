//! What a customer takes back.

use super::keep::{count, leave};
use crate::store::Erased;
use crate::subject::Subject;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Drops what browsers handed in and is not sent.
pub fn withdraw(
    connection: &Connection,
    tenant: &str,
    subject: &Subject,
    event_id: Option<&str>,
) -> rusqlite::Result<u64> {
    let own = "tenant = ?1 AND subject = ?2 AND source = 'browser' AND (?3 IS NULL OR event_id = ?3)";
    let own_params = params![tenant, subject.as_str(), event_id];
    let dropped = connection.execute(&format!("DELETE FROM outbox WHERE {own} AND sent_at IS NULL"), own_params)?;
    let change = format!("UPDATE outbox SET fate = 'withdraw' WHERE {own} AND fate = 'deliver'");
    connection.execute(&change, own_params)?;
    count(connection, tenant, "withdrawn", dropped as i64)?;
    leave(connection, tenant, subject.as_str())?;
    Ok(dropped as u64)
}

/// Erases a customer.
pub fn erase(connection: &Connection, tenant: &str, subjects: Vec<Subject>, now: i64) -> rusqlite::Result<Erased> {
    let mut erased = Erased::default();
    for subject in &tied(connection, tenant, subjects)? {
        erase_one(connection, tenant, subject, now, &mut erased)?;
    }
    count(connection, tenant, "erased", (erased.waiting + erased.dead) as i64)?;
    count(connection, tenant, "dead", -(erased.dead as i64))?;
    Ok(erased)
}

fn erase_one(
    connection: &Connection,
    tenant: &str,
    subject: &str,
    now: i64,
    erased: &mut Erased,
) -> rusqlite::Result<()> {
    let own = params![tenant, subject];
    let execute = |sql: &str| connection.execute(sql, own).map(|changed| changed as u64);
    erased.waiting += execute("DELETE FROM outbox WHERE tenant = ?1 AND subject = ?2 AND sent_at IS NULL")?;
    // Its body is not needed any more; its id is, to look for it.
    erased.under_way += execute(
        "UPDATE outbox SET fate = 'erase', body = '{}' WHERE tenant = ?1 AND subject = ?2 AND fate <> 'erase'",
    )?;
    erased.dead += execute("DELETE FROM dead WHERE tenant = ?1 AND subject = ?2")?;
    erased.at_omneo += connection.execute(
        "INSERT OR IGNORE INTO removals SELECT tenant, omneo_id, ?3 FROM seen
         WHERE tenant = ?1 AND subject = ?2 AND omneo_id IS NOT NULL",
        params![tenant, subject, now],
    )? as u64;
    erased.remembered += execute("DELETE FROM seen WHERE tenant = ?1 AND subject = ?2")?;
    execute("DELETE FROM ties WHERE tenant = ?1 AND subject = ?2")?;
    connection.execute("INSERT OR REPLACE INTO erased VALUES (?1, ?2, ?3)", params![tenant, subject, now])?;
    leave(connection, tenant, subject)
}

// A customer under all the names that Omneo is known to have tied to one profile.
fn tied(connection: &Connection, tenant: &str, subjects: Vec<Subject>) -> rusqlite::Result<BTreeSet<String>> {
    let mut all: BTreeSet<String> = subjects.iter().map(|subject| subject.as_str().to_owned()).collect();
    let mut profiles = connection.prepare("SELECT profile FROM ties WHERE tenant = ?1 AND subject = ?2")?;
    for subject in &subjects {
        for profile in profiles.query_map(params![tenant, subject.as_str()], |row| row.get(0))? {
            all.insert(profile?);
        }
    }
    let mut others = connection.prepare("SELECT subject FROM ties WHERE tenant = ?1 AND profile = ?2")?;
    for profile in all.clone() {
        for other in others.query_map(params![tenant, profile], |row| row.get(0))? {
            all.insert(other?);
        }
    }
    Ok(all)
}

/// What is still to be deleted at Omneo.
pub fn removals(connection: &Connection, tenant: &str, most: u32) -> rusqlite::Result<Vec<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT omneo_id FROM removals WHERE tenant = ?1 ORDER BY at LIMIT ?2")?;
    statement.query_map(params![tenant, most], |row| row.get(0))?.collect()
}

/// What is deleted there.
pub fn removed(connection: &Connection, tenant: &str, omneo_ids: &[i64]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("DELETE FROM removals WHERE tenant = ?1 AND omneo_id = ?2")?;
    omneo_ids.iter().try_for_each(|id| statement.execute(params![tenant, id]).map(drop))
}
