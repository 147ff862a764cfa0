//! Webhooks, as they are kept.

use crate::clock::{date_time, now};
use crate::subscription::Subscription;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

/// A webhook: a row of `webhooks`.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub id: i64,
    pub subscription: Subscription,
    created_at: String,
    updated_at: String,
}

impl Webhook {
    /// Keeps one; `None` where another has its trigger and URL.
    pub fn create(connection: &Connection, subscription: &Subscription) -> rusqlite::Result<Option<Webhook>> {
        let Subscription { trigger, url, namespace, queue, condition } = subscription;
        let written = connection.execute(
            "INSERT OR IGNORE INTO webhooks (\"trigger\", url, namespace, queue, condition, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            params![trigger, url, namespace, queue, text(condition.as_ref()), date_time(now())],
        )?;
        if written == 0 { Ok(None) } else { Webhook::find(connection, connection.last_insert_rowid()) }
    }

    /// All, in the order of their creation.
    pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Webhook>> {
        let mut statement = connection.prepare_cached("SELECT * FROM webhooks ORDER BY id")?;
        statement.query_map([], Webhook::of)?.collect()
    }

    /// The one of that id.
    pub fn find(connection: &Connection, id: i64) -> rusqlite::Result<Option<Webhook>> {
        connection.query_row("SELECT * FROM webhooks WHERE id = ?1", [id], Webhook::of).optional()
    }

    /// Puts another subscription in the place of its own, for what waits too; `None` where another webhook has that one.
    pub fn correct(&self, connection: &Connection, subscription: &Subscription) -> rusqlite::Result<Option<Webhook>> {
        let Subscription { trigger, url, namespace, queue, condition } = subscription;
        let written = connection.execute(
            "UPDATE OR IGNORE webhooks SET \"trigger\" = ?2, url = ?3, namespace = ?4, queue = ?5, condition = ?6, updated_at = ?7
             WHERE id = ?1",
            params![self.id, trigger, url, namespace, queue, text(condition.as_ref()), date_time(now())],
        )?;
        if written == 0 {
            return Ok(None);
        }
        connection.execute(
            "UPDATE deliveries SET url = ?2, queue = ?3 WHERE webhook_id = ?1 AND state = 'waiting'",
            params![self.id, url, queue],
        )?;
        Webhook::find(connection, self.id)
    }

    /// Deletes the one of that id, and stops what waits for it; whether there was one.
    pub fn delete(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
        connection
            .execute("UPDATE deliveries SET state = 'stopped' WHERE webhook_id = ?1 AND state = 'waiting'", [id])?;
        Ok(connection.execute("DELETE FROM webhooks WHERE id = ?1", [id])? == 1)
    }

    /// As the API shows it.
    pub fn show(&self) -> Value {
        let mut shown = json!({ "id": self.id });
        let subscription = json!(self.subscription);
        subscription.as_object().into_iter().flatten().for_each(|(name, value)| shown[name] = value.clone());
        shown["created_at"] = json!(self.created_at);
        shown["updated_at"] = json!(self.updated_at);
        shown
    }

    fn of(row: &Row<'_>) -> rusqlite::Result<Webhook> {
        let condition: Option<String> = row.get("condition")?;
        Ok(Webhook {
            id: row.get("id")?,
            subscription: Subscription {
                trigger: row.get("trigger")?,
                url: row.get("url")?,
                namespace: row.get("namespace")?,
                queue: row.get("queue")?,
                condition: condition.and_then(|text| serde_json::from_str(&text).ok()),
            },
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

fn text(condition: Option<&Value>) -> Option<String> {
    condition.map(Value::to_string)
}
