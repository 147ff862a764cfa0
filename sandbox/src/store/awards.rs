//! The points that reactions have awarded.

use rusqlite::{Connection, params};
use serde::Serialize;

/// Points for one interaction.
#[derive(Clone, Debug, Serialize)]
pub struct Award {
    /// What they are for.
    pub name: String,
    /// In which month, such as `2026-11`.
    pub period: String,
    pub points: i64,
    pub interaction_id: i64,
}

/// Adds it to the profile, unless that reaction has awarded something in this period already.
pub fn add(connection: &Connection, profile: &str, reaction: &str, award: &Award) -> rusqlite::Result<()> {
    let Award { name, period, points, interaction_id } = award;
    connection
        .execute(
            "INSERT OR IGNORE INTO awards (profile_id, reaction, period, name, points, interaction_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![profile, reaction, period, name, points, interaction_id],
        )
        .map(drop)
}

/// The profile's, newest first.
pub fn of(connection: &Connection, profile: &str) -> rusqlite::Result<Vec<Award>> {
    let query = "SELECT * FROM awards WHERE profile_id = ?1 ORDER BY rowid DESC";
    let mut awards = connection.prepare(query)?;
    let awards = awards.query_map([profile], |row| {
        Ok(Award {
            name: row.get("name")?,
            period: row.get("period")?,
            points: row.get("points")?,
            interaction_id: row.get("interaction_id")?,
        })
    })?;
    awards.collect()
}

/// How many points the profile has.
pub fn balance(connection: &Connection, profile: &str) -> rusqlite::Result<i64> {
    let query = "SELECT coalesce(sum(points), 0) FROM awards WHERE profile_id = ?1";
    connection.query_row(query, [profile], |row| row.get(0))
}
