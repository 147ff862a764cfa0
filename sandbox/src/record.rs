//! A stored interaction and how Omneo shows it.

use crate::clock::{date_time, now};
use crate::ledger::Fate;
use crate::store::Profile;
use crate::tenant;
use crate::value::value;
use omneo_interactions::interaction::{FIELDS, Instant, Interaction};
use omneo_interactions::json::Json;
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
    /// The interaction as JSON, as [`Interaction::read`] let it through.
    pub record: String,
    pub created_at: String,
    pub updated_at: String,
}

impl Record {
    pub fn of(row: &Row<'_>) -> rusqlite::Result<Record> {
        Ok(Record {
            id: row.get("id")?,
            profile: Profile::of(row, "profile_id")?,
            record: row.get("record")?,
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
        let event_id = interaction.field("meta").and_then(|meta| meta.field("event_id")).and_then(Json::text);
        let query = "SELECT * FROM records WHERE profile_id = ?1 AND event_id = ?2 ORDER BY id LIMIT 1";
        let earlier = connection.query_row(query, params![profile, event_id], Record::of).optional()?;
        let fate = match earlier {
            Some(record) if copies == Copies::Dropped => return Ok((record, Fate::CopyDropped)),
            Some(_) => Fate::CopyKept,
            None => Fate::Accepted,
        };
        connection.execute(
            "INSERT INTO interactions (profile_id, event_id, record, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
            params![profile, event_id, interaction.to_json(), date_time(now())],
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
    pub fn correct(&mut self, connection: &Connection, interaction: &Interaction) -> rusqlite::Result<()> {
        self.record = interaction.to_json().into();
        self.updated_at = date_time(now());
        connection.execute(
            "UPDATE interactions SET record = ?2, updated_at = ?3 WHERE id = ?1",
            params![self.id, self.record, self.updated_at],
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
        let record = Json::view(&self.record);
        let mut shown = Map::new();
        shown.insert("id".into(), json!(self.id));
        shown.insert("profile".into(), json!(self.profile));
        shown.insert("identity".into(), Value::Null);
        for field in FIELDS {
            shown.insert(field.name.into(), shown_field(field.name, record.field(field.name)));
        }
        let location = record.field("location_id").and_then(|id| tenant::location(id.as_str().parse().ok()?));
        shown.insert("location".into(), json!(location));
        shown.insert("created_at".into(), json!(self.created_at));
        shown.insert("updated_at".into(), json!(self.updated_at));
        Value::Object(shown)
    }
}

fn shown_field(name: &str, kept: Option<Json<'_>>) -> Value {
    let Some(kept) = kept else {
        return match name {
            "tags" => json!([]),
            "meta" => json!({}),
            _ => Value::Null,
        };
    };
    match name {
        "latitude" | "longitude" | "duration" => json!(kept.as_str()),
        "interacted_at" => json!(kept.text().as_deref().and_then(Instant::parse).map(date_time)),
        _ => value(kept),
    }
}
