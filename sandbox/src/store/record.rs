//! A stored interaction and how Omneo shows it.

use super::Profile;
use super::ledger::Fate;
use crate::clock::{date_time, now};
use crate::tenant;
use omneo_interactions::interaction::{self, FIELDS, Instant, Interaction, Invalid};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

/// What becomes of a second copy of an event on a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    Kept,
    Dropped,
}

/// An interaction as it is kept: a row of the view `records`.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: i64,
    pub profile: Profile,
    pub interaction: Interaction,
    pub created_at: String,
    pub updated_at: String,
}

impl Record {
    pub fn of(row: &Row<'_>) -> rusqlite::Result<Record> {
        Ok(Record {
            id: row.get("id")?,
            profile: Profile::of(row, "profile_id")?,
            interaction: row.get::<_, Kept>("record")?.0,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }

    /// Keeps an interaction of that profile; where copies are dropped and one with its `meta.event_id` is there, that one stands
    /// for it. The caller holds the only connection, so nothing comes between the look and the write.
    pub fn create(
        connection: &Connection,
        profile: &str,
        interaction: &Interaction,
        copies: Copies,
    ) -> rusqlite::Result<(Record, Fate)> {
        let event_id = interaction.meta("event_id").and_then(interaction::Value::text);
        let query = "SELECT * FROM records WHERE profile_id = ?1 AND event_id = ?2 ORDER BY id LIMIT 1";
        let earlier = connection.query_row(query, params![profile, event_id], Record::of).optional()?;
        let fate = match earlier {
            Some(record) if copies == Copies::Dropped => return Ok((record, Fate::CopyDropped)),
            Some(_) => Fate::CopyKept,
            None => Fate::Accepted,
        };
        connection.execute(
            "INSERT INTO interactions (profile_id, event_id, record, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
            params![profile, event_id, json(interaction), date_time(now())],
        )?;
        let query = "SELECT * FROM records WHERE id = ?1";
        let record = connection.query_row(query, [connection.last_insert_rowid()], Record::of)?;
        Ok((record, fate))
    }

    /// The interaction of that id, of that profile where one is named.
    pub fn find(connection: &Connection, id: i64, profile: Option<&str>) -> rusqlite::Result<Option<Record>> {
        let query = "SELECT * FROM records WHERE id = ?1 AND (?2 IS NULL OR profile_id = ?2)";
        connection.query_row(query, params![id, profile], Record::of).optional()
    }

    /// Puts another interaction in this one's place. The event stays the one it was created for, so that a late second copy of
    /// it is still known when a correction has changed `meta`.
    pub fn correct(&mut self, connection: &Connection, interaction: Interaction) -> rusqlite::Result<()> {
        self.interaction = interaction;
        self.updated_at = date_time(now());
        connection.execute(
            "UPDATE interactions SET record = ?2, updated_at = ?3 WHERE id = ?1",
            params![self.id, json(&self.interaction), self.updated_at],
        )?;
        Ok(())
    }

    /// Deletes the interaction of that id, of that profile where one is named; whether there was one.
    pub fn delete(connection: &Connection, id: i64, profile: Option<&str>) -> rusqlite::Result<bool> {
        let statement = "DELETE FROM interactions WHERE id = ?1 AND (?2 IS NULL OR profile_id = ?2)";
        Ok(connection.execute(statement, params![id, profile])? == 1)
    }

    /// As Omneo's API shows it: every field, absent ones null; coordinates and duration as text, as its SDK's types have them.
    pub fn show(&self) -> Value {
        let mut shown = Map::new();
        shown.insert("id".into(), json!(self.id));
        shown.insert("profile".into(), json!(self.profile));
        shown.insert("identity".into(), Value::Null);
        for field in FIELDS {
            shown.insert(field.name.into(), shown_field(field.name, self.interaction.field(field.name)));
        }
        let location = self.interaction.location_id.and_then(tenant::location);
        shown.insert("location".into(), json!(location));
        shown.insert("created_at".into(), json!(self.created_at));
        shown.insert("updated_at".into(), json!(self.updated_at));
        Value::Object(shown)
    }
}

fn shown_field(name: &str, value: Option<interaction::Value>) -> Value {
    let shown = json!(value);
    match name {
        "tags" if shown.is_null() => json!([]),
        "meta" if shown.is_null() => json!({}),
        "latitude" | "longitude" | "duration" if shown.is_number() => json!(shown.to_string()),
        "interacted_at" => json!(shown.as_str().and_then(Instant::parse).map(date_time)),
        _ => shown,
    }
}

fn json(interaction: &Interaction) -> String {
    serde_json::to_string(interaction).expect("an interaction is JSON")
}

/// The interaction of a row.
struct Kept(Interaction);

impl FromSql for Kept {
    fn column_result(text: ValueRef<'_>) -> FromSqlResult<Kept> {
        let value = omneo_interactions::interaction::json::read(text.as_str()?).map_err(FromSqlError::other)?;
        Interaction::try_from(value).map(Kept).map_err(|invalid| {
            let mistakes: Vec<String> = invalid.iter().map(Invalid::message).collect();
            FromSqlError::Other(mistakes.join("; ").into())
        })
    }
}
