//! What became of each event, on each profile: how often it was received, written, was a second copy, was refused.

use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

/// What became of one copy of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Written, the first of its event on its profile.
    Accepted,
    /// Written, though the profile had the event already.
    CopyKept,
    /// Dropped, because the profile had the event already.
    CopyDropped,
    /// No interaction at all.
    Refused,
}

impl Fate {
    /// Whether there is one record more because of it.
    pub fn is_written(self) -> bool {
        matches!(self, Fate::Accepted | Fate::CopyKept)
    }

    fn is_copy(self) -> bool {
        matches!(self, Fate::CopyKept | Fate::CopyDropped)
    }
}

/// Notes it.
pub fn note(connection: &Connection, event_id: &str, profile: &str, fate: Fate) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO arrivals (event_id, profile_id, received, accepted, duplicate, refused) VALUES (?1, ?2, 1, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET received = received + 1, accepted = accepted + excluded.accepted,
         duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused",
        params![event_id, profile, fate.is_written(), fate.is_copy(), fate == Fate::Refused],
    )?;
    Ok(())
}

/// Every event in order of its first arrival, in all and by profile, and the sums.
pub fn show(connection: &Connection) -> rusqlite::Result<Value> {
    let mut arrivals = connection.prepare("SELECT * FROM arrivals WHERE event_id = ?1 ORDER BY rowid")?;
    let mut events = connection.prepare("SELECT event_id FROM arrivals GROUP BY event_id ORDER BY min(rowid)")?;
    let mut sums = Counts::default();
    let mut data = Vec::new();
    for event_id in events.query_map([], |row| row.get::<_, String>(0))? {
        let event_id = event_id?;
        let (mut counts, mut profiles) = (Counts::default(), json!({}));
        for arrival in arrivals.query_map([&event_id], |row| Ok((row.get("profile_id")?, Counts::of(row)?)))? {
            let (profile, of_profile): (String, Counts) = arrival?;
            counts.add(of_profile);
            profiles[profile] = of_profile.show();
        }
        sums.add(counts);
        let mut shown = counts.show();
        shown["event_id"] = Value::String(event_id);
        shown["profiles"] = profiles;
        data.push(shown);
    }
    Ok(json!({ "data": data, "meta": sums.show() }))
}

pub fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM arrivals", []).map(drop)
}

/// How many were received, accepted, second copies, refused.
#[derive(Clone, Copy, Default)]
struct Counts([i64; 4]);

impl Counts {
    fn of(row: &Row<'_>) -> rusqlite::Result<Counts> {
        Ok(Counts([row.get("received")?, row.get("accepted")?, row.get("duplicate")?, row.get("refused")?]))
    }

    fn add(&mut self, other: Counts) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, count)| *sum += count);
    }

    fn show(self) -> Value {
        let Counts([received, accepted, duplicate, refused]) = self;
        json!({ "received": received, "accepted": accepted, "duplicate": duplicate, "refused": refused })
    }
}
