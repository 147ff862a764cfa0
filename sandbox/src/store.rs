//! The SQLite file.
//!
//! One connection behind a lock: each statement takes microseconds, and one writer is what SQLite has anyway.

use crate::tenant::{Customer, Tenant};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

/// Everything that is kept.
pub struct Store(Mutex<Connection>);

/// A customer's profile.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Profile {
    pub id: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub mobile_phone: String,
}

impl Store {
    /// Opens the file, making and seeding it where it is new; `fresh` begins with an empty one.
    pub fn open(file: &Path, fresh: bool) -> Result<Store, String> {
        let name = |error: &dyn std::fmt::Display| format!("cannot open the database {}: {error}", file.display());
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| name(&error))?;
        }
        if fresh {
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
            }
        }
        let connection = Connection::open(file).map_err(|error| name(&error))?;
        connection.execute_batch(SCHEMA).map_err(|error| name(&error))?;
        let store = Store(Mutex::new(connection));
        store.seed().map_err(|error| name(&error))?;
        Ok(store)
    }

    /// The connection, for one piece of work.
    pub fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The secret that ID tokens are signed with: random, one a database.
    pub fn secret(&self) -> rusqlite::Result<Vec<u8>> {
        self.connection().query_row("SELECT value FROM settings WHERE name = 'secret'", [], |row| row.get(0))
    }

    /// The profile of that id.
    pub fn profile(&self, id: &str) -> rusqlite::Result<Option<Profile>> {
        self.profile_where("id = ?1", id)
    }

    /// The first profile for which `condition`, with `value` for `?1`, holds.
    pub fn profile_where(&self, condition: &str, value: &str) -> rusqlite::Result<Option<Profile>> {
        let query = format!("SELECT id, first_name, last_name, email, mobile_phone FROM profiles WHERE {condition}");
        self.connection().query_row(&query, [value], profile).optional()
    }

    fn seed(&self) -> rusqlite::Result<()> {
        let connection = self.connection();
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).expect("the operating system has randomness");
        connection.execute("INSERT OR IGNORE INTO settings VALUES ('secret', ?1)", [&secret[..]])?;
        Tenant::demo().customers.iter().try_for_each(|customer| insert(&connection, customer))
    }
}

fn insert(connection: &Connection, customer: &Customer) -> rusqlite::Result<()> {
    let Customer { id, first_name, last_name, email, mobile_phone, password, identities } = customer;
    connection.execute(
        "INSERT OR IGNORE INTO profiles VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, first_name, last_name, email, mobile_phone, password],
    )?;
    for identity in identities {
        connection.execute(
            "INSERT OR IGNORE INTO identities VALUES (?1, ?2, ?3)",
            params![identity.handle, identity.identifier, id],
        )?;
    }
    Ok(())
}

fn profile(row: &Row<'_>) -> rusqlite::Result<Profile> {
    Ok(Profile {
        id: row.get(0)?,
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        email: row.get(3)?,
        mobile_phone: row.get(4)?,
    })
}

// The customers' password stands in the open: it is printed at start and written in the README.
const SCHEMA: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS profiles (
    id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE, mobile_phone TEXT NOT NULL UNIQUE, password TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS identities (
    handle TEXT NOT NULL, identifier TEXT NOT NULL, profile_id TEXT NOT NULL REFERENCES profiles (id),
    PRIMARY KEY (handle, identifier)
);
CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, profile_id TEXT NOT NULL REFERENCES profiles (id));
CREATE TABLE IF NOT EXISTS interactions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, profile_id TEXT NOT NULL REFERENCES profiles (id),
    event_id TEXT, record TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    UNIQUE (profile_id, event_id)
);
CREATE INDEX IF NOT EXISTS interactions_by_profile ON interactions (profile_id, id);
";
