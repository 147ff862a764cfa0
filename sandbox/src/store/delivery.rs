//! What is to be brought to webhooks' receivers, and what was: the outbox and the log in one.

use super::Webhook;
use crate::clock::now;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

/// A delivery that is due.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub id: i64,
    pub url: String,
    pub body: String,
    /// How often it was tried.
    pub tried: u32,
}

/// How a receiver answered: its status, or why there was none.
pub type Outcome = Result<u16, String>;

/// What becomes of a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Delivered,
    /// It is tried again after so many milliseconds.
    Again(i64),
    GivenUp,
}

impl Delivery {
    /// Puts an event's context into the outbox.
    pub fn put(connection: &Connection, webhook: &Webhook, interaction: i64, context: &Value) -> rusqlite::Result<()> {
        let subscription = &webhook.subscription;
        connection
            .execute(
                "INSERT INTO deliveries (webhook_id, \"trigger\", url, queue, interaction_id, body, due)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    webhook.id,
                    subscription.trigger,
                    subscription.url,
                    subscription.queue,
                    interaction,
                    context.to_string(),
                    now().0
                ],
            )
            .map(drop)
    }

    /// Those that are due, the first of each webhook only, so that none holds up another.
    pub fn due(connection: &Connection) -> rusqlite::Result<Vec<Delivery>> {
        let mut statement = connection.prepare_cached(
            "SELECT * FROM (
                 SELECT *, row_number() OVER (PARTITION BY webhook_id ORDER BY due, id) AS place
                 FROM deliveries WHERE state = 'waiting' AND due <= ?1
             ) WHERE place <= ?2
             ORDER BY CASE queue WHEN 'high' THEN 1 WHEN 'default' THEN 2 ELSE 3 END, due, id",
        )?;
        statement.query_map(params![now().0, MOST_AT_ONCE], Delivery::of)?.collect()
    }

    /// In how many milliseconds the next one is due that is not yet; `None` where none waits.
    pub fn next(connection: &Connection) -> rusqlite::Result<Option<u64>> {
        let now = now().0;
        let query = "SELECT min(due) FROM deliveries WHERE state = 'waiting' AND due > ?1";
        let due: Option<i64> = connection.query_row(query, [now], |row| row.get(0))?;
        Ok(due.map(|due| (due - now).unsigned_abs()))
    }

    /// Notes an attempt. One whose webhook was deleted meanwhile stays stopped.
    pub fn note(&self, connection: &Connection, outcome: &Outcome, next: Next) -> rusqlite::Result<()> {
        let (state, wait) = match next {
            Next::Delivered => ("delivered", 0),
            Next::Again(wait) => ("waiting", wait),
            Next::GivenUp => ("given up", 0),
        };
        let now = now();
        let (status, error) = (outcome.as_ref().ok(), outcome.as_ref().err());
        let attempt = json!({ "at": now.to_iso(), "status": status, "error": error }).to_string();
        connection
            .execute(
                "UPDATE deliveries SET attempts = json_insert(attempts, '$[#]', json(?2)), due = ?3,
                 state = CASE state WHEN 'waiting' THEN ?4 ELSE state END WHERE id = ?1",
                params![self.id, attempt, now.0.saturating_add(wait), state],
            )
            .map(drop)
    }

    fn of(row: &Row<'_>) -> rusqlite::Result<Delivery> {
        let attempts: String = row.get("attempts")?;
        let attempts: Vec<Value> = serde_json::from_str(&attempts).unwrap_or_default();
        Ok(Delivery {
            id: row.get("id")?,
            url: row.get("url")?,
            body: row.get("body")?,
            tried: u32::try_from(attempts.len()).unwrap_or(u32::MAX),
        })
    }
}

/// The last ones, in the order of their events.
pub fn log(connection: &Connection) -> rusqlite::Result<Vec<Value>> {
    let query = "SELECT * FROM (SELECT * FROM deliveries ORDER BY id DESC LIMIT ?1) ORDER BY id";
    let mut statement = connection.prepare(query)?;
    let shown = statement.query_map([MOST_SHOWN], |row| {
        let (body, attempts): (String, String) = (row.get("body")?, row.get("attempts")?);
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        Ok(json!({
            "id": row.get::<_, i64>("id")?,
            "webhook_id": row.get::<_, i64>("webhook_id")?,
            "trigger": row.get::<_, String>("trigger")?,
            "url": row.get::<_, String>("url")?,
            "interaction_id": row.get::<_, i64>("interaction_id")?,
            "event_id": body["meta"]["event_id"],
            "state": row.get::<_, String>("state")?,
            "attempts": serde_json::from_str::<Value>(&attempts).unwrap_or_default(),
        }))
    })?;
    shown.collect()
}

/// Forgets all, also what waits.
pub fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM deliveries", []).map(drop)
}

/// To one receiver.
const MOST_AT_ONCE: u32 = 4;
const MOST_SHOWN: u32 = 1_000;
