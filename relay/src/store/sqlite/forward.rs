//! Claims, and how they end.

use super::erase::erase;
use super::keep::{bury, count, leave};
use crate::store::{Claim, Ending, Fate};
use crate::subject::Subject;
use rusqlite::{Connection, OptionalExtension, params};

/// Claims whoever is due first.
pub fn claim(connection: &Connection, tenant: &str, now: i64, until: i64) -> rusqlite::Result<Option<Claim>> {
    let number = random();
    while let Some(subject) = take_turn(connection, tenant, number, now, until)? {
        if let Some(claim) = first(connection, tenant, &subject, number)? {
            return Ok(Some(claim));
        }
        // Whatever waited was withdrawn, erased or given up.
        leave(connection, tenant, &subject)?;
    }
    Ok(None)
}

fn take_turn(
    connection: &Connection,
    tenant: &str,
    number: i64,
    now: i64,
    until: i64,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "UPDATE customers SET claim = ?1, due = ?2 WHERE tenant = ?3 AND subject =
                (SELECT subject FROM customers WHERE tenant = ?3 AND due <= ?4 ORDER BY due LIMIT 1)
             RETURNING subject",
        )?
        .query_row(params![number, until, tenant, now], |row| row.get(0))
        .optional()
}

fn first(connection: &Connection, tenant: &str, subject: &str, number: i64) -> rusqlite::Result<Option<Claim>> {
    connection
        .prepare_cached(
            "SELECT seq, event_id, identification, body, accepted, sent_at, failures, fate,
                (SELECT profile FROM ties WHERE ties.tenant = outbox.tenant AND ties.subject = outbox.subject)
             FROM outbox WHERE tenant = ?1 AND subject = ?2 ORDER BY seq LIMIT 1",
        )?
        .query_row(params![tenant, subject], |row| {
            Ok(Claim {
                number,
                tenant: tenant.into(),
                subject: Subject::from_kept(subject),
                seq: row.get(0)?,
                event_id: row.get(1)?,
                identification: row.get(2)?,
                body: row.get(3)?,
                accepted: row.get(4)?,
                sent_at: row.get(5)?,
                failures: row.get(6)?,
                fate: Fate::from_kept(&row.get::<_, String>(7)?),
                profile: row.get(8)?,
            })
        })
        .optional()
}

/// Ends all claims: whoever had them held the file's lock, and is gone.
pub fn release_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE customers SET due = 0, claim = 0 WHERE claim <> 0", []).map(drop)
}

/// Notes that the record is about to be sent.
pub fn sent(connection: &Connection, claim: &Claim, now: i64) -> rusqlite::Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET sent_at = ?1 WHERE seq = ?2 AND fate = 'deliver' AND EXISTS
                (SELECT 1 FROM customers WHERE tenant = ?3 AND subject = ?4 AND claim = ?5)",
        )?
        .execute(params![now, claim.seq, claim.tenant, claim.subject.as_str(), claim.number])?;
    Ok(changed > 0)
}

/// Ends the claim.
pub fn finish(connection: &Connection, claim: &Claim, ending: &Ending, now: i64, next: i64) -> rusqlite::Result<bool> {
    let (tenant, subject) = (&*claim.tenant, claim.subject.as_str());
    // The record's fate may have changed since it was claimed.
    let fate: Option<String> = connection
        .prepare_cached(
            "SELECT fate FROM outbox WHERE seq = ?1 AND EXISTS
                (SELECT 1 FROM customers WHERE tenant = ?2 AND subject = ?3 AND claim = ?4)",
        )?
        .query_row(params![claim.seq, tenant, subject, claim.number], |row| row.get(0))
        .optional()?;
    let Some(fate) = fate else { return Ok(false) };
    let fate = if is_of_erased(connection, tenant, ending)? {
        erase(connection, tenant, vec![claim.subject.clone()], now)?;
        Fate::Erase
    } else {
        Fate::from_kept(&fate)
    };
    match (ending, fate) {
        (Ending::Later { is_absent: false, has_failed }, _) | (Ending::Later { has_failed, .. }, Fate::Deliver) => {
            let is_absent = matches!(ending, Ending::Later { is_absent: true, .. });
            connection
                .prepare_cached(
                    // Where the clock was set back, it was sent in its future: that would be waited for.
                    "UPDATE outbox SET failures = failures + ?1, sent_at = CASE WHEN ?2 THEN NULL ELSE min(sent_at, ?4) END
                     WHERE seq = ?3",
                )?
                .execute(params![has_failed, is_absent, claim.seq, now])?;
        }
        (Ending::Dead { reason, status, detail }, Fate::Deliver) => {
            bury(connection, claim.seq, reason.as_str(), *status, detail, now)?;
        }
        // It is not sent again, so there is nobody to keep it for.
        (Ending::Later { .. } | Ending::Dropped | Ending::Dead { .. }, fate) => {
            take(connection, claim, if fate == Fate::Erase { "erased" } else { "withdrawn" })?;
        }
        (Ending::Delivered { omneo_id, .. } | Ending::Erased { omneo_id }, Fate::Erase) => {
            if let Some(id) = omneo_id {
                connection.execute("INSERT OR IGNORE INTO removals VALUES (?1, ?2, ?3)", params![tenant, id, now])?;
            }
            take(connection, claim, "erased")?;
        }
        (Ending::Delivered { omneo_id, .. } | Ending::Erased { omneo_id }, _) => {
            connection
                .prepare_cached("UPDATE seen SET omneo_id = ?1 WHERE tenant = ?2 AND subject = ?3 AND event_id = ?4")?
                .execute(params![omneo_id, tenant, subject, claim.event_id])?;
            if let Ending::Delivered { profile: Some(profile), .. } = ending {
                connection
                    .prepare_cached(
                        "INSERT INTO ties VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET profile = excluded.profile",
                    )?
                    .execute(params![tenant, subject, profile])?;
            }
            take(connection, claim, "delivered")?;
        }
    }
    connection
        .prepare_cached("UPDATE customers SET due = ?1, claim = 0 WHERE tenant = ?2 AND subject = ?3")?
        .execute(params![next, tenant, subject])?;
    leave(connection, tenant, subject)?;
    Ok(true)
}

// Whose an identifier is, Omneo's answer tells: it may be somebody who was erased meanwhile.
fn is_of_erased(connection: &Connection, tenant: &str, ending: &Ending) -> rusqlite::Result<bool> {
    let Ending::Delivered { profile: Some(profile), .. } = ending else { return Ok(false) };
    let look = "SELECT 1 FROM erased WHERE tenant = ?1 AND subject = ?2";
    connection.prepare_cached(look)?.exists(params![tenant, profile])
}

fn take(connection: &Connection, claim: &Claim, outcome: &str) -> rusqlite::Result<()> {
    let taken = connection.prepare_cached("DELETE FROM outbox WHERE seq = ?1")?.execute([claim.seq])?;
    count(connection, &claim.tenant, outcome, taken as i64)
}

// Never 0, which stands for none.
fn random() -> i64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    i64::from_le_bytes(bytes) | 1
}
