//! What is kept, for how long, and how much of it there is.

use crate::store::{Dead, DeadReason, Totals, Waiting};
use crate::subject::Subject;
use deadpool_postgres::Client;
use tokio_postgres::{Error, Row};

/// Counts records of that outcome.
pub async fn count(client: &Client, tenant: &str, outcome: &str, records: i64) -> Result<(), Error> {
    if records == 0 {
        return Ok(());
    }
    let insert = client.prepare_cached("INSERT INTO counts VALUES ($1, $2, $3)").await?;
    client.execute(&insert, &[&tenant, &outcome, &records]).await.map(drop)
}

/// Moves a record from the outbox to the dead.
pub async fn bury(client: &Client, seq: i64, reason: &str, status: u16, detail: &str, now: i64) -> Result<(), Error> {
    let bury = "
        WITH gone AS (DELETE FROM outbox WHERE seq = $1 RETURNING *), counted AS (
            INSERT INTO counts SELECT tenant, 'dead', 1 FROM gone
        )
        INSERT INTO dead SELECT seq, tenant, subject, event_id, source, identification, body, accepted, sent_at,
            $2, $3, $4, $5 FROM gone";
    client.execute(bury, &[&seq, &reason, &i32::from(status), &detail, &now]).await.map(drop)
}

/// A customer's own that wait.
pub async fn waiting(client: &Client, tenant: &str, subject: &Subject) -> Result<Vec<Waiting>, Error> {
    let select = "SELECT event_id, body, accepted FROM outbox
        WHERE tenant = $1 AND subject = $2 AND source = 'browser' AND fate = 'deliver' ORDER BY seq LIMIT 1000";
    let read = |row: &Row| Ok(Waiting { event_id: row.try_get(0)?, body: row.try_get(1)?, accepted: row.try_get(2)? });
    client.query(select, &[&tenant, &subject.as_str()]).await?.iter().map(read).collect()
}

/// The dead, the newest first.
pub async fn dead(client: &Client, tenant: Option<&str>, most: u32) -> Result<Vec<Dead>, Error> {
    let select = "SELECT seq, tenant, event_id, reason, status, detail, died_at, subject, body FROM dead
        WHERE $1::text IS NULL OR tenant = $1 ORDER BY died_at DESC, seq DESC LIMIT $2";
    let read = |row: &Row| {
        Ok(Dead {
            seq: row.try_get(0)?,
            tenant: row.try_get(1)?,
            event_id: row.try_get(2)?,
            reason: row.try_get(3)?,
            status: u16::try_from(row.try_get::<_, i32>(4)?).unwrap_or_default(),
            detail: row.try_get(5)?,
            died_at: row.try_get(6)?,
            subject: row.try_get(7)?,
            body: row.try_get(8)?,
        })
    };
    client.query(select, &[&tenant, &i64::from(most)]).await?.iter().map(read).collect()
}

/// Puts some dead records with a place behind `after` back: how many, and the last one's place; `None` where there was none. What may
/// be at Omneo is looked for first, as before.
pub async fn replay(
    client: &Client,
    tenant: &str,
    seq: Option<i64>,
    after: i64,
    now: i64,
    due: i64,
) -> Result<(u64, Option<i64>), Error> {
    // The customers' rows first, as everywhere; whose turn nobody took here stays dead, also where they have died since.
    let lock = "
        WITH chosen AS (
            SELECT seq, tenant, subject FROM dead
            WHERE tenant = $1 AND ($2::bigint IS NULL OR seq = $2) AND seq > $3 ORDER BY seq LIMIT 5000
        ), locked AS (
            INSERT INTO customers (tenant, subject, due)
            SELECT tenant, subject, $4 FROM chosen GROUP BY tenant, subject
            ORDER BY tenant COLLATE \"C\", subject COLLATE \"C\"
            ON CONFLICT (tenant, subject) DO UPDATE SET due = customers.due
        )
        SELECT seq FROM chosen ORDER BY seq";
    let rows = client.query(lock, &[&tenant, &seq, &after, &due]).await?;
    let chosen = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    let back = "WITH gone AS (DELETE FROM dead WHERE seq = ANY ($1) RETURNING *)
        INSERT INTO outbox (seq, tenant, subject, event_id, source, identification, body, accepted, sent_at)
        SELECT seq, tenant, subject, event_id, source, identification, body, $2, sent_at FROM gone";
    let replayed = client.execute(back, &[&chosen, &now]).await?;
    count(client, tenant, "dead", -(replayed as i64)).await?;
    Ok((replayed, chosen.last().copied()))
}

