//! What became of each event: how often it was received, written, recognised as a second copy, refused.

use crate::answers::Failure;
use crate::app::App;
use crate::work::blocking;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::sync::Arc;

/// What became of one copy of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Written.
    Accepted,
    /// Dropped, because it was there already.
    Duplicate,
    /// No interaction at all.
    Refused,
}

/// Notes it.
pub fn note(connection: &Connection, event_id: &str, fate: Fate) -> rusqlite::Result<()> {
    let [accepted, duplicate, refused] =
        [Fate::Accepted, Fate::Duplicate, Fate::Refused].map(|one| i64::from(one == fate));
    connection.execute(
        "INSERT INTO ledger (event_id, received, accepted, duplicate, refused) VALUES (?1, 1, ?2, ?3, ?4)
         ON CONFLICT (event_id) DO UPDATE SET received = received + 1, accepted = accepted + excluded.accepted,
         duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused",
        params![event_id, accepted, duplicate, refused],
    )?;
    Ok(())
}

/// `GET /_sandbox/ledger`: every event in order of its first arrival, and the sums.
pub async fn list(State(app): State<Arc<App>>) -> Result<Json<Value>, Failure> {
    blocking(move || {
        let connection = app.store.connection();
        let mut query =
            connection.prepare("SELECT event_id, received, accepted, duplicate, refused FROM ledger ORDER BY rowid")?;
        let mut sums = [0_i64; 4];
        let data = query
            .query_map([], |row| {
                let counts: [i64; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
                Ok(shown(counts, Some(row.get(0)?)))
            })?
            .collect::<Result<Vec<Value>, _>>()?;
        Ok(Json(json!({ "data": data, "meta": shown(sums, None) })))
    })
    .await
}

/// `DELETE /_sandbox/ledger`
pub async fn forget(State(app): State<Arc<App>>) -> Result<StatusCode, Failure> {
    blocking(move || {
        app.store.connection().execute("DELETE FROM ledger", [])?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

fn shown([received, accepted, duplicate, refused]: [i64; 4], event_id: Option<String>) -> Value {
    let mut shown = json!({ "received": received, "accepted": accepted, "duplicate": duplicate, "refused": refused });
    if let Some(event_id) = event_id {
        shown["event_id"] = Value::String(event_id);
    }
    shown
}
