//! SQLite, in one file: nothing to install. One writer, and as many readers as there are questions.

mod accept;
mod checkpoint;
mod erase;
mod forward;
mod keep;
mod schema;
mod writer;

use super::{Accepted, Arrival, Claim, Dead, Ending, Erased, Result, Store, StoreError, Totals, Waiting};
use crate::subject::Subject;
use async_trait::async_trait;
use checkpoint::Checkpoints;
use rusqlite::{Connection, OptionalExtension, params};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use writer::Writer;

/// The file.
pub struct Sqlite {
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
    // Held as long as the relay serves, so that no second one forwards the same records.
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens the file, and makes it where there is none. Of those that serve, one at a time may have it open.
    ///
    /// # Errors
    /// One sentence that names the file.
    pub fn open(file: &Path, serves: bool) -> std::result::Result<Sqlite, String> {
        let named = |why: String| format!("cannot open the database {}: {why}", file.display());
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| named(error.to_string()))?;
        }
        let lock = if serves { Some(lock(file).map_err(named)?) } else { None };
        let mut connection = connect(file).map_err(|error| named(error.to_string()))?;
        schema::migrate(&mut connection).map_err(named)?;
        if serves {
            forward::release_all(&connection).map_err(|error| named(error.to_string()))?;
        }
        let reader = connect(file).map_err(|error| named(error.to_string()))?;
        let checkpoints = Checkpoints::start(connect(file).map_err(|error| named(error.to_string()))?);
        Ok(Sqlite { writer: Writer::start(connection, checkpoints), reader: Arc::new(Mutex::new(reader)), _lock: lock })
    }

    async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let reader = self.reader.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let mut connection = reader.lock().unwrap_or_else(PoisonError::into_inner);
            // All of one moment.
            let moment = connection.transaction()?;
            question(&moment)
        });
        let answer = asked.await.map_err(|error| StoreError::NotWritten(error.to_string()))?;
        answer.map_err(|error| StoreError::NotWritten(error.to_string()))
    }
}

impl Sqlite {
    // The log has pages as they were before what was erased was overwritten.
    async fn empty_log(&self) -> Result<()> {
        let reader = self.reader.clone();
        let emptied = tokio::task::spawn_blocking(move || {
            let connection = reader.lock().unwrap_or_else(PoisonError::into_inner);
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        });
        let emptied = emptied.await.map_err(|error| StoreError::NotWritten(error.to_string()))?;
        emptied.map_err(|error| StoreError::NotWritten(error.to_string()))
    }
}

fn lock(file: &Path) -> std::result::Result<File, String> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let lock = File::create(&name).map_err(|error| error.to_string())?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err("another relay serves it; several need PostgreSQL".into()),
        Err(TryLockError::Error(error)) => Err(error.to_string()),
    }
}

// `FULL` waits for the disk at every commit. `secure_delete` overwrites what is deleted, so that an erased customer is not in the
// file's free pages.
fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", synchronous())?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    // Only where `checkpoint` does not keep up: 64 MB.
    connection.pragma_update(None, "wal_autocheckpoint", 16_000)?;
    // What undoes one caller's work within a commit is most of what would be written, to a file that holds customers' records.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// The exit status after a failed disk: `EX_IOERR` of sysexits.h.
const FAILED_DISK: i32 = 74;

const DOUBT_ALL: &str = "UPDATE outbox SET sent_at = accepted WHERE sent_at IS NULL";

// The test that watches the disk's system calls plants a fault here, to see that it would be found.
fn synchronous() -> &'static str {
    if cfg!(feature = "planted-fault") { "OFF" } else { "FULL" }
}

#[async_trait]
impl Store for Sqlite {
    async fn accept(&self, arrivals: Vec<Arrival>, now: i64) -> Result<Vec<Accepted>> {
        self.writer.write(move |connection| accept::accept(connection, &arrivals, now)).await
    }

    async fn claim(&self, tenant: &str, now: i64, until: i64) -> Result<Option<Claim>> {
        let tenant: Box<str> = tenant.into();
        self.writer.write(move |connection| forward::claim(connection, &tenant, now, until)).await
    }

    async fn next_due(&self, tenant: &str) -> Result<Option<i64>> {
        let tenant: Box<str> = tenant.into();
        self.read(move |connection| {
            connection.query_row("SELECT min(due) FROM customers WHERE tenant = ?1", [tenant], |row| row.get(0))
        })
        .await
    }

    async fn sent(&self, claim: &Claim, now: i64) -> Result<bool> {
        let claim = claim.clone();
        self.writer.write(move |connection| forward::sent(connection, &claim, now)).await
    }

    async fn finish(&self, claim: &Claim, ending: Ending, now: i64, next: i64) -> Result<bool> {
        let claim = claim.clone();
        self.writer.write(move |connection| forward::finish(connection, &claim, &ending, now, next)).await
    }