/// Gives up what waits too long and is in nobody's hands. Of what was withdrawn, nothing is kept. Of an erased customer, what may be at
/// Omneo is looked for however long that takes.
pub async fn expire(client: &Client, before: i64, now: i64, now_there: i64) -> Result<u64, Error> {
    // Those that came first, so that this looks at no more than a part of what waits.
    let expire = "
        WITH old AS (
            SELECT seq FROM outbox
            WHERE seq <= (SELECT min(seq) + 100000 FROM outbox) AND accepted < $1 AND fate <> 'erase' AND NOT EXISTS (
                SELECT 1 FROM customers WHERE customers.tenant = outbox.tenant AND customers.subject = outbox.subject
                AND claim <> 0 AND due > $4
            )
            ORDER BY seq LIMIT 1000 FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM outbox WHERE seq IN (SELECT seq FROM old) RETURNING *
        ), buried AS (
            INSERT INTO dead SELECT seq, tenant, subject, event_id, source, identification, body, accepted, sent_at,
                $2, 0, '', $3 FROM gone WHERE fate = 'deliver'
        ), counted AS (
            INSERT INTO counts SELECT tenant, CASE fate WHEN 'deliver' THEN 'dead' ELSE 'withdrawn' END, count(*)
            FROM gone GROUP BY 1, 2
        )
        SELECT count(*) FROM gone";
    let row = client.query_one(expire, &[&before, &DeadReason::TooOld.as_str(), &now, &now_there]).await?;
    Ok(row.try_get::<_, i64>(0)?.unsigned_abs())
}

/// Forgets what was kept long enough, and adds the counts up.
pub async fn forget(client: &Client, before: i64) -> Result<u64, Error> {
    // An id is known as long as its record waits.
    let seen = "DELETE FROM seen WHERE (tenant, subject, event_id) IN (
        SELECT tenant, subject, event_id FROM seen WHERE at < $1 AND NOT EXISTS (
            SELECT 1 FROM outbox WHERE outbox.tenant = seen.tenant AND outbox.subject = seen.subject
            AND outbox.event_id = seen.event_id
        ) LIMIT 1000)";
    let mut forgotten = client.execute(seen, &[&before]).await?;
    forgotten += client.execute("DELETE FROM dead WHERE died_at < $1", &[&before]).await?;
    forgotten += client.execute("DELETE FROM erased WHERE at < $1", &[&before]).await?;
    // One node at a time; in one statement, so that whoever asks meanwhile sees each count once.
    let is_ours = client.query_one("SELECT pg_try_advisory_xact_lock($1)", &[&ADDING_UP]).await?;
    if is_ours.try_get(0)? {
        let add_up = "WITH gone AS (DELETE FROM counts RETURNING *)
            INSERT INTO counts SELECT tenant, outcome, sum(records) FROM gone GROUP BY tenant, outcome";
        client.execute(add_up, &[]).await?;
    }
    Ok(forgotten)
}

/// A tenant's figures, in one statement, so that they are of one moment.
pub async fn totals(client: &Client, tenant: &str) -> Result<Totals, Error> {
    let select = "SELECT
            coalesce(sum(records) FILTER (WHERE outcome = 'accepted'), 0)::bigint,
            coalesce(sum(records) FILTER (WHERE outcome = 'delivered'), 0)::bigint,
            coalesce(sum(records) FILTER (WHERE outcome = 'dead'), 0)::bigint,
            coalesce(sum(records) FILTER (WHERE outcome = 'erased'), 0)::bigint,
            coalesce(sum(records) FILTER (WHERE outcome = 'withdrawn'), 0)::bigint,
            (SELECT count(*) FROM outbox WHERE tenant = $1),
            (SELECT min(accepted) FROM (SELECT accepted FROM outbox WHERE tenant = $1 ORDER BY seq LIMIT 1) AS first)
        FROM counts WHERE tenant = $1";
    let row = client.query_one(select, &[&tenant]).await?;
    Ok(Totals {
        accepted: row.try_get(0)?,
        delivered: row.try_get(1)?,
        dead: row.try_get(2)?,
        erased: row.try_get(3)?,
        withdrawn: row.try_get(4)?,
        waiting: row.try_get(5)?,
        oldest: row.try_get(6)?,
    })
}

/// About how many bytes it all is, by some two hundred pages of each table: a file keeps the room of what has gone, for what comes.
pub async fn bytes(client: &Client) -> Result<u64, Error> {
    let select = "
        SELECT ((
            SELECT coalesce(sum(pg_column_size(body) + 300), 0) FROM outbox
                TABLESAMPLE SYSTEM (least(100, 163840000.0 / greatest(1, pg_relation_size('outbox')))) REPEATABLE (1)
        ) * greatest(1, pg_relation_size('outbox') / 1638400.0) + (
            SELECT count(*) * 250 FROM seen
                TABLESAMPLE SYSTEM (least(100, 163840000.0 / greatest(1, pg_relation_size('seen')))) REPEATABLE (1)
        ) * greatest(1, pg_relation_size('seen') / 1638400.0))::bigint";
    Ok(client.query_one(select, &[]).await?.try_get::<_, i64>(0)?.unsigned_abs())
}

const ADDING_UP: i64 = 0x6f_6d6e_6570;
