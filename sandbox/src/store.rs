//! The SQLite file.
//!
//! One connection behind a lock: each statement takes microseconds, and one writer is what SQLite has anyway.

pub mod awards;
pub mod delivery;
pub mod ledger;
mod record;
mod schema;
mod webhook;

pub use delivery::Delivery;
pub use record::{Copies, Record};
pub use webhook::Webhook;

use crate::password;
use crate::tenant::{Customer, Tenant};
use omneo_interactions::interaction::Instant;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
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
    /// Opens the file, making and seeding it where it is new; `fresh` begins with an empty one. `customers` are beside the demo's.
    pub fn open(file: &Path, fresh: bool, customers: u32) -> Result<Store, String> {
        let name = |error: &dyn std::fmt::Display| format!("cannot open the database {}: {error}", file.display());
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| name(&error))?;
        }
        if fresh {
            remove(file).map_err(|error| name(&error))?;
        }
        let connection = Connection::open(file).map_err(|error| name(&error))?;
        schema::put(&connection).map_err(|error| name(&error))?;
        teach(&connection).map_err(|error| name(&error))?;
        let store = Store(Mutex::new(connection));
        store.seed(customers).map_err(|error| name(&error))?;
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
        self.profile_where("id = ?1", [id])
    }

    /// The first profile for which `condition`, with `values` for `?1` and on, holds.
    pub fn profile_where(&self, condition: &str, values: impl Params) -> rusqlite::Result<Option<Profile>> {
        let query = format!("SELECT id, first_name, last_name, email, mobile_phone FROM profiles WHERE {condition}");
        self.connection().query_row(&query, values, |row| Profile::of(row, "id")).optional()
    }

    fn seed(&self, customers: u32) -> rusqlite::Result<()> {
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random).expect("the operating system has randomness");
        self.connection().execute("INSERT OR IGNORE INTO settings VALUES ('secret', ?1)", [&random[..]])?;
        let secret = self.secret()?;
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        Tenant::demo().customers.iter().try_for_each(|customer| insert(&transaction, &secret, customer))?;
        (1..=customers).try_for_each(|number| insert_nameless(&transaction, number))?;
        transaction.commit()
    }
}

/// Removes a database with the two files that SQLite keeps beside it; what is not there need not be removed.
fn remove(file: &Path) -> std::io::Result<()> {
    ["", "-wal", "-shm"].iter().try_for_each(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    })
}

/// Teaches SQLite `moment(text)`: the milliseconds of any ISO 8601 time that a record may have. Its own functions read
/// fewer of them.
fn teach(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("moment", 1, flags, |call| {
        let text: Option<String> = call.get(0)?;
        Ok(text.and_then(|text| Instant::parse(&text)).map(|moment| moment.0))
    })
}

fn insert(connection: &Connection, secret: &[u8], customer: &Customer) -> rusqlite::Result<()> {
    let Customer { id, first_name, last_name, email, mobile_phone, password, identities } = customer;
    connection.execute(
        "INSERT INTO profiles VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET password = excluded.password",
        params![id, first_name, last_name, email, mobile_phone, password::hash(secret, id, password)],
    )?;
    for identity in identities {
        connection.execute(
            "INSERT OR IGNORE INTO identities VALUES (?1, ?2, ?3)",
            params![identity.handle, identity.identifier, id],
        )?;
    }
    Ok(())
}

// One of many. No hash is empty, so no password opens it.
pub(crate) fn insert_nameless(connection: &Connection, number: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO profiles VALUES (?1, 'Customer', ?2, ?3, ?4, x'')")?
        .execute(params![
            format!("00000000-0000-4000-8000-{number:012}"),
            number.to_string(),
            format!("customer-{number}@example.com"),
            format!("+615{number:08}"),
        ])
        .map(drop)
}

impl Profile {
    /// Reads a profile off a row in which its id stands in that column.
    pub fn of(row: &Row<'_>, id: &str) -> rusqlite::Result<Profile> {
        Ok(Profile {
            id: row.get(id)?,
            first_name: row.get("first_name")?,
            last_name: row.get("last_name")?,
            email: row.get("email")?,
            mobile_phone: row.get("mobile_phone")?,
        })
    }
}
