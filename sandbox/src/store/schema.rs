//! The tables of the SQLite file.

use rusqlite::Connection;

/// Makes them where they are not, and brings those of an earlier version to the present one.
pub fn put(connection: &Connection) -> rusqlite::Result<()> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let is_there = connection.table_exists(None, "interactions")?;
    if is_there && version == 0 {
        connection.execute_batch(KEEP_EVERY_COPY)?;
    }
    connection.execute_batch(SCHEMA)?;
    connection.pragma_update(None, "user_version", 1)
}

/// An index that belongs to a constraint cannot be dropped, so the table is made anew, with what is in it.
const KEEP_EVERY_COPY: &str = "
BEGIN;
DROP VIEW IF EXISTS records;
DROP TABLE IF EXISTS ledger;
DROP INDEX interactions_by_profile;
ALTER TABLE interactions RENAME TO earlier;
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, profile_id TEXT NOT NULL REFERENCES profiles (id),
    event_id TEXT, record TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
INSERT INTO interactions SELECT id, profile_id, event_id, record, created_at, updated_at FROM earlier;
DROP TABLE earlier;
PRAGMA user_version = 1;
COMMIT;
";

const SCHEMA: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS profiles (
    id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE, mobile_phone TEXT NOT NULL UNIQUE, password BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS identities (
    handle TEXT NOT NULL, identifier TEXT NOT NULL, profile_id TEXT NOT NULL REFERENCES profiles (id),
    PRIMARY KEY (handle, identifier)
);
CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, profile_id TEXT NOT NULL REFERENCES profiles (id));
CREATE TABLE IF NOT EXISTS interactions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, profile_id TEXT NOT NULL REFERENCES profiles (id),
    event_id TEXT, record TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS interactions_by_profile ON interactions (profile_id, id);
CREATE INDEX IF NOT EXISTS interactions_by_event ON interactions (profile_id, event_id);
CREATE TABLE IF NOT EXISTS arrivals (
    event_id TEXT NOT NULL, profile_id TEXT NOT NULL, received INTEGER NOT NULL, accepted INTEGER NOT NULL,
    duplicate INTEGER NOT NULL, refused INTEGER NOT NULL, PRIMARY KEY (event_id, profile_id)
);
CREATE TABLE IF NOT EXISTS webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, \"trigger\" TEXT NOT NULL, url TEXT NOT NULL, namespace TEXT NOT NULL,
    queue TEXT NOT NULL, condition TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (\"trigger\", url)
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, webhook_id INTEGER NOT NULL, \"trigger\" TEXT NOT NULL, url TEXT NOT NULL,
    queue TEXT NOT NULL, interaction_id INTEGER NOT NULL, body TEXT NOT NULL, due INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', attempts TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS deliveries_that_wait ON deliveries (due) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS awards (
    profile_id TEXT NOT NULL REFERENCES profiles (id), reaction TEXT NOT NULL, period TEXT NOT NULL, name TEXT NOT NULL,
    points INTEGER NOT NULL, interaction_id INTEGER NOT NULL, PRIMARY KEY (profile_id, reaction, period)
);
DROP VIEW IF EXISTS records;
CREATE VIEW records AS
    SELECT interactions.*, first_name, last_name, email, mobile_phone
    FROM interactions JOIN profiles ON profiles.id = profile_id;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_before_keeps_its_records_and_takes_copies_from_now_on() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE profiles (
                     id TEXT PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, mobile_phone TEXT, password BLOB
                 );
                 INSERT INTO profiles (id) VALUES ('ada');
                 CREATE TABLE interactions (
                     id INTEGER PRIMARY KEY AUTOINCREMENT, profile_id TEXT NOT NULL, event_id TEXT, record TEXT NOT NULL,
                     created_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (profile_id, event_id)
                 );
                 CREATE INDEX interactions_by_profile ON interactions (profile_id, id);
                 CREATE TABLE ledger (event_id TEXT PRIMARY KEY);
                 CREATE VIEW records AS SELECT * FROM interactions;
                 INSERT INTO interactions VALUES (7, 'ada', 'event', '{}', '', '');",
            )
            .unwrap();
        for _ in 0..2 {
            put(&connection).unwrap();
            let copy = "INSERT INTO interactions (profile_id, event_id, record, created_at, updated_at)
                        SELECT profile_id, event_id, record, created_at, updated_at FROM interactions WHERE id = 7";
            assert_eq!(connection.execute(copy, []).unwrap(), 1);
        }
        let kept: i64 = connection.query_row("SELECT count(*) FROM interactions", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 3);
    }
}