    async fn waiting(&self, tenant: &str, subject: &Subject) -> Result<Vec<Waiting>> {
        let (tenant, subject): (Box<str>, _) = (tenant.into(), subject.clone());
        self.read(move |connection| keep::waiting(connection, &tenant, &subject)).await
    }

    async fn withdraw(&self, tenant: &str, subject: &Subject, event_id: Option<&str>) -> Result<u64> {
        let (tenant, subject): (Box<str>, _) = (tenant.into(), subject.clone());
        let event_id: Option<Box<str>> = event_id.map(Into::into);
        self.writer.write(move |connection| erase::withdraw(connection, &tenant, &subject, event_id.as_deref())).await
    }

    async fn erase(&self, tenant: &str, subjects: &[Subject], now: i64) -> Result<Erased> {
        let (tenant, subjects): (Box<str>, _) = (tenant.into(), subjects.to_vec());
        let erased = self.writer.write(move |connection| erase::erase(connection, &tenant, subjects, now)).await?;
        self.empty_log().await?;
        Ok(erased)
    }

    async fn removals(&self, tenant: &str, most: u32) -> Result<Vec<i64>> {
        let tenant: Box<str> = tenant.into();
        self.read(move |connection| erase::removals(connection, &tenant, most)).await
    }

    async fn removed(&self, tenant: &str, omneo_ids: &[i64]) -> Result<()> {
        let (tenant, omneo_ids): (Box<str>, _) = (tenant.into(), omneo_ids.to_vec());
        self.writer.write(move |connection| erase::removed(connection, &tenant, &omneo_ids)).await
    }

    async fn removals_left(&self, tenant: &str) -> Result<u64> {
        let tenant: Box<str> = tenant.into();
        self.read(move |connection| {
            connection
                .query_row("SELECT count(*) FROM removals WHERE tenant = ?1", [tenant], |row| row.get(0))
                .map(i64::unsigned_abs)
        })
        .await
    }

    async fn dead(&self, tenant: Option<&str>, most: u32) -> Result<Vec<Dead>> {
        let tenant: Option<Box<str>> = tenant.map(Into::into);
        self.read(move |connection| keep::dead(connection, tenant.as_deref(), most)).await
    }

    async fn replay(&self, tenant: &str, seq: Option<i64>, now: i64) -> Result<u64> {
        let tenant: Box<str> = tenant.into();
        self.writer.write(move |connection| keep::replay(connection, &tenant, seq, now)).await
    }

    async fn doubt_all(&self) -> Result<u64> {
        self.writer.write(|connection| connection.execute(DOUBT_ALL, []).map(|changed| changed as u64)).await
    }

    async fn expire(&self, before: i64, now: i64) -> Result<u64> {
        self.writer.write(move |connection| keep::expire(connection, before, now)).await
    }

    async fn forget(&self, before: i64) -> Result<u64> {
        self.writer.write(move |connection| keep::forget(connection, before)).await
    }

    async fn hasten(&self, latest: i64) -> Result<u64> {
        self.writer
            .write(move |connection| {
                let changed = connection.execute("UPDATE customers SET due = ?1 WHERE due > ?1", [latest])?;
                Ok(changed as u64)
            })
            .await
    }

    async fn totals(&self, tenant: &str) -> Result<Totals> {
        let tenant: Box<str> = tenant.into();
        self.read(move |connection| keep::totals(connection, &tenant)).await
    }

    async fn bytes(&self) -> Result<u64> {
        self.read(|connection| {
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            let free: i64 = connection.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
            let size: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
            Ok(((pages - free.min(pages)) * size).unsigned_abs())
        })
        .await
    }

    async fn setting(&self, name: &str, made: &str) -> Result<String> {
        let (name, made): (Box<str>, Box<str>) = (name.into(), made.into());
        let known = name.clone();
        let asked = move |connection: &Connection| {
            let select = "SELECT value FROM settings WHERE name = ?1";
            connection.prepare_cached(select)?.query_row([known], |row| row.get(0)).optional()
        };
        if let Some(value) = self.read(asked).await? {
            return Ok(value);
        }
        self.writer
            .write(move |connection| {
                connection.execute("INSERT OR IGNORE INTO settings VALUES (?1, ?2)", params![name, made])?;
                connection.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
            })
            .await
    }

    async fn set(&self, name: &str, value: &str) -> Result<()> {
        let (name, value): (Box<str>, Box<str>) = (name.into(), value.into());
        self.writer
            .write(move |connection| {
                let set = "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
                connection.execute(set, params![name, value]).map(drop)
            })
            .await
    }

    async fn ping(&self) -> Result<()> {
        let asked = |connection: &Connection| connection.query_row("SELECT 1", [], |_| Ok(())).optional().map(drop);
        self.read(asked).await
    }
}
