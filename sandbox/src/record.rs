//! A stored interaction and how Omneo shows it.

use crate::store::{Profile, Store};
use omneo_interactions::interaction::{FIELDS, Instant, Interaction};
use omneo_interactions::json::Json;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// An interaction as it is kept.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: i64,
    pub profile_id: String,
    /// The interaction as JSON, as [`Interaction::read`] let it through.
    pub record: String,
    pub created_at: String,
    pub updated_at: String,
}

/// The columns that [`Record::of`] reads.
pub const COLUMNS: &str = "id, profile_id, record, created_at, updated_at";

impl Record {
    pub fn of(row: &Row<'_>) -> rusqlite::Result<Record> {
        Ok(Record {
            id: row.get(0)?,
            profile_id: row.get(1)?,
            record: row.get(2)?,
            created_at: row.get(3)?,
            updated_at: row.get(4)?,
        })
    }

    /// Keeps an interaction of that profile, unless one with its `meta.event_id` is there: then answers that one, and false.
    pub fn create(store: &Store, profile: &str, interaction: &Interaction) -> rusqlite::Result<(Record, bool)> {
        let connection = store.connection();
        let event_id = interaction.field("meta").and_then(|meta| meta.field("event_id")).and_then(Json::text);
        let now = now();
        let text = interaction.as_json().as_str();
        let added = connection.execute(
            "INSERT INTO interactions (profile_id, event_id, record, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT DO NOTHING",
            params![profile, event_id, text, now],
        )?;
        let (condition, key) = match event_id {
            Some(event_id) if added == 0 => ("profile_id = ?1 AND event_id = ?2", event_id),
            _ => ("profile_id = ?1 AND id = ?2", connection.last_insert_rowid().to_string()),
        };
        let query = format!("SELECT {COLUMNS} FROM interactions WHERE {condition}");
        Ok((connection.query_row(&query, params![profile, key], Record::of)?, added == 1))
    }

    /// The interaction of that id, of that profile where one is named.
    pub fn find(store: &Store, id: i64, profile: Option<&str>) -> rusqlite::Result<Option<Record>> {
        let query = format!("SELECT {COLUMNS} FROM interactions WHERE id = ?1 AND (?2 IS NULL OR profile_id = ?2)");
        store.connection().query_row(&query, params![id, profile], Record::of).optional()
    }

    /// Puts another interaction in this one's place.
    pub fn correct(&mut self, connection: &Connection, interaction: &Interaction) -> rusqlite::Result<()> {
        interaction.as_json().as_str().clone_into(&mut self.record);
        self.updated_at = now();
        connection.execute(
            "UPDATE interactions SET record = ?2, updated_at = ?3 WHERE id = ?1",
            params![self.id, self.record, self.updated_at],
        )?;
        Ok(())
    }

    /// As Omneo's API shows it: every field, absent ones null; coordinates and duration as text, as its SDK's types have them.
    pub fn show(&self, profile: Option<&Profile>) -> Value {
        let record = Json::view(&self.record);
        let mut shown = Map::new();
        shown.insert("id".into(), json!(self.id));
        shown.insert(
            "profile".into(),
            profile.map_or_else(|| json!({ "id": self.profile_id }), |profile| json!(profile)),
        );
        shown.insert("identity".into(), Value::Null);
        for field in FIELDS {
            shown.insert(field.name.into(), shown_field(field.name, record.field(field.name)));
        }
        shown.insert("created_at".into(), json!(self.created_at));
        shown.insert("updated_at".into(), json!(self.updated_at));
        Value::Object(shown)
    }
}

fn shown_field(name: &str, value: Option<Json<'_>>) -> Value {
    let Some(value) = value else {
        return match name {
            "tags" => json!([]),
            "meta" => json!({}),
            _ => Value::Null,
        };
    };
    match name {
        "latitude" | "longitude" | "duration" => json!(value.as_str()),
        "interacted_at" => json!(value.text().as_deref().and_then(Instant::parse).map(date_time)),
        _ => serde_json::from_str(value.as_str()).unwrap_or(Value::Null),
    }
}

/// `YYYY-MM-DD HH:MM:SS` in UTC, as Omneo's API writes times.
fn date_time(instant: Instant) -> String {
    instant.to_iso()[..19].replace('T', " ")
}

fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date_time(Instant(since.as_millis() as i64))
}
